import { lnHypergeometricPmf } from './distributions.ts';
import { isInformative, strataOf } from './stratum.ts';
import type { TwoByTwo } from './two-by-two.ts';

/** Distribution of the sum of a over strata, given all margins, at odds ratio 1. */
export interface ConditionalDistribution {
  /** Smallest sum that the margins allow. */
  readonly smallest: number;
  /** ln probability of `smallest`, `smallest + 1`, ... */
  readonly lnProbabilities: Float64Array;
  /** The sum that was observed. */
  readonly observed: number;
}

/** Exact work is quadratic in the members; beyond this many the asymptotic test is as good. */
export const LARGEST_EXACT_TOTAL = 8000;

/**
 * Builds the exact distribution of the number of members with the value in the segment, given every stratum's margins:
 * the convolution of one hypergeometric distribution per stratum, in logarithms so that no tail underflows.
 *
 * O(S^2) for S possible sums: some 0.1 s at the limit of 8,000 members, microseconds below 500.
 *
 * @returns `null` when no stratum is informative, or the informative ones hold 8,000 members or more.
 * @see REFERENCES.md#gart-1970
 */
export function conditionalDistribution(strata: readonly TwoByTwo[]): ConditionalDistribution | null {
  const informative = strataOf(strata).filter(isInformative);
  const total = informative.reduce((count, stratum) => count + stratum.total, 0);
  if (informative.length === 0 || total >= LARGEST_EXACT_TOTAL) return null;
  let lnProbabilities: Float64Array = new Float64Array(1);
  let smallest = 0;
  let observed = 0;
  for (const { a, inside, withValue, outside, total: size } of informative) {
    const lowest = Math.max(0, withValue - outside);
    const highest = Math.min(inside, withValue);
    const stratum = Float64Array.from({ length: highest - lowest + 1 }, (_, index) =>
      lnHypergeometricPmf(lowest + index, inside, withValue, size),
    );
    lnProbabilities = convolve(lnProbabilities, stratum);
    smallest += lowest;
    observed += a;
  }
  return { smallest, lnProbabilities, observed };
}

/** ln of the sum of exponentials, without overflow or underflow; -Infinity for none. */
export function lnSumExp(values: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > largest) largest = value;
  if (largest === Number.NEGATIVE_INFINITY) return largest;
  let total = 0;
  for (const value of values) total += Math.exp(value - largest);
  return largest + Math.log(total);
}

function convolve(left: Float64Array, right: Float64Array): Float64Array {
  const result = new Float64Array(left.length + right.length - 1);
  const terms = new Float64Array(Math.min(left.length, right.length));
  for (let sum = 0; sum < result.length; sum += 1) {
    const from = Math.max(0, sum - right.length + 1);
    const to = Math.min(sum, left.length - 1);
    for (let i = from; i <= to; i += 1) {
      terms[i - from] = (left[i] ?? Number.NEGATIVE_INFINITY) + (right[sum - i] ?? Number.NEGATIVE_INFINITY);
    }
    result[sum] = lnSumExp(terms.subarray(0, to - from + 1));
  }
  return result;
}
