import { betaQuantile } from './distributions.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';

/**
 * Computes Jeffreys' interval of a proportion x / n: equal tails of the Beta(x + 1/2, n - x + 1/2) posterior, with the limits 0 at x = 0
 * and 1 at x = n so that coverage does not collapse there. Takes fractions (effective counts) as well.
 *
 * @param x - users with the value, 0 <= x <= n.
 * @param n - users; `null` is returned for 0.
 * @see REFERENCES.md#brown-cai-dasgupta-2001
 */
export function jeffreysInterval(x: number, n: number, level: number = DEFAULT_LEVEL): Interval | null {
  if (!(n > 0)) return null;
  const tail = (1 - level) / 2;
  return {
    lower: x === 0 ? 0 : betaQuantile(tail, x + 0.5, n - x + 0.5),
    upper: x === n ? 1 : betaQuantile(tail, x + 0.5, n - x + 0.5, 'upper'),
  };
}
