import type { FixedMargins } from './hypergeometric-tail.ts';

/** Terms below this share of their sum are left out. */
const NEGLIGIBLE = 1e-18;

/** Sums of the noncentral hypergeometric distribution beyond a count, in units of that count's probability. */
export interface NoncentralTails {
  /** Probability of larger counts. */
  readonly above: number;
  /** Probability of smaller counts. */
  readonly below: number;
  /** Sum of probability times distance from the count. */
  readonly distanceAbove: number;
  readonly distanceBelow: number;
}

/**
 * Adds up both sides of the distribution of `a` given all margins when the odds ratio is `oddsRatio`. P(A >= a) is
 * (1 + above) / (1 + above + below). O(standard deviation of a).
 *
 * @param oddsRatio - positive and finite.
 * @see REFERENCES.md#cornfield-1956
 */
export function noncentralTails(a: number, oddsRatio: number, fixed: FixedMargins): NoncentralTails {
  const [above, distanceAbove] = oneTail(a, 1, oddsRatio, fixed);
  const [below, distanceBelow] = oneTail(a, -1, oddsRatio, fixed);
  return { above, below, distanceAbove, distanceBelow };
}

/** Adds up one side, towards the mode and past it, until the terms no longer count. Capped, so that sums stay comparable. */
function oneTail(a: number, direction: 1 | -1, oddsRatio: number, fixed: FixedMargins): readonly [number, number] {
  const { drawn, marked, total, least, most } = fixed;
  const rest = total - marked - drawn;
  const last = direction === 1 ? most : least;
  let sum = 0;
  let distance = 0;
  let term = 1;
  for (let k = a; k !== last; k += direction) {
    const factor =
      direction === 1
        ? oddsRatio * ((marked - k) / (k + 1)) * ((drawn - k) / (rest + k + 1))
        : (k / (marked - k + 1)) * ((rest + k) / (drawn - k + 1) / oddsRatio);
    term *= factor;
    sum += term;
    distance += term * Math.abs(k + direction - a);
    if (factor < 1 && term < NEGLIGIBLE * sum) break;
    if (distance > 1e280) break;
  }
  return [sum, distance];
}
