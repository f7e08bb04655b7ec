import { availableParallelism } from 'node:os';
import { AuditError, messageOf } from '../../errors.ts';

/** Memory that one thread needs to sort, join and read at the same time; with less, the engine gives up instead of spilling. */
const THREAD_BYTES = 128 * 1024 ** 2;

const UNITS: Readonly<Record<string, number>> = {
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 1024,
  MIB: 1024 ** 2,
  GIB: 1024 ** 3,
  TIB: 1024 ** 4,
};

/** Bytes of a size such as `2GiB`; undefined when it is none. */
export function bytesOf(size: string): number | undefined {
  const [, amount = '', unit = ''] = /^([0-9]+(?:\.[0-9]+)?) ?([KMGT]i?B)$/i.exec(size) ?? [];
  const factor = UNITS[unit.toUpperCase()];
  return factor === undefined ? undefined : Number(amount) * factor;
}

/** Threads that a memory limit has room for, where it has not for all cores; results do not depend on it. */
export function threadsWithin(memoryLimit: string): number {
  const bytes = bytesOf(memoryLimit) ?? Number.POSITIVE_INFINITY;
  return Math.max(1, Math.min(availableParallelism(), Math.floor(bytes / THREAD_BYTES)));
}

/** Turns the engine's word on a lack of memory or of disk into an error that says how much to give; passes everything else on. */
export function explainLimits(cause: unknown, memoryLimit: string | undefined): unknown {
  const text = messageOf(cause);
  if (/No space left|max_temp_directory_size|could not write.*temporary/i.test(text)) {
    return new AuditError('E_OUTPUT', 'There is no room left for the temporary files of the engine.', {
      hint: 'Free disk space, point TMPDIR at a larger disk, or give more memory with --memory.',
      cause,
    });
  }
  if (!/Out of Memory|could not allocate block|failed to allocate/i.test(text)) return cause;
  const given = memoryLimit === undefined ? 'all that it may take' : memoryLimit;
  const bytes = memoryLimit === undefined ? undefined : bytesOf(memoryLimit);
  const twice = bytes === undefined ? undefined : `${Math.ceil((2 * bytes) / 1024 ** 2)}MiB`;
  return new AuditError('E_MEMORY', `The embedded engine needs more memory than it has (${given}).`, {
    hint:
      twice === undefined
        ? 'Run the audit where there is more memory, or leave out examinations with `--set leaveOut=[leakage, combinations]`.'
        : `Give at least twice as much, \`--memory ${twice}\`, or fewer threads with \`--threads 1\`.`,
    cause,
  });
}
