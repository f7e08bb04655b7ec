import type { Finding } from '../../domain/finding.ts';
import { endLines, gather } from '../../domain/pieces.ts';
import type { AuditReport } from '../../domain/report.ts';
import type { Severity } from '../../domain/severity.ts';
import { formatCount } from '../../wording/format-number.ts';
import { shorten } from '../../wording/shorten.ts';
import { printable } from '../../wording/terminal-text.ts';
import { traitTitle } from '../../wording/trait-words.ts';
import { acceptanceText, segmentNames, segmentTitle, withoutWaived } from '../finding-subject.ts';
import type { Format } from '../format.ts';
import { gateReason } from '../gate-reason.ts';
import { placeFromRoot } from '../source-path.ts';

const COMMANDS: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
};

/** The service cuts titles at 255 characters. */
const LONGEST_TITLE = 200;
const LONGEST_SEGMENT = 100;
const LONGEST_MESSAGE = 2000;

/**
 * Annotations for GitHub Actions: one workflow command a finding, gravest first, since only the first ten errors, warnings and notices of a
 * step are shown. Waived findings and those of the baseline are notices, waivers that have ended are warnings. The last line is for the log.
 */
export const githubFormat: Format = (report, { omitWaived = false }) => {
  const { findings } = omitWaived ? withoutWaived(report) : report;
  return gather(endLines(lines(report, findings)));
};

function* lines(report: AuditReport, findings: readonly Finding[]): Generator<string> {
  const nameOf = segmentNames(report);
  for (const finding of findings) yield toCommand(finding, nameOf(finding.segment), report);
  yield* endedWaivers(report);
  yield answer(report);
}

function toCommand(finding: Finding, name: string | null, report: AuditReport): string {
  const { severity, state, waiver } = finding;
  const location = finding.location === undefined ? undefined : placeFromRoot(report, finding.location);
  const label = state === 'new' ? severity : `${severity}, ${state}`;
  const segment = shorten(printable(segmentTitle(finding.segment, name)), LONGEST_SEGMENT);
  const title = `${segment}: ${printable(traitTitle(finding))} (${label})`;
  const properties = {
    file: location === undefined ? undefined : printable(location.file),
    line: location?.line,
    col: location?.line === undefined ? undefined : location.column,
    title: shorten(title, LONGEST_TITLE),
  };
  const message = [
    shorten(printable(finding.message), LONGEST_MESSAGE),
    `What to do: ${shorten(printable(finding.remedy), LONGEST_MESSAGE)}`,
    ...(waiver === undefined ? [] : [`Waived: ${shorten(printable(acceptanceText(waiver)), LONGEST_MESSAGE)}`]),
    printable(`Rule ${finding.rule}, finding ${finding.fingerprint}.`),
  ].join('\n');
  const written = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapeProperty(String(value))}`],
  );
  const command = state === 'new' ? COMMANDS[severity] : 'notice';
  return `::${command} ${written.join(',')}::${escapeMessage(message)}`;
}

/** Waivers that waive nothing any more, each at its line of the waiver file: the finding alone would not say that somebody had accepted it. */
function endedWaivers(report: AuditReport): readonly string[] {
  return report.notices
    .filter(({ code }) => code === 'waiver-expired' || code === 'waiver-lapsed')
    .map(({ message, location }) => {
      const place = location === undefined ? undefined : placeFromRoot(report, location);
      const properties = [
        ...(place === undefined ? [] : [`file=${escapeProperty(printable(place.file))}`]),
        ...(place?.line === undefined ? [] : [`line=${place.line}`]),
        'title=A waiver has ended',
      ];
      return `::warning ${properties.join(',')}::${escapeMessage(shorten(printable(message), LONGEST_MESSAGE))}`;
    });
}

/** Escapes the part of a workflow command after the last `::`. */
function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Escapes a property of a workflow command, where colons and commas have a meaning too. */
function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function answer({ findings, gate }: AuditReport): string {
  const verdict = gate.passed ? 'gate passed' : `gate failed, ${gateReason(gate)}`;
  return `traitleak: ${formatCount(findings.length)} findings; ${verdict}.`;
}
