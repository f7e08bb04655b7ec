import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ErrorCode } from '../errors.ts';
import { EXIT } from './exit.ts';

const STATUS_OF_SIGNAL = {
  SIGINT: EXIT.interrupted,
  SIGTERM: EXIT.terminated,
  SIGHUP: EXIT.hungUp,
} as const;

type StopSignal = keyof typeof STATUS_OF_SIGNAL;

/** First arguments of what is over at once and writes no file: a second process would only take time. */
const OVER_AT_ONCE: readonly (string | undefined)[] = [
  undefined,
  '--help',
  '-h',
  '--version',
  '-V',
  'complete',
  'completion',
];

/** Milliseconds that a process which is putting its outputs in place gets to do so after a signal. */
const GRACE = 500;

/**
 * Runs the command line in a second process, and sets the exit status to its own. JavaScript that computes hears no signal before it pauses, and an
 * engine that works keeps its process from ending; so this process does nothing but hear them. It ends the other at once, in whatever phase it is,
 * and removes what that one had begun to write. Likewise when the other one crashes.
 *
 * @param args - arguments without the executable and the script
 */
export async function supervise(args: readonly string[]): Promise<void> {
  let stoppedBy: StopSignal | undefined;
  let worker: ChildProcess | undefined;
  for (const signal of Object.keys(STATUS_OF_SIGNAL) as StopSignal[]) {
    process.on(signal, () => {
      stoppedBy ??= signal;
      if (worker === undefined) process.exit(STATUS_OF_SIGNAL[signal]);
      worker.kill('SIGTERM');
      setTimeout(() => worker?.kill('SIGKILL'), GRACE);
    });
  }
  worker = OVER_AT_ONCE.includes(args[0]) ? undefined : await start(args);
  if (worker === undefined) {
    const { main } = await import('./main.ts');
    return main(args);
  }
  const temporary: string[] = [];
  worker.on('message', (path) => temporary.push(String(path)));
  // What it told before it ended is read before its channel closes.
  const [[code, signal]] = (await Promise.all([once(worker, 'exit'), once(worker, 'disconnect')])) as [
    [number | null, NodeJS.Signals | null],
    unknown,
  ];
  for (const path of temporary) remove(path);
  process.exit(await statusOf(code, stoppedBy ?? signal, args));
}

/** What cannot be removed, such as a file whose name was too long to be made, is left to the next run. */
function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {}
}

/** Starts the second process; undefined where the system starts none, for want of memory or of the right to. */
async function start(args: readonly string[]): Promise<ChildProcess | undefined> {
  try {
    const worker = fork(fileURLToPath(new URL('./supervised.js', import.meta.url)), args);
    await once(worker, 'spawn');
    return worker;
  } catch {
    return undefined;
  }
}

async function statusOf(code: number | null, signal: NodeJS.Signals | null, args: readonly string[]): Promise<number> {
  if (signal !== null && signal in STATUS_OF_SIGNAL) return STATUS_OF_SIGNAL[signal as StopSignal];
  if (code !== null && code <= EXIT.bug) return code;
  const [{ AuditError }, { reportError }] = await Promise.all([import('../errors.ts'), import('./report-error.ts')]);
  const [errorCode, message, hint] = crash(signal ?? `status ${code}`);
  const details = hint === undefined ? {} : { hint };
  return reportError(new AuditError(errorCode, message, details), args.includes('--debug'));
}

const MORE_MEMORY =
  'Free memory, or audit less at a time. `NODE_OPTIONS=--max-old-space-size=8192` lets Node.js take 8 GiB; `--memory` bounds the engine.';

/** What it means when a process ends without its own doing. Nothing of it was written. */
function crash(how: string): readonly [ErrorCode, string, string?] {
  switch (how) {
    case 'SIGKILL':
      return [
        'E_MEMORY',
        'The system killed the process, most often because the machine has no memory left.',
        MORE_MEMORY,
      ];
    case 'SIGABRT':
    case 'status 134':
      return ['E_MEMORY', 'The process gave up, most often because Node.js may take no more memory.', MORE_MEMORY];
    default:
      return ['E_INTERNAL', `The process crashed (${how}).`];
  }
}
