import { expect, test } from 'vitest';
import { traitleak } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

test('a note on names that are a megabyte long is cut short', async () => {
  const long = 'x'.repeat(50_000);
  const cwd = inputFolder({
    'traitleak.yaml': `warehouse:
  dialect: postgres
  assignments: { table: a, user: u, segment: s }
  traits: { table: t, user: ${long}, columns: { religion: religion } }
`,
  });

  const { exitCode, stderr } = await traitleak(['sql', '-o', 'out.sql'], { cwd });

  expect(exitCode).toBe(0);
  expect(stderr).toContain('note: ');
  expect(stderr.length).toBeLessThan(10_000);
});

test.skipIf(process.platform === 'win32')('names of files cannot colour a note of init', async () => {
  const cwd = inputFolder({ 'esc\u001b[31m.csv': csv(['segment_id', 'name'], ['1', 'tea']) });

  const { exitCode, stdout, stderr } = await traitleak(['init', '-o', '-'], { cwd });

  expect(exitCode).toBe(0);
  expect(stderr).not.toContain('\u001b');
  expect(stdout).not.toContain('\u001b');
});

test('check shows a name that is a megabyte long cut short', async () => {
  const { exitCode, stdout } = await traitleak(['check'], { input: `gay${'-x'.repeat(500_000)}\n` });

  expect(exitCode).toBe(0);
  expect(stdout.length).toBeLessThan(10_000);
});
