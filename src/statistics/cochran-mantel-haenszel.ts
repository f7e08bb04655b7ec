import { type ChiSquareTest, chiSquareTest } from './chi-square-test.ts';
import { isInformative, strataOf } from './stratum.ts';
import { determinant, type TwoByTwo } from './two-by-two.ts';

/** Options of the Cochran-Mantel-Haenszel test. */
export interface CochranMantelHaenszelOptions {
  /** Subtract up to 1/2 from the deviation before squaring it. Default false: it makes the test conservative. */
  readonly continuityCorrection?: boolean;
}

/**
 * Tests whether the segment and the trait value are associated inside strata: squared sum over strata of (a - expected
 * a), over the sum of hypergeometric variances; chi-square with 1 degree of freedom.
 *
 * Sparse strata are fine as long as the sum of variances is about 5 or more; `exactConditionalTest` covers the rest.
 * Associations of opposite sign in different strata cancel: look at `breslowDayTest` too.
 *
 * @returns `null` when no stratum is informative.
 * @see REFERENCES.md#mantel-haenszel-1959
 */
export function cochranMantelHaenszelTest(
  strata: readonly TwoByTwo[],
  options: CochranMantelHaenszelOptions = {},
): ChiSquareTest | null {
  let deviation = 0;
  let variance = 0;
  for (const s of strataOf(strata).filter(isInformative)) {
    deviation += determinant(s) / s.total;
    variance += (s.inside / s.total) * (s.outside / s.total) * s.withValue * (s.withoutValue / (s.total - 1));
  }
  if (variance === 0) return null;
  const size = Math.abs(deviation);
  // A correction larger than the deviation would turn it round; none is made then.
  const correction = options.continuityCorrection && size >= 0.5 ? 0.5 : 0;
  return chiSquareTest((size - correction) ** 2 / variance, 1);
}
