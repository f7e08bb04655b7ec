import { fixedMargins, lnPmf } from './hypergeometric-tail.ts';
import type { TwoByTwo } from './two-by-two.ts';

/**
 * Computes ln of the smallest two-sided mid-p that any table with these margins could have: half the probability of the less probable
 * extreme table (both, when they are equally probable). It depends on the margins alone, so dropping tests by it does not bias the rest.
 *
 * @returns a value <= 0; ln(1/2) with an empty margin: such a pair can never be significant.
 * @see REFERENCES.md#tarone-1990
 */
export function minimalAttainableLnP(table: TwoByTwo): number {
  const fixed = fixedMargins(table);
  if (fixed.least === fixed.most) return -Math.LN2;
  const low = lnPmf(fixed.least, fixed);
  const high = lnPmf(fixed.most, fixed);
  const areTied = Math.abs(low - high) <= 1e-7;
  return Math.min(low, high) + (areTied ? 0 : -Math.LN2);
}

/** Whether a test with this {@link minimalAttainableLnP} can be significant at level alpha. */
export function isAttainable(minimalLnP: number, alpha: number): boolean {
  return minimalLnP <= Math.log(alpha);
}

/** Which tests of a family can be significant at all. */
export interface TestableSet {
  /** True where the test is kept; in the order of the input. */
  readonly isTestable: readonly boolean[];
  readonly testable: number;
  /** Tests that were dropped; a report says how many. */
  readonly dropped: number;
  /** What a Bonferroni correction has to divide by after the dropping. */
  readonly factor: number;
}

/**
 * Drops the tests that could not be significant at level alpha whatever their counts.
 * With the Benjamini-Hochberg method this is the pruning that keeps the false discovery rate of the rest at its level.
 *
 * @param minimalLnP - {@link minimalAttainableLnP} of each test; `null` for one that was not made.
 * @param alpha - level in (0, 1).
 * @see REFERENCES.md#gilbert-2005
 */
export function attainableTests(minimalLnP: readonly (number | null)[], alpha: number): TestableSet {
  return testableSet(minimalLnP, Math.log(alpha), 1);
}

/**
 * Drops tests by Tarone's rule: finds the smallest k such that at most k tests can attain alpha / k, and keeps those. A Bonferroni
 * correction by k then controls the family-wise error rate.
 *
 * @param minimalLnP - {@link minimalAttainableLnP} of each test; `null` for one that was not made.
 * @param alpha - level in (0, 1).
 * @see REFERENCES.md#tarone-1990
 */
export function taroneTests(minimalLnP: readonly (number | null)[], alpha: number): TestableSet {
  const sorted = Float64Array.from(minimalLnP.filter((value) => value !== null)).sort();
  let attaining = sorted.length;
  for (let factor = 1; factor <= sorted.length; factor += 1) {
    const limit = Math.log(alpha / factor);
    while (attaining > 0 && (sorted[attaining - 1] ?? 0) > limit) attaining -= 1;
    if (attaining <= factor) return testableSet(minimalLnP, limit, factor);
  }
  return testableSet(minimalLnP, Math.log(alpha), 1);
}

function testableSet(minimalLnP: readonly (number | null)[], limit: number, factor: number): TestableSet {
  const isTestable = minimalLnP.map((value) => value !== null && value <= limit);
  const made = minimalLnP.reduce((count: number, value) => (value === null ? count : count + 1), 0);
  const testable = isTestable.reduce((count, kept) => (kept ? count + 1 : count), 0);
  return { isTestable, testable, dropped: made - testable, factor };
}
