import type { Finding } from '../../domain/finding.ts';
import { formatLocation } from '../../domain/location.ts';
import type { AuditReport } from '../../domain/report.ts';
import { SEVERITIES } from '../../domain/severity.ts';
import type { WaiverRecord } from '../../domain/waiver.ts';
import { escapeMarkdown, markdownCode } from '../../wording/escape-markdown.ts';
import { formatCount } from '../../wording/format-number.ts';
import { shorten } from '../../wording/shorten.ts';
import { traitTitle } from '../../wording/trait-words.ts';
import { acceptanceText, segmentNames, segmentTitle } from '../finding-subject.ts';
import type { Format } from '../format.ts';
import { gateReason } from '../gate-reason.ts';
import { placeFromRoot } from '../source-path.ts';

/** GitHub refuses a comment of more than 65,536 characters; what stands around the table takes part of them. */
const LONGEST_TABLE = 30_000;
const LONGEST_ACCEPTANCES = 6_000;
const LONGEST_REMEDIES = 10_000;
const LONGEST_NOTICES = 12_000;
const LONGEST_NAME = 80;
const LONGEST_MESSAGE = 400;
const LONGEST_REMEDY = 400;

/**
 * A comment for a pull request, and the summary of a job: the answer, the findings as a table, what to do, what could not be concluded, and
 * notices.
 * The first line marks the comment, so that a later run can find and replace it.
 */
export const markdownFormat: Format = (report) => [
  [
    '<!-- traitleak -->',
    ...answer(report),
    ...findingTable(report),
    ...acceptances(report),
    ...remedies(report.findings),
    ...inconclusive(report),
    ...notices(report),
    ...footer(report),
    '',
  ].join('\n'),
];

function answer({ gate, findings, summary }: AuditReport): readonly string[] {
  const counts = SEVERITIES.filter((severity) => summary.findings[severity] > 0).map(
    (severity) => `${formatCount(summary.findings[severity])} ${severity}`,
  );
  const total =
    findings.length === 0 ? 'No findings' : `${formatCount(findings.length)} findings (${counts.join(', ')})`;
  const accepted = (['waived', 'baseline'] as const).flatMap((state) => {
    const count = findings.filter((finding) => finding.state === state).length;
    return count === 0 ? [] : [`${formatCount(count)} ${state === 'waived' ? 'waived' : 'in the baseline'}`];
  });
  return [
    `## traitleak: gate ${gate.passed ? 'passed' : 'failed'}`,
    '',
    `**${total}**; ${[gateReason(gate), ...accepted].join(', ')}.`,
  ];
}

/** New findings first, gravest first; as many as fit. */
function findingTable(report: AuditReport): readonly string[] {
  if (report.findings.length === 0) return [];
  const nameOf = segmentNames(report);
  const findings = [
    ...report.findings.filter(({ state }) => state === 'new'),
    ...report.findings.filter(({ state }) => state !== 'new'),
  ];
  const rows = fitting(
    findings.map((finding) => findingRow(finding, nameOf(finding.segment), report)),
    LONGEST_TABLE,
  );
  const left = findings.length - rows.length;
  return [
    '',
    '| Severity | Segment | Trait | Finding | Place |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    ...(left > 0 ? ['', `… and ${formatCount(left)} more.`] : []),
  ];
}

function findingRow(finding: Finding, name: string | null, report: AuditReport): string {
  const { severity, state, segment, location, message, rule, fingerprint } = finding;
  const cells = [
    state === 'new' ? `**${severity}**` : `${severity}, ${state}`,
    code(segmentTitle(segment, name)),
    code(traitTitle(finding)),
    `${escapeMarkdown(shorten(message, LONGEST_MESSAGE))}<br><sub>${code(rule)} ${code(fingerprint)}</sub>`,
    location === undefined ? '' : code(formatLocation(placeFromRoot(report, location))),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Every waiver, those that waive nothing any more first, and the baseline. */
function acceptances({ waivers, baseline, findings }: AuditReport): readonly string[] {
  const titles = new Map(findings.map((finding) => [finding.fingerprint, traitTitle(finding)]));
  const isDead = ({ state }: WaiverRecord): boolean => state === 'expired' || state === 'lapsed';
  const lines = [...waivers.filter(isDead), ...waivers.filter((waiver) => !isDead(waiver))].map((waiver) => {
    const { fingerprint, state, note } = waiver;
    const title = titles.get(fingerprint);
    const subject = `${code(fingerprint)}${title === undefined ? '' : ` ${code(title)}`}`;
    const says = shorten(`${acceptanceText(waiver)}${note === null ? '' : `. ${note}`}`, LONGEST_MESSAGE);
    return `- ${isDead(waiver) ? `**${state}**` : state}: ${subject}: ${escapeMarkdown(says)}`;
  });
  const counted =
    baseline === null
      ? []
      : [
          `- Baseline: ${formatCount(baseline.present)} of ${formatCount(baseline.findings)} findings are still there, ${formatCount(baseline.gone)} are gone.`,
        ];
  if (lines.length + counted.length === 0) return [];
  const shown = fitting(lines, LONGEST_ACCEPTANCES);
  const left = lines.length - shown.length;
  return ['', '### Accepted', '', ...shown, ...(left > 0 ? [`- … and ${formatCount(left)} more.`] : []), ...counted];
}

/** What to do about the findings of each rule, in the order of the findings. */
function remedies(findings: readonly Finding[]): readonly string[] {
  const byRule = new Map<string, Finding>();
  for (const finding of findings) if (!byRule.has(finding.rule)) byRule.set(finding.rule, finding);
  const lines = [...byRule.values()].map(
    ({ rule, remedy }) => `- ${code(rule)}: ${escapeMarkdown(shorten(remedy, LONGEST_REMEDY))}`,
  );
  return lines.length === 0 ? [] : ['', '### What to do', '', ...fitting(lines, LONGEST_REMEDIES)];
}

function inconclusive({ summary }: AuditReport): readonly string[] {
  const { tested, inconclusive: open, untestable } = summary.associations;
  const lines = [
    ...(summary.examined.includes('words') ? [] : ['- Words were not examined.']),
    ...(summary.examined.includes('membership')
      ? []
      : ['- Membership was not examined: no panel of users with known traits.']),
    ...(open === 0
      ? []
      : [
          `- Inconclusive: ${formatCount(open)} of ${formatCount(tested)} comparisons with the panel, which is too small there to show a proxy or to rule one out. Inconclusive is not cleared.`,
        ]),
    ...(untestable === 0
      ? []
      : [`- Not testable: ${formatCount(untestable)} comparisons, since nobody is on one side of them.`]),
  ];
  return lines.length === 0 ? [] : ['', '### What could not be concluded', '', ...lines];
}

function notices({ notices: list }: AuditReport): readonly string[] {
  if (list.length === 0) return [];
  const lines = list.map(
    ({ level, message }) =>
      `- ${level === 'warning' ? '**warning:**' : 'note:'} ${escapeMarkdown(shorten(message, LONGEST_MESSAGE))}`,
  );
  const shown = fitting(lines, LONGEST_NOTICES);
  const left = lines.length - shown.length;
  return ['', '### Notices', '', ...shown, ...(left > 0 ? [`- … and ${formatCount(left)} more.`] : [])];
}

function footer({ summary, packs, tool, generatedAt }: AuditReport): readonly string[] {
  const users = summary.users === null ? [] : [`${formatCount(summary.users)} users`];
  const panel = summary.panelUsers === null ? [] : [`panel of ${formatCount(summary.panelUsers)}`];
  const what = [`${formatCount(summary.segments)} segments`, ...users, ...panel].join(', ');
  const rules = packs.map(({ id, version }) => escapeMarkdown(shorten(`${id} ${version}`, LONGEST_NAME))).join(', ');
  return ['', `<sub>traitleak ${tool.version}; ${what}; rules ${rules}; ${generatedAt}</sub>`];
}

/** The first lines that together are not longer than `length`. */
function fitting(lines: readonly string[], length: number): readonly string[] {
  let left = length;
  const shown: string[] = [];
  for (const line of lines) {
    left -= line.length + 1;
    if (left < 0) break;
    shown.push(line);
  }
  return shown;
}

function code(text: string): string {
  return markdownCode(shorten(text, LONGEST_NAME));
}
