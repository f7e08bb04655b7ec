import type { Quoting } from '../quote.ts';

/**
 * What one warehouse writes in another way than the others. Everything else of the queries is SQL that all of them share. An expression that is
 * handed over is text or NULL where nothing else is said.
 */
export interface Dialect {
  /** As in `--dialect`. */
  readonly id: string;
  /** What people call it. */
  readonly title: string;
  readonly quoting: Quoting;
  /** Any column as text. */
  readonly text: (expression: string) => string;
  /** Letters to lower case. */
  readonly lower: (text: string) => string;
  /** A condition: the text fits the regular expression. The pattern is anchored, and holds no quote and no backslash. */
  readonly matches: (text: string, pattern: string) => string;
  /** A text that looks like a number as a floating-point number. */
  readonly number: (text: string) => string;
  /** A text that looks like a number as an exact decimal of 18 digits, with so many of them after the point; the last is rounded. Products and sums must stay exact. */
  readonly decimal: (text: string, places: number) => string;
  /** Type of counts. */
  readonly countType: string;
  /** An order by code points, whatever the language of the database. */
  readonly byCodePoint: (text: string) => string;
  /** What follows the query, such as settings; empty for most. */
  readonly suffix: string;
  /** Lines of the comment that say how its client writes the result as CSV. */
  readonly howToRun: readonly string[];
}
