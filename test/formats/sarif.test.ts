import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toUri } from '../../src/report/formats/sarif/artifacts.ts';
import { HOSTILE_NAMES, hostileText } from './hostile-names.ts';
import { finding, reportOf, smallReport, written } from './small-report.ts';

/** The official schema, and the formats that it names. */
const validate = (() => {
  const {
    $schema: _draft4,
    id: _id,
    ...schema
  } = JSON.parse(readFileSync(new URL('schemas/sarif-schema-2.1.0.snapshot.json', import.meta.url), 'utf8'));
  const ajv = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true });
  ajv.addFormat('uri', (text: string) => URL.canParse(text));
  ajv.addFormat('uri-reference', (text: string) => URL.canParse(text, 'https://example.com/') && !/[^!-~]/.test(text));
  ajv.addFormat('date-time', (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text));
  return ajv.compile(schema);
})();

const faultsOf = (sarif: string): unknown => (validate(JSON.parse(sarif)) ? [] : validate.errors);
const runOf = (sarif: string) => JSON.parse(sarif).runs[0];

test('is written as expected', async () => {
  await expect(written('sarif', smallReport())).toMatchFileSnapshot('snapshots/sarif.snapshot.json');
});

test('fits the official schema', () => {
  expect(faultsOf(written('sarif', smallReport()))).toEqual([]);
});

test('fits the official schema when there is nothing to report', () => {
  const sarif = written('sarif', smallReport({ findings: [], inputs: [], notices: [] }));

  expect(faultsOf(sarif)).toEqual([]);
});

test('the schema check finds a fault', () => {
  const log = JSON.parse(written('sarif', smallReport()));
  log.runs[0].results[0].level = 'fatal';

  expect(faultsOf(JSON.stringify(log))).not.toEqual([]);
});

test.each(Object.entries(HOSTILE_NAMES))('fits the official schema with names that hold %s', (_what, name) => {
  const sarif = written('sarif', reportOf(name));

  expect(faultsOf(sarif)).toEqual([]);
  expect(runOf(sarif).results[0].properties.segment).toBe(name);
});

test('fits the official schema whatever the names', () => {
  fc.assert(
    fc.property(hostileText, (name) => {
      expect(faultsOf(written('sarif', reportOf(name)))).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

describe('a result', () => {
  const { results, tool } = runOf(written('sarif', smallReport()));

  test('points at its rule', () => {
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });

  test('has the level of its severity', () => {
    expect(results.map(({ level }: { level: string }) => level)).toEqual([
      'error',
      'error',
      'error',
      'warning',
      'note',
    ]);
  });

  test('is suppressed when it is waived, and only then', () => {
    const waived = [{ kind: 'external', status: 'accepted' }];

    expect(results.map(({ suppressions }: { suppressions: unknown }) => suppressions)).toEqual([
      [],
      [],
      waived,
      [],
      [],
    ]);
  });

  test('is new unless it is in the baseline or waived', () => {
    expect(results.map(({ baselineState }: { baselineState: string }) => baselineState)).toEqual([
      'new',
      'new',
      'unchanged',
      'unchanged',
      'new',
    ]);
  });

  test('has a place in a file even where its segment has no definition', () => {
    expect(results.at(-1).locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'exports/definitions.csv', uriBaseId: '%SRCROOT%', index: 0 },
    });
  });

  test('holds the effect when it may be seen, and nothing of it otherwise', () => {
    expect(results[1].properties.effect).toMatchObject({ members: 100, shareInside: 0.6, qValue: 1e-19 });
    expect(results[2].properties.effect).toEqual({ direction: 'over', suppressed: true });
  });

  test('makes no link and no placeholder of a name', () => {
    const message = 'Segment "[men](javascript:alert(1)) {0}"';
    const [result] = runOf(written('sarif', smallReport({ findings: [finding({ message })] }))).results;

    expect(result.message.text).toBe('Segment "[men] (javascript:alert(1)) {{0}}"');
  });
});

test('a rule is as grave as its gravest finding', () => {
  const findings = [finding({ severity: 'low' }), finding({ severity: 'high' }), finding({ severity: 'medium' })];

  const { rules } = runOf(written('sarif', smallReport({ findings }))).tool.driver;

  expect(rules).toHaveLength(1);
  expect(rules[0]).toMatchObject({
    name: 'NameStatesSpecial',
    defaultConfiguration: { level: 'error' },
    properties: { 'security-severity': '8.0' },
  });
});

test('a file that is read twice is one artifact', () => {
  const [input] = smallReport().inputs;

  expect(runOf(written('sarif', smallReport({ inputs: [input!, input!] }))).artifacts).toHaveLength(1);
});

test.each([
  ['a b/ü.csv', 'a%20b/%C3%BC.csv'],
  ['a\\b#1.csv', 'a/b%231.csv'],
  ['./a.csv', 'a.csv'],
  ['../a.csv', '../a.csv'],
  ['x:y.csv', 'x%3Ay.csv'],
  ['/srv/a b.csv', 'file:///srv/a%20b.csv'],
  ['C:\\exports\\a.csv', 'file:///C:/exports/a.csv'],
])('the path %s is the URI %s', (path, uri) => {
  expect(toUri(path)).toBe(uri);
});
