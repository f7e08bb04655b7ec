/** An estimate with the limits of its own interval. */
export interface BoundedEstimate {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Recovers variances from two intervals to bound the difference of their estimates (MOVER). With Wilson limits this is
 * Newcombe's hybrid score interval. Works where a variance estimate is 0.
 *
 * @see REFERENCES.md#zou-donner-2008
 */
export function moverDifference(first: BoundedEstimate, second: BoundedEstimate): BoundedEstimate {
  const estimate = first.estimate - second.estimate;
  return {
    estimate,
    lower: estimate - Math.hypot(first.estimate - first.lower, second.upper - second.estimate),
    upper: estimate + Math.hypot(first.upper - first.estimate, second.estimate - second.lower),
  };
}

/**
 * Recovers variances from the intervals of two non-negative estimates to bound their ratio (MOVER-R). Works with a 0 on
 * either side: a numerator of 0 has the lower limit 0 and a finite upper one, a denominator whose lower limit is 0 gives
 * the upper limit `Infinity`.
 *
 * @returns `null` when both estimates are 0.
 * @see REFERENCES.md#donner-zou-2012
 */
export function moverRatio(numerator: BoundedEstimate, denominator: BoundedEstimate): BoundedEstimate | null {
  const { estimate: top, lower: topLow, upper: topHigh } = numerator;
  const { estimate: bottom, lower: bottomLow, upper: bottomHigh } = denominator;
  if (top === 0 && bottom === 0) return null;
  const product = top * bottom;
  const lowSpread = topLow * (2 * top - topLow) * bottomHigh * (2 * bottom - bottomHigh);
  const highSpread = topHigh * (2 * top - topHigh) * bottomLow * (2 * bottom - bottomLow);
  // The lower limit is written with the root in the denominator, so that an upper limit of twice the estimate is no pole.
  const root = product + Math.sqrt(Math.max(0, product * product - lowSpread));
  return {
    estimate: top / bottom,
    lower: root > 0 ? (topLow * (2 * top - topLow)) / root : 0,
    upper:
      bottomLow > 0
        ? (product + Math.sqrt(Math.max(0, product * product - highSpread))) / (bottomLow * (2 * bottom - bottomLow))
        : Number.POSITIVE_INFINITY,
  };
}
