import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { EXECUTABLE } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

const SIGNALS: readonly [NodeJS.Signals, number][] = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
];

interface Run {
  readonly cwd: string;
  readonly supervisor: ChildProcess;
  /** Number of the process that does the work. */
  readonly worker: number;
  readonly end: Promise<{ readonly status: number | NodeJS.Signals | null; readonly stderr: string }>;
}

const DEFINITIONS = csv(['segment_id', 'name'], ['1', 'LGBT']);
const temporaryFiles = (cwd: string): readonly string[] => readdirSync(join(cwd, 'tmp'));
const neighbours = (cwd: string): readonly string[] => readdirSync(cwd).filter((name) => name.startsWith('.'));

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((done) => setTimeout(done, 10));
}

/** Starts a command, and waits until it is at the point that is of interest. */
async function begin(cwd: string, args: readonly string[], isThere: (cwd: string) => boolean): Promise<Run> {
  const supervisor = spawn(process.execPath, [EXECUTABLE, ...args], {
    cwd,
    env: { ...process.env, TMPDIR: join(cwd, 'tmp') },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  onTestFinished(() => void supervisor.kill('SIGKILL'));
  let stderr = '';
  supervisor.stderr?.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const end = new Promise<number | NodeJS.Signals | null>((done) =>
    supervisor.once('exit', (code, signal) => done(code ?? signal)),
  );
  await until(() => isThere(cwd) || supervisor.exitCode !== null);
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const worker = processes
    .map((line) => line.trim().split(/\s+/).map(Number))
    .find(([, parent]) => parent === supervisor.pid)?.[0];
  expect(worker, stderr).toBeDefined();
  return { cwd, supervisor, worker: worker ?? 0, end: end.then((status) => ({ status, stderr })) };
}

/** An audit that waits for assignments, with its folder for temporary files open. */
function waiting(): Promise<Run> {
  return begin(
    inputFolder({ 'tmp/.keep': '' }),
    ['audit', '--assignments', '-', '-q', '-f', 'json=r.json'],
    (cwd) => temporaryFiles(cwd).length > 1,
  );
}

/** An audit whose first output is a pipe that nobody reads, with its second output written beside its place. */
function writing(): Promise<Run> {
  const cwd = inputFolder({ 'd.csv': DEFINITIONS, 'tmp/.keep': '' });
  execFileSync('mkfifo', [join(cwd, 'pipe')]);
  return begin(
    cwd,
    ['audit', '--definitions', 'd.csv', '-q', '-f', 'json=pipe', '-f', 'html=r.html'],
    () => neighbours(cwd).length > 0,
  );
}

describe.skipIf(process.platform === 'win32')('a process that hears no signal, since it computes,', () => {
  test.each(SIGNALS)('is ended by %s with status %i, and its temporary files go', async (signal, status) => {
    const { cwd, supervisor, worker, end } = await waiting();
    // A process that is held hears as little as one that computes.
    process.kill(worker, 'SIGSTOP');

    supervisor.kill(signal);

    expect((await end).status).toBe(status);
    expect(() => process.kill(worker, 0)).toThrow('ESRCH');
    expect(temporaryFiles(cwd)).toEqual(['.keep']);
    expect(readdirSync(cwd)).toEqual(['tmp']);
  });

  test('leaves no part of an output', async () => {
    const { cwd, supervisor, worker, end } = await writing();
    process.kill(worker, 'SIGSTOP');

    supervisor.kill('SIGINT');

    expect((await end).status).toBe(130);
    expect(readdirSync(cwd).sort()).toEqual(['d.csv', 'pipe', 'tmp']);
  });
});

describe.skipIf(process.platform === 'win32')('a process that writes to a pipe that nobody reads', () => {
  test.each(SIGNALS)('is ended by %s with status %i, and leaves no part of an output', async (signal, status) => {
    const { cwd, supervisor, end } = await writing();

    supervisor.kill(signal);

    expect((await end).status).toBe(status);
    expect(readdirSync(cwd).sort()).toEqual(['d.csv', 'pipe', 'tmp']);
  });

  test('is ended by a signal to all processes of the terminal', async () => {
    const { cwd, supervisor, worker, end } = await writing();

    process.kill(worker, 'SIGINT');
    supervisor.kill('SIGINT');

    expect((await end).status).toBe(130);
    expect(readdirSync(cwd).sort()).toEqual(['d.csv', 'pipe', 'tmp']);
  });
});

describe.skipIf(process.platform === 'win32')('a process that the system ends', () => {
  test.each<[NodeJS.Signals, number, RegExp]>([
    ['SIGKILL', 2, /^error The system killed the process.*\(E_MEMORY\)\n {6}Free memory/],
    ['SIGABRT', 2, /^error The process gave up.*\(E_MEMORY\)\n {6}Free memory/],
    ['SIGSEGV', 3, /^error The process crashed \(SIGSEGV\)\. \(E_INTERNAL\)/],
  ])('by %s gives status %i and one message, and its files go', async (signal, status, message) => {
    const { cwd, worker, end } = await waiting();

    process.kill(worker, signal);

    const ended = await end;
    expect(ended.status).toBe(status);
    expect(ended.stderr).toMatch(message);
    expect(temporaryFiles(cwd)).toEqual(['.keep']);
    expect(readdirSync(cwd)).toEqual(['tmp']);
  });

  test('together with nothing but its supervisor takes its temporary files away itself', async () => {
    const { cwd, supervisor } = await waiting();

    supervisor.kill('SIGKILL');

    await until(() => temporaryFiles(cwd).length === 1);
    expect(existsSync(join(cwd, 'r.json'))).toBe(false);
  });
});
