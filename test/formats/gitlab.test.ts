import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOSTILE_NAMES, hostileText } from './hostile-names.ts';
import { GITLAB_CODE_QUALITY } from './schemas/gitlab-code-quality.ts';
import { finding, reportOf, smallReport, written } from './small-report.ts';

const validate = new Ajv({ allErrors: true }).compile(GITLAB_CODE_QUALITY);
const faultsOf = (report: string): unknown => (validate(JSON.parse(report)) ? [] : validate.errors);

test('is written as expected', async () => {
  await expect(written('gitlab', smallReport())).toMatchFileSnapshot('snapshots/gitlab.snapshot.json');
});

test('is a Code Quality report', () => {
  expect(faultsOf(written('gitlab', smallReport()))).toEqual([]);
  expect(faultsOf(written('gitlab', smallReport({ findings: [] })))).toEqual([]);
});

test('the schema check finds a fault', () => {
  expect(faultsOf('[{ "description": "a", "severity": "fatal" }]')).not.toEqual([]);
});

test.each(Object.entries(HOSTILE_NAMES).filter(([, name]) => name !== ''))(
  'is a Code Quality report with names that hold %s',
  (_what, name) => {
    expect(faultsOf(written('gitlab', reportOf(name)))).toEqual([]);
  },
);

test('is a Code Quality report whatever the names', () => {
  const name = hostileText.filter((text) => text.replace(/^(\.[\\/])+/, '') !== '');

  fc.assert(
    fc.property(name, (text) => {
      expect(faultsOf(written('gitlab', reportOf(text)))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('severities are those of GitLab, and what was accepted is information', () => {
  const entries = JSON.parse(written('gitlab', smallReport()));

  expect(entries.map(({ severity }: { severity: string }) => severity)).toEqual([
    'blocker',
    'blocker',
    'info',
    'info',
    'minor',
  ]);
});

test.each([
  ['the first line of the definitions', smallReport(), 'exports/definitions.csv'],
  ['its segment, in an audit of no files', smallReport({ inputs: [] }), 'traitleak:no-segment'],
])('a finding without a place stands at %s', (_what, report, path) => {
  expect(JSON.parse(written('gitlab', report)).at(-1).location).toEqual({ path, lines: { begin: 1 } });
});

test('paths are as GitLab wants them', () => {
  const findings = [finding({ location: { file: '.\\exports\\a.csv', line: 3 } })];

  expect(JSON.parse(written('gitlab', smallReport({ findings })))[0].location).toEqual({
    path: 'exports/a.csv',
    lines: { begin: 3 },
  });
});
