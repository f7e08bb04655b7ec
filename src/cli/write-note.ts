import { printable } from '../wording/terminal-text.ts';
import { linesFor, styleFor } from './terminal.ts';

/** Says on stderr what was chosen or done. */
export function writeNote(note: string): void {
  const lines = linesFor(process.stderr, 'note: ', printable(note)).map(styleFor(process.stderr).dim);
  process.stderr.write(`${lines.join('\n')}\n`);
}
