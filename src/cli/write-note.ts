import { printable } from '../wording/terminal-text.ts';
import { styleFor } from './terminal.ts';

/** Says on stderr what was chosen or done. */
export function writeNote(note: string): void {
  process.stderr.write(`${styleFor(process.stderr).dim(`note: ${printable(note)}`)}\n`);
}
