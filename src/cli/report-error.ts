import { CommanderError } from 'commander';
import { formatLocation } from '../domain/location.ts';
import { AuditError, messageOf } from '../errors.ts';
import { shorten } from '../wording/shorten.ts';
import { printable } from '../wording/terminal-text.ts';
import { EXIT } from './exit.ts';
import { linesFor, styleFor } from './terminal.ts';

/** Characters of a part of a message that are shown: an input may name things as long as it likes. */
const LONGEST = 2000;

/**
 * Says on stderr what went wrong: what, where, how to mend it.
 *
 * @param error - anything that was thrown
 * @param debug - also show the stack, for reports of bugs
 * @returns the exit status
 */
export function reportError(error: unknown, debug: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.passed : EXIT.wrongInput;
  const style = styleFor(process.stderr);
  const known = asAuditError(error);
  const where = known.location === undefined ? '' : `${printable(shorten(formatLocation(known.location), LONGEST))}: `;
  const message = `${where}${printable(shorten(known.message, LONGEST))} (${known.code})`;
  const lines = [
    ...linesFor(process.stderr, `${style.red('error')} `, message),
    ...linesFor(process.stderr, '      ', printable(shorten(known.hint, LONGEST))).map(style.dim),
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
  if (debug) process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
  return known.exitStatus;
}

function asAuditError(error: unknown): AuditError {
  if (error instanceof AuditError) return error;
  if ((error as NodeJS.ErrnoException | null)?.syscall === 'uv_cwd') {
    return new AuditError('E_USAGE', 'The working directory is not there any more.', {
      hint: 'Change to a folder that is there.',
      cause: error,
    });
  }
  return new AuditError('E_INTERNAL', messageOf(error), { cause: error });
}
