import { Chalk } from 'chalk';
import stringWidth from 'string-width';
import { PLAIN, type Style } from '../report/format.ts';
import { wrapAfter } from '../wording/terminal-text.ts';

/** Which stream a text goes to, as far as colour and width need it. */
type Stream = NodeJS.WriteStream;

/**
 * Colours for a stream: on a terminal unless `NO_COLOR` is set, elsewhere only with `FORCE_COLOR` (see no-color.org).
 */
export function styleFor(stream: Stream): Style {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const isForced = FORCE_COLOR !== undefined && FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  const isColoured =
    isForced || (stream.isTTY === true && !NO_COLOR && FORCE_COLOR === undefined && process.env.TERM !== 'dumb');
  if (!isColoured) return PLAIN;
  const chalk = new Chalk({ level: 1 });
  // Functions of chalk join all their arguments; these take a text and nothing else, so that they can be mapped over lines.
  return {
    bold: (text) => chalk.bold(text),
    dim: (text) => chalk.dim(text),
    red: (text) => chalk.red(text),
    yellow: (text) => chalk.yellow(text),
    green: (text) => chalk.green(text),
    cyan: (text) => chalk.cyan(text),
    inverse: (text) => chalk.inverse(text),
  };
}

/** Width of a stream in columns; 80 where there is no terminal. */
export function widthOf(stream: Stream): number {
  return stream.isTTY === true && stream.columns > 0 ? stream.columns : 80;
}

/** What sentences may fill on a wide terminal: longer lines are hard to read. */
const WIDEST = 100;

/**
 * Breaks a line that programs read too: at the width of a terminal, and nowhere else. Long paths and names are not cut, so that they can be
 * copied: a line with one of these is left to the terminal.
 *
 * @param label - what the line starts with; further lines are indented by its width
 */
export function linesFor(stream: Stream, label: string, text: string): readonly string[] {
  if (stream.isTTY !== true) return [label + text];
  const width = Math.min(widthOf(stream), WIDEST);
  const isLong = text.split(/\s+/).some((word) => stringWidth(word) > width / 2);
  return isLong ? [label + text] : wrapAfter(label, text, width);
}
