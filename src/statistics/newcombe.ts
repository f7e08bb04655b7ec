import { normalQuantile } from './distributions.ts';
import { riskDifference } from './effect-sizes.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import type { TwoByTwo } from './two-by-two.ts';
import { wilsonLimits } from './wilson.ts';

/**
 * Computes Newcombe's hybrid score interval (his method 10) of the risk difference: the Wilson limits of both shares, squared and added.
 * In [-1, 1]; fractions allowed.
 *
 * @returns `null` when the segment or its outside is empty.
 * @see REFERENCES.md#newcombe-1998
 */
export function newcombeInterval(table: TwoByTwo, level: number = DEFAULT_LEVEL): Interval | null {
  const difference = riskDifference(table);
  if (difference === null) return null;
  const { a, b, c, d } = table;
  const z = normalQuantile((1 + level) / 2);
  const inside = wilsonLimits(a, a + b, z);
  const outside = wilsonLimits(c, c + d, z);
  const shareInside = a / (a + b);
  const shareOutside = c / (c + d);
  return {
    lower: difference - Math.hypot(shareInside - inside.lower, outside.upper - shareOutside),
    upper: difference + Math.hypot(inside.upper - shareInside, shareOutside - outside.lower),
  };
}
