import type { Finding } from '../domain/finding.ts';
import type { SourceLocation } from '../domain/location.ts';
import type { AuditReport } from '../domain/report.ts';

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

/** Writes what a finding is about: `trait = value`, or the trait alone. */
export function traitTitle({ trait, value }: Pick<Finding, 'trait' | 'value'>): string {
  return value === undefined ? trait : `${trait} = ${value}`;
}

/**
 * Finds a file to show a finding at, for formats that take none without one: its definition, else the first file of definitions, else the
 * first file of the audit.
 *
 * @returns `undefined` in a report without inputs
 */
export function placeOf({ inputs }: AuditReport, { location }: Finding): SourceLocation | undefined {
  if (location !== undefined) return location;
  const input = inputs.find(({ role }) => role === 'definitions') ?? inputs[0];
  return input === undefined ? undefined : { file: input.path };
}
