import { expect, test } from 'vitest';
import { auditResults } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

const rows = (prefix: string): string =>
  csv(['user_id', 'segment_id'], ...Array.from({ length: 30 }, (_, i) => [`${prefix}${i}`, 's']));

test.each<[string, Record<string, string>, string[], string | undefined]>([
  [
    'without earlier members',
    { 'old.csv': 'segment_id,name\ns,x\n' },
    ['--previous-definitions', 'old.csv'],
    'earlier-export-not-compared',
  ],
  [
    'whose user ids were made anew',
    { 'old.csv': rows('v') },
    ['--previous-assignments', 'old.csv'],
    'earlier-export-unrelated',
  ],
  ['of the same users', { 'old.csv': rows('u') }, ['--previous-assignments', 'old.csv'], undefined],
])('an earlier export %s', async (_what, files, flags, code) => {
  const cwd = inputFolder({ 'new.csv': rows('u'), ...files });

  const { notices } = await auditResults(cwd, '--assignments', 'new.csv', ...flags);

  expect(notices.map((notice) => notice.code).filter((one) => one.startsWith('earlier-export'))).toEqual(
    code === undefined ? [] : [code],
  );
});

test('an earlier export named in the config may be overridden by a flag', async () => {
  const cwd = inputFolder({
    'new.csv': rows('u'),
    'old.csv': rows('v'),
    'older.csv': rows('u'),
    'traitleak.yaml': 'assignments: new.csv\nprevious: { assignments: old.csv }\n',
  });

  const { lineage, inputs } = await auditResults(cwd, '--previous-assignments', 'older.csv');

  expect(lineage.map(({ kind }) => kind)).toEqual(['kept']);
  expect(inputs.find(({ role }) => role === 'previous-assignments')).toMatchObject({ path: 'older.csv', rows: 30 });
});

test('an earlier export without any row is refused', async () => {
  const cwd = inputFolder({ 'new.csv': rows('u'), 'old.csv': 'user_id,segment_id\n,s\n' });

  await expect(auditResults(cwd, '--assignments', 'new.csv', '--previous-assignments', 'old.csv')).rejects.toThrow(
    'No row of the earlier assignments names both a user and a segment.',
  );
});
