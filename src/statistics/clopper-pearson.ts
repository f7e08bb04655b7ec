import { betaQuantile } from './distributions.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';

/**
 * Computes the Clopper-Pearson interval of a proportion x / n: exact, its coverage is never below the level (and often well above).
 *
 * @param x - users with the value, integer, 0 <= x <= n <= 4e9.
 * @param n - users; `null` is returned for 0.
 * @see REFERENCES.md#clopper-pearson-1934
 */
export function clopperPearsonInterval(x: number, n: number, level: number = DEFAULT_LEVEL): Interval | null {
  if (!(n > 0)) return null;
  const tail = (1 - level) / 2;
  return {
    lower: x === 0 ? 0 : betaQuantile(tail, x, n - x + 1),
    upper: x === n ? 1 : betaQuantile(tail, x + 1, n - x, 'upper'),
  };
}
