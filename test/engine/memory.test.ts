import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { auditResults, traitleak } from '../command-line.ts';
import { inputFolder } from '../input-folder.ts';

/** An export whose ids alone, as text, take more than the memory that the test gives. */
async function largeExport(rows: number, users: number): Promise<string> {
  const folder = inputFolder();
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const user = (key: string): string => `'user-with-a-long-name-' || lpad((${key})::VARCHAR, 12, '0')`;
  const to = (name: string): string => `TO '${join(folder, name)}' (HEADER)`;
  await connection.run(
    `COPY (SELECT ${user(`hash(i) % ${users}`)} AS user_id, 's' || (hash(i * 7) % 40) AS segment_id FROM range(${rows}) t(i)) ${to('a.csv')}`,
  );
  await connection.run(
    `COPY (SELECT ${user('i')} AS user_id, CASE WHEN hash(i) % 5 = 0 THEN 'a' ELSE 'b' END AS religion FROM range(20000) t(i)) ${to('t.csv')}`,
  );
  connection.closeSync();
  instance.closeSync();
  return folder;
}

test('an export larger than the memory that it is given gives the same results', async () => {
  const folder = await largeExport(2_000_000, 1_000_000);
  const flags = ['--assignments', 'a.csv', '--traits', 't.csv', '--set', 'leaveOut=[leakage, combinations, exposure]'];

  const [free, bounded] = [
    await auditResults(folder, ...flags),
    await auditResults(folder, ...flags, '--memory', '96MiB'),
  ];

  expect(bounded).toEqual(free);
  expect(bounded.summary.users).toBeGreaterThan(800_000);
}, 240_000);

test('too little memory is said, with how much to give', async () => {
  const folder = await largeExport(200_000, 100_000);

  const { exitCode, stdout, stderr } = await traitleak(['audit', '--assignments', 'a.csv', '--memory', '4MiB'], {
    cwd: folder,
  });

  expect(stderr).toContain('The embedded engine needs more memory than it has (4MiB).');
  expect(stderr).toContain('(E_MEMORY)');
  expect(stderr).toContain('--memory 8MiB');
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
}, 60_000);
