import { conditionalDistribution, lnSumExp } from './exact-conditional.ts';
import type { TwoByTwo } from './two-by-two.ts';

/** Exact p-values of conditional independence. */
export interface ExactConditionalTest {
  /** Two-sided: all sums that are no more probable than the observed one. */
  readonly pValue: number;
  readonly lnPValue: number;
  /** The same with half the probability of the sums that are exactly as probable: less conservative. */
  readonly midPValue: number;
  readonly lnMidPValue: number;
}

/** Sums whose probability is within this relative distance of the observed one count as equally probable. */
const TIE_TOLERANCE = 1e-7;

/**
 * Tests conditional independence of segment and trait value given the strata exactly; with one stratum it is Fisher's
 * exact test.
 *
 * @returns `null` when no stratum is informative or 8,000 members or more are involved: use `cochranMantelHaenszelTest`.
 * @see REFERENCES.md#gart-1970
 */
export function exactConditionalTest(strata: readonly TwoByTwo[]): ExactConditionalTest | null {
  const distribution = conditionalDistribution(strata);
  if (distribution === null) return null;
  const { lnProbabilities, smallest, observed } = distribution;
  const lnObserved = lnProbabilities[observed - smallest] ?? Number.NEGATIVE_INFINITY;
  const tail = lnProbabilities.filter((value) => value <= lnObserved + TIE_TOLERANCE);
  const halved = tail.map((value) => (value >= lnObserved - TIE_TOLERANCE ? value - Math.LN2 : value));
  const lnPValue = Math.min(0, lnSumExp(tail));
  const lnMidPValue = Math.min(0, lnSumExp(halved));
  return { pValue: Math.exp(lnPValue), lnPValue, midPValue: Math.exp(lnMidPValue), lnMidPValue };
}
