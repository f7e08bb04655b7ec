import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXECUTABLE, traitleak } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

const ROWS = csv(['user_id', 'segment_id'], ...Array.from({ length: 50 }, (_, i) => [`u${i}`, `s${i % 3}`]));
const ownFolders = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => name.startsWith('traitleak-run-'));

test('temporary files go when an audit ends, well or badly', async () => {
  const cwd = inputFolder({ 'a.csv': ROWS, 'bad.csv': 'user_id,segment_id\nu1\n', 'tmp/other': '' });
  const env = { TMPDIR: join(cwd, 'tmp') };

  expect((await traitleak(['audit', '--assignments', 'a.csv'], { cwd, env })).exitCode).toBe(0);
  expect(readdirSync(env.TMPDIR)).toEqual(['other']);
  expect((await traitleak(['audit', '--assignments', 'bad.csv'], { cwd, env })).exitCode).toBe(2);
  expect(readdirSync(env.TMPDIR)).toEqual(['other']);
  expect(readdirSync(cwd).sort()).toEqual(['a.csv', 'bad.csv', 'tmp']);
});

test.skipIf(process.platform === 'win32')(
  'the next run clears away what a killed one left, and leaves a running one alone',
  async () => {
    const cwd = inputFolder({ 'a.csv': ROWS, 'tmp/other': '' });
    const TMPDIR = join(cwd, 'tmp');
    const start = (): ReturnType<typeof spawn> =>
      // Waits for its standard input, which never ends.
      spawn(process.execPath, [EXECUTABLE, 'audit', '--assignments', '-'], {
        cwd,
        env: { ...process.env, TMPDIR },
        stdio: 'pipe',
      });
    const appears = async (count: number): Promise<void> => {
      while (ownFolders(TMPDIR).length < count) await new Promise((done) => setTimeout(done, 20));
    };
    const killed = start();
    await appears(1);
    const gone = new Promise((done) => killed.once('exit', done));
    killed.kill('SIGKILL');
    await gone;
    const [left] = ownFolders(TMPDIR);
    const running = start();
    while (left !== undefined && existsSync(join(TMPDIR, left))) await new Promise((done) => setTimeout(done, 20));
    await appears(1);
    const [live] = ownFolders(TMPDIR);
    expect(live).not.toBe(left);
    // A folder of another machine, and one of a process that has the number of a dead one.
    mkdirSync(join(TMPDIR, 'traitleak-run-000000000000-1-1-abc'));
    const reused = live?.replace(/-[0-9]+-[^-]*$/, '-1-xyz') ?? '';
    if (existsSync('/proc/self/stat')) mkdirSync(join(TMPDIR, reused));

    expect((await traitleak(['audit', '--assignments', 'a.csv'], { cwd, env: { TMPDIR } })).exitCode).toBe(0);

    expect([...ownFolders(TMPDIR)].sort()).toEqual([live, 'traitleak-run-000000000000-1-1-abc'].sort());
    const ended = new Promise((done) => running.once('exit', done));
    running.kill('SIGINT');
    await ended;
    expect(ownFolders(TMPDIR)).toEqual(['traitleak-run-000000000000-1-1-abc']);
  },
);

test('words alone need no place for temporary files', async () => {
  const cwd = inputFolder({ 'definitions.csv': csv(['segment_id', 'name'], ['1', 'tea']) });

  const { exitCode } = await traitleak(['audit', '.', '-q'], { cwd, env: { TMPDIR: join(cwd, 'missing') } });

  expect(exitCode).toBe(0);
});

test('a missing place for temporary files is said', async () => {
  const cwd = inputFolder({ 'a.csv': ROWS });

  const { exitCode, stderr } = await traitleak(['audit', '--assignments', 'a.csv'], {
    cwd,
    env: { TMPDIR: join(cwd, 'missing') },
  });

  expect(exitCode).toBe(2);
  expect(stderr).toContain('There is no place for temporary files');
  expect(stderr).toContain('(E_OUTPUT)');
});
