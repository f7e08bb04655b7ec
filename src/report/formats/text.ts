import stringWidth from 'string-width';
import type { Finding } from '../../domain/finding.ts';
import { formatLocation } from '../../domain/location.ts';
import { endLines, gather } from '../../domain/pieces.ts';
import type { AuditReport } from '../../domain/report.ts';
import { SEVERITIES, type Severity } from '../../domain/severity.ts';
import { counted } from '../../wording/counted.ts';
import { formatCount, formatNumber } from '../../wording/format-number.ts';
import { pad, printable, truncate, wrap, wrapAfter } from '../../wording/terminal-text.ts';
import { traitTitle, traitWords } from '../../wording/trait-words.ts';
import { segmentNames, segmentTitle } from '../finding-subject.ts';
import { type Format, type FormatOptions, PLAIN, type Style } from '../format.ts';
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
/** Files named at the top; the results hold all. */
const FILES_SHOWN = 12;
const WIDEST = 100;

/** The report for a terminal: the answer first, findings gravest first, then what could not be concluded. */
export const textFormat: Format = (report, options) => gather(endLines(lines(report, options)));

function* lines(report: AuditReport, options: FormatOptions): Generator<string> {
  const { style } = options;
  const width = Math.min(Math.max(options.width, 40), WIDEST);
  yield* header(report, style, width);
  yield '';
  yield* findings(report, { ...options, width });
  yield* acceptedLines(report, style, width);
  yield* examined(report, style, width);
  yield* earlierExportLines(report, style, width);
  yield* exposureLines(report, style, width);
  yield* governanceLines(report, style, width);
  yield* consentLines(report, style, width);
  yield* wholeExportLines(report, style, width);
  yield* combinationLines(report, style, width);
  yield* selfTest(report, style, width);
  yield* switchedOffLines(report, width);
  yield* notices(report, style, width);
  yield* answer(report, style, width);
}

function header({ tool, summary, packs, inputs }: AuditReport, style: Style, width: number): readonly string[] {
  const users = summary.users === null ? [] : [`${formatCount(summary.users)} users`];
  const panel = summary.panelUsers === null ? [] : [`panel of ${formatCount(summary.panelUsers)}`];
  const what = [counted(summary.segments, 'segment'), ...users, ...panel].join(', ');
  const files = inputs.slice(0, FILES_SHOWN).map(({ path }) => path);
  const left = inputs.length - files.length;
  return [
    ...wrapAfter(`${style.bold('traitleak')} ${tool.version}  `, what, width),
    ...wrapAfter('rules: ', packs.map(({ id }) => id).join(', '), width).map(style.dim),
    ...wrapAfter(
      'files: ',
      printable(files.join(', ')) + (left > 0 ? ` and ${formatCount(left)} more` : ''),
      width,
    ).map(style.dim),
  ];
}

function* findings(report: AuditReport, options: FormatOptions): Generator<string> {
  const shown = options.verbose ? report.findings : report.findings.slice(0, FINDINGS_SHOWN);
  const nameOf = segmentNames(report);
  for (const finding of shown) {
    yield* findingLines(finding, nameOf(finding.segment), options);
    yield '';
  }
  const left = report.findings.length - shown.length;
  if (left === 0) return;
  yield options.style.dim(`… and ${formatCount(left)} more findings (--verbose shows all).`);
  yield '';
}

function findingLines(finding: Finding, name: string | null, { style, width }: FormatOptions): readonly string[] {
  const label = severityLabel(finding.severity, style);
  const title = titleOf(finding.segment, name);
  const state = finding.state === 'new' ? '' : ` [${finding.state}]`;
  return [
    `${label} ${style.bold(truncate(printable(title), width - 10 - state.length))}${state}`,
    ...subjectLines(finding, style, width),
    ...wrap(truncate(printable(finding.message), 600), width - 2).map((line) => `  ${line}`),
    ...wrapAfter('  ', `rule ${printable(finding.rule)}, id ${finding.fingerprint}`, width).map(style.dim),
  ];
}

/** What the finding is about and where the segment is defined, which gets a line of its own where both do not fit into one. */
function subjectLines(finding: Finding, style: Style, width: number): readonly string[] {
  const subject = truncate(printable(traitTitle(finding)), width - 2);
  const { location } = finding;
  if (location === undefined) return [`  ${style.cyan(subject)}`];
  const place = printable(formatLocation(location));
  return stringWidth(subject) + stringWidth(place) + 4 <= width
    ? [`  ${style.cyan(subject)}  ${style.dim(place)}`]
    : [`  ${style.cyan(subject)}`, ...wrapAfter('  ', place, width).map(style.dim)];
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
  const isExamined = (what: AuditReport['summary']['examined'][number]): boolean => summary.examined.includes(what);
  const row = (label: string, text: string, paint = PLAIN.dim): readonly string[] =>
    wrapAfter(`  ${pad(label, 12)}`, text, width).map((line) => line.slice(0, 14) + paint(line.slice(14)));
  const words = isExamined('words')
    ? row('words', counted(summary.segments, 'segment'))
    : row('words', 'not examined', style.yellow);
  const topics = isExamined('topics')
    ? row('topics', 'weighted topics of the definitions')
    : row('topics', 'no definition has topics', style.dim);
  const head = [style.bold('What was examined'), ...words, ...topics];
  if (!isExamined('membership'))
    return [...head, ...row('membership', 'not examined: no panel of users with known traits', style.yellow), ''];
  return [
    ...head,
    ...row(
      'membership',
      `${counted(tested, 'test')} on ${printable(summary.traitsTested.map(traitWords).join(', ')) || 'no trait'}`,
    ),
    ...row(
      '',
      `${formatCount(proxy)} proxy, ${formatCount(cleared)} cleared, ${formatCount(inconclusive)} inconclusive`,
    ),
    ...row('', chanceText(summary), style.dim),
    ...(untestable > 0 ? row('', `${formatCount(untestable)} not testable: nobody on one side of the comparison`) : []),
    ...(inconclusive > 0 ? row('', INCONCLUSIVE, style.dim) : []),
    '',
  ];
}

const INCONCLUSIVE =
  'Inconclusive is not cleared: the panel is too small there to show a proxy or to rule one out. `traitleak explain SEGMENT --from results.json` says what it would take.';

function chanceText({ associations: { expectedByChance, unattainable } }: AuditReport['summary']): string {
  const dropped =
    unattainable === 0
      ? ''
      : ` ${formatCount(unattainable)} tests could not have been significant whatever the counts, and were left out.`;
  const byChance = formatNumber(Number(expectedByChance.toPrecision(2)));
  return `If no segment went with any trait, chance alone would have passed up to ${byChance} of these tests at this run's threshold; the bounds then drop most of them.${dropped}`;
}

function selfTest({ selfTest: results }: AuditReport, style: Style, width: number): readonly string[] {
  if (results === null) return [];
  const lines = results.flatMap(({ trait, value, weakestCaught, members }) => {
    const strength =
      weakestCaught === null
        ? 'none of the planted strengths is caught'
        : `caught from ${formatNumber(weakestCaught)} times on`;
    const paint = weakestCaught === null ? style.yellow : PLAIN.yellow;
    const text = `${traitTitle({ trait, value })}: ${strength}, in a segment of ${members === null ? 'few' : formatCount(members)} labelled members`;
    return wrapAfter('  ', printable(text), width).map(paint);
  });
  return [style.bold('Self-test: planted proxies'), ...lines, ''];
}

function notices({ notices: list }: AuditReport, style: Style, width: number): readonly string[] {
  if (list.length === 0) return [];
  const lines = list.flatMap((notice) => {
    const mark = notice.level === 'warning' ? style.yellow('!') : style.dim('-');
    return wrapAfter(`  ${mark} `, truncate(printable(notice.message), 600), width);
  });
  return [style.bold('Notices'), ...lines, ''];
}

function answer({ gate, summary, findings: list }: AuditReport, style: Style, width: number): readonly string[] {
  const counts = SEVERITIES.filter((severity) => summary.findings[severity] > 0).map(
    (severity) => `${summary.findings[severity]} ${severity}`,
  );
  const total = list.length === 0 ? 'No findings' : `${counted(list.length, 'finding')} (${counts.join(', ')})`;
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
