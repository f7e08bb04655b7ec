import { expect, test } from 'vitest';
import { traitleak } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

/** A query that says something of every column in turn was planned for minutes. */
const MINUTES = { timeout: 120_000 };
const columns = Array.from({ length: 5000 }, (_, index) => `${'x'.repeat(200)}${index}`);

test('five thousand segments with long names, in columns of their own, are audited', MINUTES, async () => {
  const cwd = inputFolder({ 'a.csv': csv(['user_id', ...columns], ['u1', ...columns.map(() => 1)]) });

  const { exitCode, stdout, stderr } = await traitleak(
    ['audit', '--assignments', 'a.csv', '-q', '-f', 'json', '--fail-on', 'critical'],
    { cwd },
  );

  expect(stderr).not.toContain('error');
  expect(exitCode).toBeLessThan(2);
  expect((JSON.parse(stdout) as { segments: readonly unknown[] }).segments).toHaveLength(5000);
});

test('five thousand columns of which none is a segment are refused', MINUTES, async () => {
  const cwd = inputFolder({ 'a.csv': csv(['user_id', ...columns], ['u1', ...columns.map(() => 'text')]) });

  const { exitCode, stderr } = await traitleak(['audit', '--assignments', 'a.csv'], { cwd });

  expect(exitCode).toBe(2);
  expect(stderr).toContain('a.csv:1: No column is recognised as the segment id.');
});
