import type { Finding } from '../../domain/finding.ts';
import { groupBy } from '../../domain/group-by.ts';
import { formatLocation } from '../../domain/location.ts';
import { endLines, gather } from '../../domain/pieces.ts';
import type { AuditReport } from '../../domain/report.ts';
import { isAtLeast } from '../../domain/severity.ts';
import { escapeXml } from '../../wording/escape-xml.ts';
import { formatCount } from '../../wording/format-number.ts';
import { lawText } from '../../wording/law-text.ts';
import { shorten } from '../../wording/shorten.ts';
import { acceptanceText, segmentNames, segmentTitle } from '../finding-subject.ts';
import type { Format } from '../format.ts';
import { gateReason } from '../gate-reason.ts';
import { placeFromRoot } from '../source-path.ts';

/** Lists of tests show names in one line; the whole name is in the failure. */
const LONGEST_NAME = 200;

interface TestSuite {
  readonly name: string;
  readonly cases: readonly TestCase[];
}

interface TestCase {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly type?: string;
  /** In one line. */
  readonly message: string;
  readonly details?: readonly string[];
}

/**
 * JUnit XML for the test view of a CI system. A segment is a test suite, and so is whatever else has findings (the whole export, a pair, a
 * group of users that no segment names): its findings are failures when they count against the gate, and
 * skipped when they are below its threshold, waived or in the baseline. A segment without findings passes, and is skipped where the panel
 * leaves its membership open. Warnings are skipped cases of the suite `audit`, where
 * missing evidence is a failure when the gate demands it.
 */
export const junitFormat: Format = (report) => gather(endLines(lines(report)));

function* lines(report: AuditReport): Generator<string> {
  const suites = [...segmentSuites(report), ...auditSuite(report)];
  const cases = suites.flatMap((suite) => suite.cases);
  // No `skipped` here: the schema of the Jenkins xUnit plugin allows it on test suites only.
  const totals = `tests="${cases.length}" failures="${countOf(cases, 'failed')}" errors="0"`;
  yield '<?xml version="1.0" encoding="UTF-8"?>';
  yield `<testsuites name="traitleak" ${totals}>`;
  for (const suite of suites) yield* suiteLines(suite, report.generatedAt);
  yield '</testsuites>';
}

function segmentSuites(report: AuditReport): readonly TestSuite[] {
  const findings = groupBy(report.findings, ({ segment }) => segment);
  const open = new Map<string, number>();
  for (const { segment, verdict } of report.associations) {
    if (verdict === 'inconclusive') open.set(segment, (open.get(segment) ?? 0) + 1);
  }
  const ofSegments = report.segments.map(({ segment, name }) => ({
    name: segmentTitle(segment, name),
    cases: findings.get(segment)?.map((finding) => findingCase(finding, report)) ?? [noFinding(open.get(segment) ?? 0)],
  }));
  const nameOf = segmentNames(report);
  const segments = new Set(report.segments.map(({ segment }) => segment));
  const ofOthers = [...findings].filter(([subject]) => !segments.has(subject));
  return [
    ...ofSegments,
    ...ofOthers.map(([subject, own]) => ({
      name: nameOf(subject) ?? subject,
      cases: own.map((finding) => findingCase(finding, report)),
    })),
  ];
}

function findingCase(finding: Finding, report: AuditReport): TestCase {
  const { rule, trait, value, severity, state, title, message, remedy, law, location, fingerprint, waiver } = finding;
  const { gate } = report;
  const fails = state === 'new' && isAtLeast(severity, gate.failOn);
  const reasons = { waived: 'waived', baseline: 'in the baseline', new: `below the gate's threshold, ${gate.failOn}` };
  return {
    // By ids, which CI systems tell a test by from run to run.
    name: `${rule}: ${trait}${value === undefined ? '' : ` = ${value}`}`,
    outcome: fails ? 'failed' : 'skipped',
    type: severity,
    message: fails ? `${severity}: ${title}` : `${severity}, ${reasons[state]}: ${title}`,
    details: [
      message,
      `What to do: ${remedy}`,
      ...law.map((reference) => `Law: ${lawText(reference)}`),
      ...(location === undefined ? [] : [`Place: ${formatLocation(placeFromRoot(report, location))}`]),
      ...(waiver === undefined ? [] : [`Waived: ${acceptanceText(waiver)}`]),
      `Finding ${fingerprint}`,
    ],
  };
}

function noFinding(open: number): TestCase {
  if (open === 0) return { name: 'no finding', outcome: 'passed', message: '' };
  return {
    name: 'no finding',
    outcome: 'skipped',
    type: 'inconclusive',
    message: `No finding, but not cleared (inconclusive comparisons with the panel: ${formatCount(open)}).`,
  };
}

function auditSuite(report: AuditReport): readonly TestSuite[] {
  const warnings = report.notices
    .filter(({ level }) => level === 'warning')
    .map(({ code, message }): TestCase => ({ name: code, outcome: 'skipped', type: 'warning', message }));
  const cases = [...demandedEvidence(report), ...warnings];
  return cases.length === 0 ? [] : [{ name: 'audit', cases }];
}

/** Where evidence is demanded, the lack of it is a failure of its own. */
function demandedEvidence({ gate }: AuditReport): readonly TestCase[] {
  if (!gate.failOnInconclusive) return [];
  const isOpen = gate.reasons.some((reason) => reason !== 'findings');
  return [
    {
      name: 'evidence is there',
      outcome: isOpen ? 'failed' : 'passed',
      type: 'inconclusive',
      message: isOpen ? `The gate failed: ${gateReason(gate)}.` : '',
    },
  ];
}

function countOf(cases: readonly TestCase[], outcome: TestCase['outcome']): number {
  return cases.filter((item) => item.outcome === outcome).length;
}

function suiteLines({ name, cases }: TestSuite, generatedAt: string): readonly string[] {
  const counts = `tests="${cases.length}" failures="${countOf(cases, 'failed')}" errors="0" skipped="${countOf(cases, 'skipped')}"`;
  // Readers want local time without a zone or fractions; this is UTC.
  const timestamp = escapeXml(generatedAt.slice(0, 19));
  const shown = escapeXml(shorten(name, LONGEST_NAME));
  return [
    `  <testsuite name="${shown}" ${counts} timestamp="${timestamp}">`,
    ...cases.flatMap((item) => caseLines(item, shown)),
    '  </testsuite>',
  ];
}

function caseLines({ name, outcome, type = '', message, details = [] }: TestCase, suite: string): readonly string[] {
  const start = `    <testcase name="${escapeXml(shorten(name, LONGEST_NAME))}" classname="${suite}"`;
  if (outcome === 'passed') return [`${start}/>`];
  const element = outcome === 'failed' ? 'failure' : 'skipped';
  const tag = `<${element} type="${escapeXml(type)}" message="${escapeXml(message)}"`;
  if (details.length === 0) return [`${start}>`, `      ${tag}/>`, '    </testcase>'];
  return [`${start}>`, `      ${tag}>${details.map(escapeXml).join('\n')}</${element}>`, '    </testcase>'];
}
