import { normalQuantile } from './distributions.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import type { TwoByTwo } from './two-by-two.ts';

/** Computes the standard error of the log odds ratio, sqrt(1/a + 1/b + 1/c + 1/d). */
export function woolfStandardError({ a, b, c, d }: TwoByTwo): number {
  return Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d);
}

/**
 * Computes Woolf's logit interval of the odds ratio. Fractions allowed.
 *
 * @returns `null` when any cell is 0.
 * @see REFERENCES.md#woolf-1955
 */
export function woolfInterval(table: TwoByTwo, level: number = DEFAULT_LEVEL): Interval | null {
  const { a, b, c, d } = table;
  if (a === 0 || b === 0 || c === 0 || d === 0) return null;
  const factor = Math.exp(normalQuantile((1 + level) / 2) * woolfStandardError(table));
  const ratio = (a / b / c) * d;
  return { lower: ratio / factor, upper: ratio * factor };
}

/**
 * Computes the adjusted logit interval of the odds ratio: Woolf's after adding one half to each cell. Fractions allowed.
 *
 * @returns `null` when the segment or its outside is empty.
 * @see REFERENCES.md#gart-1966
 */
export function adjustedLogitInterval({ a, b, c, d }: TwoByTwo, level: number = DEFAULT_LEVEL): Interval | null {
  if (a + b === 0 || c + d === 0) return null;
  return woolfInterval({ a: a + 0.5, b: b + 0.5, c: c + 0.5, d: d + 0.5 }, level);
}
