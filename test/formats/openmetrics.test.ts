import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOSTILE_NAMES, hostileText } from './hostile-names.ts';
import { reportOf, smallReport, written } from './small-report.ts';

const NAME = '[a-zA-Z_][a-zA-Z0-9_]*';
const ESCAPED = '(?:[^\\n"\\\\]|\\\\[n"\\\\])*';
const METADATA = new RegExp(`^# (?<kind>TYPE|UNIT|HELP) (?<family>${NAME}) (?<text>${ESCAPED})$`, 'u');
const SAMPLE = new RegExp(
  `^(?<name>${NAME})(?:\\{(?<labels>${NAME}="${ESCAPED}"(?:,${NAME}="${ESCAPED}")*)\\})? (?<value>[+-]?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)$`,
  'u',
);

/** Reads OpenMetrics 1.0 text by its grammar and rules, as far as gauges go; throws at what breaks them. */
function parseOpenMetrics(text: string): ReadonlyMap<string, number> {
  if (text.includes('\r') || !text.endsWith('\n# EOF\n')) throw new Error('ends wrongly');
  const samples = new Map<string, number>();
  const families = new Map<string, Map<string, string>>();
  let current = '';
  for (const line of text.split('\n').slice(0, -2)) {
    const metadata = METADATA.exec(line)?.groups;
    if (metadata !== undefined) {
      const { kind = '', family = '', text: value = '' } = metadata;
      if (family !== current && families.has(family)) throw new Error(`${family} is interleaved`);
      current = family;
      const known = families.get(family) ?? new Map<string, string>();
      if (known.has(kind)) throw new Error(`${family} has two ${kind}`);
      if (kind === 'UNIT' && !family.endsWith(`_${value}`)) throw new Error(`${family} lacks its unit`);
      families.set(family, known.set(kind, value));
      continue;
    }
    const { name, labels = '', value } = SAMPLE.exec(line)?.groups ?? {};
    if (name === undefined) throw new Error(`no sample: ${line.slice(0, 80)}`);
    if (name !== current) throw new Error(`${name} is not of ${current}`);
    const key = labels === '' ? name : `${name}{${labels}}`;
    if (samples.has(key)) throw new Error(`${key} is there twice`);
    samples.set(key, Number(value));
  }
  return samples;
}

test('is written as expected', async () => {
  await expect(written('openmetrics', smallReport())).toMatchFileSnapshot('snapshots/openmetrics.snapshot.txt');
});

test.each(Object.entries(HOSTILE_NAMES))('is OpenMetrics text with traits that hold %s', (_what, name) => {
  expect(parseOpenMetrics(written('openmetrics', reportOf(name))).get('traitleak_segments')).toBe(5);
});

test('is OpenMetrics text whatever the traits', () => {
  fc.assert(
    fc.property(hostileText, (name) => {
      expect(parseOpenMetrics(written('openmetrics', reportOf(name))).size).toBe(
        parseOpenMetrics(written('openmetrics', smallReport())).size,
      );
    }),
    { numRuns: 200 },
  );
});

test('the check finds faults', () => {
  expect(() => parseOpenMetrics('a{b="c"d"} 1\n# EOF\n')).toThrow('no sample');
  expect(() => parseOpenMetrics('# TYPE a gauge\na 1\n')).toThrow('ends wrongly');
  expect(() => parseOpenMetrics('# TYPE a gauge\nb 1\n# EOF\n')).toThrow('not of a');
});

describe('the figures', () => {
  const samples = parseOpenMetrics(written('openmetrics', smallReport()));

  test.each([
    ['traitleak_gate_passed', 0],
    ['traitleak_gate_failing_findings', 2],
    ['traitleak_findings{severity="critical",state="new"}', 2],
    ['traitleak_findings{severity="high",state="waived"}', 1],
    ['traitleak_findings{severity="high",state="new"}', 0],
    ['traitleak_associations{trait="religion",verdict="proxy"}', 2],
    ['traitleak_inconclusive_ratio', 0.2],
    ['traitleak_panel_users', 1000],
    ['traitleak_generated_timestamp_seconds', 1_767_225_600],
    ['traitleak_build_info{version="1.2.3"}', 1],
  ])('%s is %d', (sample, value) => {
    expect(samples.get(sample)).toBe(value);
  });

  test('that are hidden or undefined have no sample', () => {
    const { summary } = smallReport();
    const associations = { ...summary.associations, proxy: 0, cleared: 0, inconclusive: 0 };
    const report = smallReport({ summary: { ...summary, users: null, panelUsers: null, associations } });
    const names = [...parseOpenMetrics(written('openmetrics', report)).keys()];

    expect(names.filter((name) => /users|ratio/.test(name))).toEqual([]);
  });
});
