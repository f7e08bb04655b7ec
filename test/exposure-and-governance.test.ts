import { expect, test } from 'vitest';
import { auditResults } from './command-line.ts';
import { csv, inputFolder } from './input-folder.ts';

const emailOf = (i: number): string => `person${i * 7919}@mail.example.org`;
const USERS = Array.from({ length: 300 }, (_, i) => i);

const EXPORT = {
  'definitions.csv': csv(['segment_id', 'name', 'features'], ['a', 'gardeners', 'GPS traces'], ['b', 'cats', 'clicks']),
  'assignments.csv': csv(
    ['user_id', 'segment_id', 'device'],
    ...USERS.map((i) => [emailOf(i), i < 5 ? 'a' : 'b', i < 4 ? `10.0.0.${i + 1}` : `d${i}x`]),
  ),
};

test('raw identifiers, tiny segments and raw inputs are findings, without any value', async () => {
  const report = await auditResults(inputFolder(EXPORT), '.');
  const text = JSON.stringify(report);

  expect(report.findings.map(({ rule, segment }) => `${rule} ${segment}`)).toEqual(
    expect.arrayContaining(['raw-identifiers traitleak:export', 'small-segment a', 'raw-inputs a']),
  );
  expect(report.exposure?.identifiers).toContainEqual({
    column: 'user_id',
    role: 'user',
    shape: 'email',
    share: 1,
    sampled: 300,
  });
  expect(USERS.map(emailOf).filter((id) => text.includes(id))).toEqual([]);
  expect(text).not.toContain('10.0.0.');
  expect(text).not.toContain('mail.example');
});

test('a share that would tell of fewer than eleven values is hidden', async () => {
  const { exposure } = await auditResults(inputFolder(EXPORT), '.');

  expect(exposure?.identifiers.find(({ shape }) => shape === 'ipv4')).toMatchObject({ column: 'device', share: null });
});

test('rules on governance look at segments that give a trait away, and at no others', async () => {
  const cwd = inputFolder({
    'definitions.csv': csv(
      ['segment_id', 'name', 'purpose', 'retention', 'review_date'],
      ['1', 'gay men', '', '2 years', '2020-01-01'],
      ['2', 'gardeners', '', '2 years', '2020-01-01'],
    ),
  });
  const { findings, governance } = await auditResults(cwd, '.');
  const gaps = findings.filter(({ evidence }) => evidence.some(({ kind }) => kind === 'governance'));

  expect(new Set(gaps.map(({ segment }) => segment))).toEqual(new Set(['1']));
  expect(gaps.map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(['purpose-recorded', 'retention-short', 'review-due']),
  );
  expect(governance).toMatchObject([{ segment: '1', attributes: { purpose: null, retention_days: '2 years' } }]);
});

test('an export that records nothing is not buried in findings about that', async () => {
  const cwd = inputFolder({ 'definitions.csv': csv(['segment_id', 'name'], ['1', 'gay men']) });
  const { findings, governance } = await auditResults(cwd, '.');

  expect(findings.flatMap(({ evidence }) => evidence).filter(({ kind }) => kind === 'governance')).toEqual([]);
  expect(governance).toEqual([]);
});
