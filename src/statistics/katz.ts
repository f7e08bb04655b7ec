import { normalQuantile } from './distributions.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import type { TwoByTwo } from './two-by-two.ts';

/** Computes the standard error of the log risk ratio by the delta method: sqrt(1/a - 1/(a+b) + 1/c - 1/(c+d)). */
export function katzStandardError({ a, b, c, d }: TwoByTwo): number {
  return Math.sqrt(b / a / (a + b) + d / c / (c + d));
}

/**
 * Computes Katz's log interval of the risk ratio. For reference and for TOST only: it is not defined with a zero in a or c, and too narrow
 * when a share is near 1 (12 of 12 against half of 2e9: lower limit 1.9999, score 1.515). Fractions allowed.
 *
 * @returns `null` when a or c is 0.
 * @see REFERENCES.md#katz-1978
 */
export function katzInterval(table: TwoByTwo, level: number = DEFAULT_LEVEL): Interval | null {
  const { a, b, c, d } = table;
  if (a === 0 || c === 0) return null;
  const factor = Math.exp(normalQuantile((1 + level) / 2) * katzStandardError(table));
  const ratio = a / (a + b) / (c / (c + d));
  return { lower: ratio / factor, upper: ratio * factor };
}

/**
 * Computes the adjusted-log interval of the risk ratio: Katz's after adding one half to both numerators and both denominators
 * (so that b and d stay as they are). Fractions allowed.
 *
 * @returns `null` when the segment or its outside is empty.
 * @see REFERENCES.md#walter-1975
 */
export function adjustedLogInterval({ a, b, c, d }: TwoByTwo, level: number = DEFAULT_LEVEL): Interval | null {
  return a + b === 0 || c + d === 0 ? null : katzInterval({ a: a + 0.5, b, c: c + 0.5, d }, level);
}
