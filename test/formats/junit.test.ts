import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditResults, PROJECT } from '../command-line.ts';
import { faultsUnderXsd } from './check-xsd.ts';
import { HOSTILE_NAMES, hostileText } from './hostile-names.ts';
import { parseXml, type XmlElement } from './parse-xml.ts';
import { passing, reportOf, smallReport, written } from './small-report.ts';

/** The schema of the Jenkins xUnit plugin, which also reads what Surefire and Ant write. */
const XSD = readFileSync(new URL('schemas/junit-10.xsd', import.meta.url), 'utf8');

const suitesOf = (xml: string): readonly XmlElement[] => parseXml(xml).children;
const outcomesOf = (suite: XmlElement | undefined): readonly (string | undefined)[] =>
  suite?.children.map((item) => item.children[0]?.name ?? 'passed') ?? [];

test('is written as expected', async () => {
  await expect(written('junit', smallReport())).toMatchFileSnapshot('snapshots/junit.snapshot.xml');
});

test('fits the schema of the Jenkins xUnit plugin', () => {
  expect(faultsUnderXsd(written('junit', smallReport()), XSD)).toEqual([]);
});

test('the schema check finds faults', () => {
  const xml =
    '<testsuites skipped="1">x<testsuite name="a"><testcase><failure>y</failure><z/></testcase></testsuite></testsuites>';

  expect(faultsUnderXsd(xml, XSD)).toEqual([
    'testsuites: has text',
    'testsuites: has attribute skipped',
    'testsuite: lacks tests',
    'testsuite: lacks failures',
    'testsuite: lacks errors',
    'testcase: has z',
    'testcase: lacks name',
    'z: not declared',
  ]);
});

test.each(Object.entries(HOSTILE_NAMES))('fits the schema with names that hold %s', (_what, name) => {
  const xml = written('junit', reportOf(name));

  expect(faultsUnderXsd(xml, XSD)).toEqual([]);
  expect(suitesOf(xml).map((suite) => suite.children.length)).toEqual(
    suitesOf(xml).map((suite) => Number(suite.attributes.tests)),
  );
});

test('is well-formed and fits the schema whatever the names', () => {
  fc.assert(
    fc.property(hostileText, (name) => {
      expect(faultsUnderXsd(written('junit', reportOf(name)), XSD)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('a name is read back as it is printed', () => {
  const name = `<b>"Tom & Jerry's"</b> ]]> é 漢`;

  const [suite] = suitesOf(written('junit', reportOf(name)));

  expect(suite?.attributes.name).toBe(name);
});

test('every finding is a case, also those on pairs, on groups and on the whole export', async () => {
  const report = await auditResults(PROJECT, 'fixtures/numbered', '--fail-on', 'high');
  const suites = suitesOf(written('junit', report));
  const cases = suites.flatMap((suite) => suite.children);
  const counted = report.findings.filter(({ severity }) => severity === 'critical' || severity === 'high');

  const told = cases.filter(({ attributes }) => /^[a-z-]+: /.test(attributes.name ?? ''));
  expect(told).toHaveLength(report.findings.length);
  expect(suites.flatMap(outcomesOf).filter((outcome) => outcome === 'failure')).toHaveLength(counted.length);
  expect(suites.find(({ attributes }) => attributes.name === 'the whole export')?.children[0]?.attributes.name).toBe(
    'export-tells-special: ethnicity_race = black',
  );
});

describe('a segment', () => {
  const suites = suitesOf(written('junit', smallReport()));

  test('fails with each finding that counts against the gate', () => {
    expect(outcomesOf(suites[0])).toEqual(['failure', 'failure']);
  });

  test('skips findings that are waived, in the baseline or below the threshold, and says why', () => {
    const messages = [1, 2, 5].map((i) => suites[i]?.children[0]?.children[0]?.attributes.message);

    expect([1, 2, 5].map((i) => outcomesOf(suites[i]))).toEqual([['skipped'], ['skipped'], ['skipped']]);
    expect(messages).toEqual([
      'high, waived: Membership stands in for a special trait',
      'medium, in the baseline: Topics suggest a special trait',
      "low, below the gate's threshold, high: Membership stands in for a trait",
    ]);
  });

  test('passes without a finding', () => {
    expect(outcomesOf(suites[3])).toEqual(['passed']);
  });

  test('does not pass where the panel leaves it open', () => {
    expect(outcomesOf(suites[4])).toEqual(['skipped']);
  });
});

test('totals add up', () => {
  const root = parseXml(written('junit', smallReport()));

  expect(root.attributes).toMatchObject({ tests: '8', failures: '2' });
  expect(root.children.map(({ attributes }) => attributes.skipped)).toEqual(['0', '1', '1', '0', '1', '1', '1']);
});

test('nothing fails when the gate lets everything pass', () => {
  const xml = written('junit', smallReport({ gate: passing('never') }));

  expect(parseXml(xml).attributes.failures).toBe('0');
});
