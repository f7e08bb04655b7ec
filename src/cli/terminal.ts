import { Chalk } from 'chalk';
import { PLAIN, type Style } from '../report/format.ts';

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
  return {
    bold: chalk.bold,
    dim: chalk.dim,
    red: chalk.red,
    yellow: chalk.yellow,
    green: chalk.green,
    cyan: chalk.cyan,
    inverse: chalk.inverse,
  };
}

/** Width of a stream in columns; 80 where there is no terminal. */
export function widthOf(stream: Stream): number {
  return stream.isTTY === true && stream.columns > 0 ? stream.columns : 80;
}
