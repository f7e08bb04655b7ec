import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { EXECUTABLE, traitleak } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

const DEFINITIONS = { 'd.csv': 'segment_id,name\n1,LGBT\n' };
const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === 'linux';

/** Segments enough that their report is larger than the disk. */
const MANY = { 'd.csv': csv(['segment_id', 'name'], ...Array.from({ length: 400 }, (_, i) => [i, `LGBT ${i}`])) };

/** A folder in memory that holds 64 KiB; nothing where this machine lets no one mount. */
function smallDisk(parent: string): string | undefined {
  const disk = join(parent, 'disk');
  mkdirSync(disk);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status === 0;
  if (mounted) onTestFinished(() => void execFileSync('umount', [disk]));
  return mounted ? disk : undefined;
}

test.skipIf(!isRoot || !isLinux)('a full disk is one message, and neither output is there', async (context) => {
  const cwd = inputFolder(MANY);
  const disk = smallDisk(cwd);
  if (disk === undefined) return context.skip('this machine lets nobody mount a small disk');

  const { exitCode, stderr } = await traitleak(
    ['audit', '--definitions', 'd.csv', '-q', '-f', 'markdown=before.md', '-f', 'json=disk/r.json'],
    { cwd },
  );

  expect(exitCode).toBe(2);
  expect(stderr.match(/\(E_OUTPUT\)/g)).toHaveLength(1);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(readdirSync(disk)).toEqual([]);
  expect(readdirSync(cwd).sort()).toEqual(['d.csv', 'disk']);
});

test.skipIf(!isRoot || !isLinux)('a folder that may not be written to is one message, and no output', () => {
  const cwd = inputFolder({ ...DEFINITIONS, 'mine/keep': '' });
  chmodSync(cwd, 0o755);

  const { status, stderr } = spawnSync(
    process.execPath,
    [EXECUTABLE, 'audit', '--definitions', 'd.csv', '-q', '-f', 'json=mine/r.json'],
    { cwd, uid: 65534, gid: 65534, encoding: 'utf8', env: { PATH: process.env.PATH } },
  );

  expect(stderr).toMatch(/^error Nothing can be written in the folder .*EACCES.*\(E_OUTPUT\)/m);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(status).toBe(2);
  expect(readdirSync(join(cwd, 'mine'))).toEqual(['keep']);
});

test('of two audits with the same outputs, each output is whole', async () => {
  const cwd = inputFolder(MANY);
  const audit = ['audit', '--definitions', 'd.csv', '-q', '-f', 'json=r.json', '-f', 'html=r.html'];

  const runs = await Promise.all([traitleak(audit, { cwd }), traitleak(audit, { cwd }), traitleak(audit, { cwd })]);

  expect(runs.map(({ exitCode }) => exitCode)).toEqual([1, 1, 1]);
  expect(readdirSync(cwd).sort()).toEqual(['d.csv', 'r.html', 'r.json']);
  const { segments } = JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8')) as { segments: readonly unknown[] };
  expect(segments).toHaveLength(400);
  expect(readFileSync(join(cwd, 'r.html'), 'utf8').trimEnd()).toMatch(/<\/html>$/);
});

/** Assignments that take a while to read. */
function longExport(): string {
  const rows = Array.from({ length: 600_000 }, (_, i) => `u${(i * 7919) % 400_009},s${(i * 31) % 400}\n`).join('');
  return inputFolder({ 'a.csv': `user_id,segment_id\n${rows}`, 'tmp/keep': '' });
}

/** Begins an audit, and does something to it once the engine works. */
async function midway(
  cwd: string,
  meddle: (kill: (signal: NodeJS.Signals) => void) => void,
): Promise<{ readonly status: number | null; readonly stderr: string }> {
  const run = spawn(process.execPath, [EXECUTABLE, 'audit', '--assignments', 'a.csv', '-q', '-f', 'json=r.json'], {
    cwd,
    env: { ...process.env, TMPDIR: join(cwd, 'tmp'), TEMP: join(cwd, 'tmp') },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  run.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const ended = new Promise<number | null>((done) => run.once('close', done));
  while (run.exitCode === null && readdirSync(join(cwd, 'tmp')).length < 2)
    await new Promise((done) => setTimeout(done, 10));
  meddle((signal) => void run.kill(signal));
  return { status: await ended, stderr };
}

test.skipIf(process.platform === 'win32')('a run that is killed outright leaves no output', async () => {
  const cwd = longExport();

  const { status } = await midway(cwd, (kill) => kill('SIGKILL'));

  expect(status).toBeNull();
  expect(readdirSync(cwd).sort()).toEqual(['a.csv', 'tmp']);
});

test.skipIf(process.platform === 'win32').each([
  ['deleted', (file: string) => rmSync(file)],
  ['emptied', (file: string) => truncateSync(file, 0)],
  ['cut short in a line', (file: string) => truncateSync(file, 1_000_003)],
])('assignments that are %s while they are read are one message or whole results', async (_, damage) => {
  const cwd = longExport();

  const { status, stderr } = await midway(cwd, () => damage(join(cwd, 'a.csv')));

  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr).not.toMatch(/u[0-9]{3,}/);
  expect([0, 1, 2]).toContain(status);
  expect(existsSync(join(cwd, 'r.json'))).toBe(status !== 2);
  if (status === 2) expect(stderr.match(/\(E_[A-Z_]+\)/g)).toHaveLength(1);
  else expect(JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8'))).toHaveProperty('segments');
});
