import { type ChiSquareTest, chiSquareTest } from './chi-square-test.ts';
import { mantelHaenszelOddsRatio } from './mantel-haenszel.ts';
import { isInformative, type Stratum, strataOf } from './stratum.ts';
import type { TwoByTwo } from './two-by-two.ts';

/** Options of the homogeneity test. */
export interface BreslowDayOptions {
  /** Tarone's adjustment for plugging in the Mantel-Haenszel odds ratio. Default true; it is small but correct. */
  readonly adjustment?: boolean;
}

/**
 * Tests whether all strata share one odds ratio, by comparing each a with the count that the Mantel-Haenszel odds
 * ratio expects given the margins. A small p says that a single conditional ratio hides strata that differ.
 *
 * Needs fairly large strata (expected counts of about 5).
 *
 * @returns `null` with fewer than two informative strata, or a common odds ratio of 0 or infinity.
 * @see REFERENCES.md#breslow-day-1980, REFERENCES.md#tarone-1985
 */
export function breslowDayTest(strata: readonly TwoByTwo[], options: BreslowDayOptions = {}): ChiSquareTest | null {
  const informative = strataOf(strata).filter(isInformative);
  const oddsRatio = mantelHaenszelOddsRatio(strata).estimate;
  if (informative.length < 2 || oddsRatio === null || oddsRatio === 0 || !Number.isFinite(oddsRatio)) return null;
  let statistic = 0;
  let deviation = 0;
  let totalVariance = 0;
  for (const stratum of informative) {
    const expected = expectedCountGivenOddsRatio(stratum, oddsRatio);
    const variance =
      1 /
      (1 / expected +
        1 / (stratum.withValue - expected) +
        1 / (stratum.inside - expected) +
        1 / (stratum.outside - stratum.withValue + expected));
    statistic += (stratum.a - expected) ** 2 / variance;
    deviation += stratum.a - expected;
    totalVariance += variance;
  }
  const adjustment = options.adjustment === false ? 0 : deviation ** 2 / totalVariance;
  return chiSquareTest(Math.max(0, statistic - adjustment), informative.length - 1);
}

/**
 * Solves a (total - inside - withValue + a) = oddsRatio (inside - a)(withValue - a) for the count a: the cell that gives
 * the stratum this odds ratio. Each branch is the form of the root that does not subtract nearly equal numbers.
 */
function expectedCountGivenOddsRatio(stratum: Stratum, oddsRatio: number): number {
  const { inside, outside, withValue } = stratum;
  const quadratic = 1 - oddsRatio;
  const linear = outside - withValue + oddsRatio * (inside + withValue);
  const constant = oddsRatio * inside * withValue;
  const root = Math.sqrt(linear * linear + 4 * quadratic * constant);
  return linear >= 0 ? (2 * constant) / (linear + root) : (root - linear) / (2 * quadratic);
}
