import type { Finding } from '../domain/finding.ts';
import type { SourceLocation } from '../domain/location.ts';
import type { AuditReport } from '../domain/report.ts';
import type { Acceptance } from '../domain/waiver.ts';
import { inputFromRoot, placeFromRoot } from './source-path.ts';

/** Gives the names of segments, and of groups that no segment names; `null` for those without one. */
export function segmentNames(report: AuditReport): (segment: string) => string | null {
  const names = new Map<string, string | null>(
    [...report.segments, ...report.pseudoSegments, ...report.leakage, ...report.compositions].map(
      ({ segment, name }) => [segment, name],
    ),
  );
  return (segment) => names.get(segment) ?? null;
}

/** Writes a segment as `name (id)`, or as its id alone where it has no other name. */
export function segmentTitle(segment: string, name: string | null): string {
  return name === null || name === segment ? segment : `${name} (${segment})`;
}

/**
 * Finds a file to show a finding at, for formats that take none without one: its definition, else the first file of definitions, else the
 * first file of the audit. Paths are as seen from the root of the repository.
 *
 * @returns `undefined` in a report without inputs
 */
export function placeOf(report: AuditReport, { location }: Finding): SourceLocation | undefined {
  if (location !== undefined) return placeFromRoot(report, location);
  const input = report.inputs.find(({ role }) => role === 'definitions') ?? report.inputs[0];
  return input === undefined ? undefined : { file: inputFromRoot(report, input) };
}

/** The segments whose definitions a finding speaks of: two for a combination. */
export function segmentsOf({ segment, evidence }: Finding): readonly string[] {
  const combination = evidence.find((item) => item.kind === 'composition');
  return combination === undefined ? [segment] : [combination.first, combination.second];
}

/** Says in one line who accepted a finding, why, and until when. */
export function acceptanceText({ reason, owner, approver, ticket, expires }: Acceptance): string {
  const people = approver === null ? owner : `${owner}, approved by ${approver}`;
  return `${reason} (${people}, until ${expires}${ticket === null ? '' : `, ${ticket}`})`;
}

/** The report without waived findings, for a service that would show them like any other; its counts stay. */
export function withoutWaived(report: AuditReport): AuditReport {
  return { ...report, findings: report.findings.filter(({ state }) => state !== 'waived') };
}
