import { CommanderError } from 'commander';
import { formatLocation } from '../domain/location.ts';
import { AuditError, messageOf } from '../errors.ts';
import { printable } from '../wording/terminal-text.ts';
import { EXIT } from './exit.ts';
import { linesFor, styleFor } from './terminal.ts';

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
  const known = error instanceof AuditError ? error : new AuditError('E_INTERNAL', messageOf(error), { cause: error });
  const where = known.location === undefined ? '' : `${printable(formatLocation(known.location))}: `;
  const message = `${where}${printable(known.message)} (${known.code})`;
  const lines = [
    ...linesFor(process.stderr, `${style.red('error')} `, message),
    ...linesFor(process.stderr, '      ', printable(known.hint)).map(style.dim),
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
  if (debug) process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
  return known.exitStatus;
}
