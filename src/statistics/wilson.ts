import { normalQuantile } from './distributions.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';

/**
 * Computes Wilson's score interval of a proportion x / n. Defined at 0 and n; takes fractions (effective counts) as well.
 *
 * @param x - users with the value, 0 <= x <= n.
 * @param n - users; `null` is returned for 0.
 * @see REFERENCES.md#wilson-1927
 */
export function wilsonInterval(x: number, n: number, level: number = DEFAULT_LEVEL): Interval | null {
  return n > 0 ? wilsonLimits(x, n, normalQuantile((1 + level) / 2)) : null;
}

/** As {@link wilsonInterval} for n > 0 and a known normal quantile z. */
export function wilsonLimits(x: number, n: number, z: number): Interval {
  const square = z * z;
  const spread = z * Math.sqrt((x / n) * (n - x) + square / 4);
  const upper = x === n ? 1 : (x + square / 2 + spread) / (n + square);
  // The product of both limits is x^2 / (n (n + z^2)); the difference of centre and spread would cancel for rare values.
  const lower = x === 0 ? 0 : ((x / n) * x) / (x + square / 2 + spread);
  return { lower, upper };
}
