import { expect, test } from 'vitest';
import { traitleak } from '../command-line.ts';
import { inputFolder } from '../input-folder.ts';

const FILES = {
  'a.csv': 'kay@example.org,s1\nlee@example.org,s2\n',
  'twice.csv': 'kay,kay\nlee,s2\n',
  'twins.csv': 'kay,Kay\nlee,s2\n',
  't.csv': 'kay@example.org,religion,lgbtq\nlee@example.org,christian,straight\n',
  'good.csv': 'user_id,segment_id\nu,s1\nv,s2\n',
  'consent.csv': 'kay@example.org,health,yes\n',
  'traitleak.yaml': 'assignments: { files: a.csv, user: kay_example, segment: s }\n',
};

test.each([
  [['audit', '--assignments', 'a.csv']],
  [['audit', '--assignments', 'twice.csv']],
  [['audit', '--assignments', 'twins.csv']],
  [['audit', '--assignments', 'good.csv', '--traits', 't.csv']],
  [['audit', '--assignments', 'good.csv', '--consent', 'consent.csv']],
  [['audit', '--definitions', 'a.csv']],
  [['audit', '--counts', 't.csv']],
  [['audit', 'traitleak.yaml']],
  [['init', 'a.csv', 't.csv', 'consent.csv', '-o', '-']],
])('a file without a header is refused, and its first user is not told: %j', async (args) => {
  const { exitCode, stdout, stderr } = await traitleak(args, { cwd: inputFolder(FILES) });

  expect(exitCode).toBe(2);
  expect(stdout + stderr).not.toMatch(/kay\b|kay@|lgbtq/i);
  expect(stderr).toMatch(/\(E_[A-Z_]+\)/);
});

test('the columns of a file with a header are told, however many, in a short message', async () => {
  const wide = Array.from({ length: 100 }, (_, index) => `${'x'.repeat(200)}${index}`).join(',');
  const { stderr } = await traitleak(['audit', '--assignments', 'a.csv'], {
    cwd: inputFolder({ 'a.csv': `user_id,${wide}\nu,${wide}\n` }),
  });

  expect(stderr).toContain('Columns: user_id, xxxxx');
  expect(stderr).toContain(' and 71 more.');
  expect(stderr.length).toBeLessThan(4000);
});
