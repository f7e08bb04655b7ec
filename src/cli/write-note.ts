import { shorten } from '../wording/shorten.ts';
import { printable } from '../wording/terminal-text.ts';
import { linesFor, styleFor } from './terminal.ts';

/** Characters of a note that are shown: an input may name things as long as it likes. */
const LONGEST = 2000;

/** Says on stderr what was chosen or done. */
export function writeNote(note: string): void {
  const lines = linesFor(process.stderr, 'note: ', printable(shorten(note, LONGEST))).map(styleFor(process.stderr).dim);
  process.stderr.write(`${lines.join('\n')}\n`);
}
