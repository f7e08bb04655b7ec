import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXECUTABLE, traitleak } from '../command-line.ts';
import { inputFolder } from '../input-folder.ts';

const DEFINITIONS = { 'd.csv': 'segment_id,name\n1,LGBT\n' };
const AUDIT = ['audit', '--definitions', 'd.csv', '-q'];

test('outputs clear away what a killed run left, leave what a running one writes, and keep the rights of the file before', async () => {
  const [old, live] = ['.r.json.0123456789ab.tmp', '.r.json.ba9876543210.tmp'];
  const cwd = inputFolder({ ...DEFINITIONS, [old]: '{', [live]: '{' });
  utimesSync(join(cwd, old), 1, 1);
  writeFileSync(join(cwd, 'r.json'), '', { mode: 0o600 });

  await traitleak([...AUDIT, '-f', 'json=r.json'], { cwd });

  expect(readdirSync(cwd).sort()).toEqual([live, 'd.csv', 'r.json']);
  expect(statSync(join(cwd, 'r.json')).size).toBeGreaterThan(0);
  if (process.platform !== 'win32') expect(statSync(join(cwd, 'r.json')).mode & 0o777).toBe(0o600);
});

test.skipIf(!existsSync('/dev/full'))('no room on stdout is status 2 and one message', async () => {
  const command = [process.execPath, EXECUTABLE, ...AUDIT].map((word) => `'${word}'`).join(' ');
  const run = spawn('sh', ['-c', `${command} > /dev/full`], { cwd: inputFolder(DEFINITIONS) });
  let stderr = '';
  run.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });

  expect(await new Promise((done) => run.once('close', done))).toBe(2);
  expect(stderr.match(/\(E_OUTPUT\)/g)).toHaveLength(1);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test.skipIf(process.platform === 'win32')('a signal stops a query, with its status and no file left', async () => {
  const rows = Array.from({ length: 1_000_000 }, (_, i) => `u${(i * 7919) % 400_009},s${(i * 31) % 400}\n`).join('');
  const cwd = inputFolder({ 'a.csv': `user_id,segment_id\n${rows}`, 'tmp/keep': '' });
  const run = spawn(process.execPath, [EXECUTABLE, 'audit', '--assignments', 'a.csv', '-q', '-f', 'json=r.json'], {
    cwd,
    env: { ...process.env, TMPDIR: join(cwd, 'tmp') },
    stdio: 'ignore',
  });
  const ended = new Promise((done) => run.once('close', done));
  while (readdirSync(join(cwd, 'tmp')).length < 2) await new Promise((done) => setTimeout(done, 10));
  run.kill('SIGTERM');

  expect(await ended).toBe(143);
  expect(readdirSync(cwd).sort()).toEqual(['a.csv', 'tmp']);
  expect(readdirSync(join(cwd, 'tmp'))).toEqual(['keep']);
});
