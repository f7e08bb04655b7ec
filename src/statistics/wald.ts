import { normalQuantile } from './distributions.ts';
import { riskDifference } from './effect-sizes.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import type { TwoByTwo } from './two-by-two.ts';

/** Computes the unpooled standard error of the risk difference; 0 when neither row varies. Both rows must have users. */
export function waldStandardError({ a, b, c, d }: TwoByTwo): number {
  const inside = a + b;
  const outside = c + d;
  return Math.sqrt(((a / inside) * (b / inside)) / inside + ((c / outside) * (d / outside)) / outside);
}

/**
 * Computes Wald's interval of the risk difference. For reference only: it has width 0 when neither row varies, and covers too rarely for
 * rare values. Not cut off at -1 and 1; fractions allowed.
 *
 * @returns `null` when the segment or its outside is empty.
 * @see REFERENCES.md#newcombe-1998
 */
export function waldDifferenceInterval(table: TwoByTwo, level: number = DEFAULT_LEVEL): Interval | null {
  const difference = riskDifference(table);
  if (difference === null) return null;
  const spread = normalQuantile((1 + level) / 2) * waldStandardError(table);
  return { lower: difference - spread, upper: difference + spread };
}
