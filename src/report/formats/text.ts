import type { Finding } from '../../domain/finding.ts';
import { formatLocation } from '../../domain/location.ts';
import type { AuditReport } from '../../domain/report.ts';
import { SEVERITIES, type Severity } from '../../domain/severity.ts';
import { formatCount, formatNumber } from '../../wording/format-number.ts';
import { pad, printable, truncate, wrap } from '../../wording/terminal-text.ts';
import { segmentNames, segmentTitle } from '../finding-subject.ts';
import type { Format, FormatOptions, Style } from '../format.ts';
import { gateReason } from '../gate-reason.ts';
import { acceptedLines } from './accepted-section.ts';
import { consentLines } from './consent-section.ts';
import { earlierExportLines } from './earlier-export.ts';
import { exposureLines } from './exposure-section.ts';
import { governanceLines } from './governance-section.ts';
import { switchedOffLines } from './switched-off.ts';
import { combinationLines, wholeExportLines } from './whole-export-section.ts';

/** Findings shown without `--verbose`. */
const FINDINGS_SHOWN = 20;
const WIDEST = 100;

/** The report for a terminal: the answer first, findings gravest first, then what could not be concluded. */
export const textFormat: Format = (report, options) => {
  const width = Math.min(Math.max(options.width, 40), WIDEST);
  return [
    ...header(report, options.style),
    '',
    ...findings(report, { ...options, width }),
    ...acceptedLines(report, options.style, width),
    ...examined(report, options.style, width),
    ...earlierExportLines(report, options.style, width),
    ...exposureLines(report, options.style, width),
    ...governanceLines(report, options.style, width),
    ...consentLines(report, options.style, width),
    ...wholeExportLines(report, options.style, width),
    ...combinationLines(report, options.style, width),
    ...selfTest(report, options.style),
    ...switchedOffLines(report, width),
    ...notices(report, options.style, width),
    ...answer(report, options.style, width),
    '',
  ].join('\n');
};

function header({ tool, summary, packs, inputs }: AuditReport, style: Style): readonly string[] {
  const users = summary.users === null ? [] : [`${formatCount(summary.users)} users`];
  const panel = summary.panelUsers === null ? [] : [`panel of ${formatCount(summary.panelUsers)}`];
  const what = [`${formatCount(summary.segments)} segments`, ...users, ...panel].join(', ');
  return [
    `${style.bold('traitleak')} ${tool.version}  ${what}`,
    style.dim(
      `rules: ${packs.map((pack) => pack.id).join(', ')}; files: ${inputs.map((input) => printable(input.path)).join(', ')}`,
    ),
  ];
}

function findings(report: AuditReport, options: FormatOptions): readonly string[] {
  const shown = options.verbose ? report.findings : report.findings.slice(0, FINDINGS_SHOWN);
  const nameOf = segmentNames(report);
  const lines = shown.flatMap((finding) => [...findingLines(finding, nameOf(finding.segment), options), '']);
  const left = report.findings.length - shown.length;
  return left > 0
    ? [...lines, options.style.dim(`… and ${formatCount(left)} more findings (--verbose shows all).`), '']
    : lines;
}

function findingLines(finding: Finding, name: string | null, { style, width }: FormatOptions): readonly string[] {
  const label = severityLabel(finding.severity, style);
  const title = titleOf(finding.segment, name);
  const state = finding.state === 'new' ? '' : ` [${finding.state}]`;
  const value = finding.value === undefined ? '' : ` = ${finding.value}`;
  const at = finding.location === undefined ? '' : `  ${style.dim(printable(formatLocation(finding.location)))}`;
  return [
    `${label} ${style.bold(truncate(printable(title), width - 12))}${state}`,
    `  ${style.cyan(truncate(printable(`${finding.trait}${value}`), width - 4))}${at}`,
    ...wrap(truncate(printable(finding.message), 600), width - 2).map((line) => `  ${line}`),
    style.dim(`  rule ${finding.rule}, id ${finding.fingerprint}`),
  ];
}

/** Groups that no segment names have a name in words; their ids would only be in the way. */
function titleOf(segment: string, name: string | null): string {
  return name !== null && segment.startsWith('traitleak:') ? name : segmentTitle(segment, name);
}

function severityLabel(severity: Severity, style: Style): string {
  const label = pad(severity.toUpperCase(), 9);
  switch (severity) {
    case 'critical':
      return style.inverse(style.red(label));
    case 'high':
      return style.red(label);
    case 'medium':
      return style.yellow(label);
    case 'low':
      return style.cyan(label);
  }
}

function examined({ summary }: AuditReport, style: Style, width: number): readonly string[] {
  const { tested, proxy, cleared, inconclusive, untestable } = summary.associations;
  const lines = [style.bold('What was examined')];
  lines.push(
    `  words       ${summary.examined.includes('words') ? `${formatCount(summary.segments)} segments` : style.yellow('not examined')}`,
  );
  lines.push(
    `  topics      ${summary.examined.includes('topics') ? 'weighted topics of the definitions' : style.dim('no definition has topics')}`,
  );
  if (!summary.examined.includes('membership'))
    return [...lines, `  membership  ${style.yellow('not examined: no panel of users with known traits')}`, ''];
  lines.push(`  membership  ${formatCount(tested)} tests on ${summary.traitsTested.join(', ') || 'no trait'}`);
  lines.push(
    `              ${formatCount(proxy)} proxy, ${formatCount(cleared)} cleared, ${formatCount(inconclusive)} inconclusive`,
  );
  lines.push(...wrap(chanceText(summary), width - 14).map((line) => `              ${style.dim(line)}`));
  if (untestable > 0)
    lines.push(`              ${formatCount(untestable)} not testable: nobody on one side of the comparison`);
  if (inconclusive > 0) {
    const text =
      'Inconclusive is not cleared: the panel is too small there to show a proxy or to rule one out. `traitleak explain SEGMENT --from results.json` says what it would take.';
    lines.push(...wrap(text, width - 14).map((line) => `              ${style.dim(line)}`));
  }
  return [...lines, ''];
}

function chanceText({ associations: { expectedByChance, unattainable } }: AuditReport['summary']): string {
  const dropped =
    unattainable === 0
      ? ''
      : ` ${formatCount(unattainable)} tests could not have been significant whatever the counts, and were left out.`;
  const byChance = formatNumber(Number(expectedByChance.toPrecision(2)));
  return `If no segment went with any trait, chance alone would have passed up to ${byChance} of these tests at this run's threshold; the bounds then drop most of them.${dropped}`;
}

function selfTest({ selfTest: results }: AuditReport, style: Style): readonly string[] {
  if (results === null) return [];
  const lines = results.map(({ trait, value, weakestCaught, members }) => {
    const strength =
      weakestCaught === null
        ? style.yellow('none of the planted strengths is caught')
        : `caught from ${formatNumber(weakestCaught)} times on`;
    return `  ${printable(`${trait} = ${value}`)}: ${strength}, in a segment of ${members === null ? 'few' : formatCount(members)} labelled members`;
  });
  return [style.bold('Self-test: planted proxies'), ...lines, ''];
}

function notices({ notices: list }: AuditReport, style: Style, width: number): readonly string[] {
  if (list.length === 0) return [];
  const lines = list.flatMap((notice) => {
    const mark = notice.level === 'warning' ? style.yellow('!') : style.dim('-');
    const [first = '', ...rest] = wrap(truncate(printable(notice.message), 600), width - 4);
    return [`  ${mark} ${first}`, ...rest.map((line) => `    ${line}`)];
  });
  return [style.bold('Notices'), ...lines, ''];
}

function answer({ gate, summary, findings: list }: AuditReport, style: Style, width: number): readonly string[] {
  const counts = SEVERITIES.filter((severity) => summary.findings[severity] > 0).map(
    (severity) => `${summary.findings[severity]} ${severity}`,
  );
  const total = list.length === 0 ? 'No findings' : `${formatCount(list.length)} findings (${counts.join(', ')})`;
  const verdict = gate.passed ? style.green('gate passed') : style.red('gate failed');
  const lines = [...wrap(`${style.bold(total)}: ${verdict}, ${gateReason(gate)}.`, width)];
  if (list.length === 0) {
    lines.push(
      ...wrap(
        'No findings is not proof of safety: it covers only what was examined, with the words and the panel at hand.',
        width,
      ),
    );
  }
  return lines;
}
