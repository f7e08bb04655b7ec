import { expect, test } from 'vitest';
import { auditResults } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

const USERS = Array.from({ length: 400 }, (_, i) => i);

async function audited(columns: readonly string[], config = ''): ReturnType<typeof auditResults> {
  const folder = inputFolder({
    'traitleak.yaml': `assignments: assignments.csv\ntraits: { file: traits.csv${config} }\n`,
    'assignments.csv': csv(['user_id', 'segment_id'], ...USERS.map((i) => [`u${i}`, i % 4])),
    'traits.csv': csv(
      ['user_id', 'religion', ...columns],
      ...USERS.map((i) => [`u${i}`, 'xy'[i % 2]!, ...columns.map(() => 1 + (i % 3))]),
    ),
  });
  return auditResults(folder);
}

test('a panel with weights or strata is told that leakage and combinations do not use them', async () => {
  const noticeOf = ({ notices }: Awaited<ReturnType<typeof audited>>) =>
    notices.find(({ code }) => code === 'whole-export-unweighted');

  expect(noticeOf(await audited(['w'], ', weight: w'))).toMatchObject({
    level: 'warning',
    message: expect.stringContaining('sampling weights are not used'),
  });
  expect(noticeOf(await audited(['country']))).toMatchObject({
    level: 'info',
    message: expect.stringContaining('country is not used'),
  });
  expect(noticeOf(await audited([]))).toBeUndefined();
  expect(
    noticeOf(await audited(['w'], ', weight: w }\nleaveOut: [leakage, combinations]\nengine: { threads: 1')),
  ).toBeUndefined();
});

test('the manifest names the seed of what was drawn, and none where nothing was', async () => {
  const folder = inputFolder({ 'definitions.csv': csv(['segment_id', 'name'], ['1', 'cats']) });

  expect((await audited([])).manifest.seed).toBe(20_260_118);
  expect((await auditResults(folder, '.')).manifest.seed).toBeNull();
});
