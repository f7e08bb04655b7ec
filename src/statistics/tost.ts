import { normalSf } from './distributions.ts';
import { riskDifference } from './effect-sizes.ts';
import { katzStandardError } from './katz.ts';
import type { TwoByTwo } from './two-by-two.ts';
import { waldStandardError } from './wald.ts';

/**
 * Tests equivalence of the risk ratio by two one-sided tests on its logarithm, with Katz's standard error.
 *
 * @param lower - lower margin, > 0 and < 1, for example 0.8.
 * @param upper - upper margin, > 1, for example 1.25.
 * @returns the larger of both one-sided p; small means that the ratio is shown to lie within the margins. `null` when a or c is 0 or the
 *   standard error is 0, where this approximation says nothing.
 * @see REFERENCES.md#schuirmann-1987
 */
export function riskRatioEquivalence(table: TwoByTwo, lower: number, upper: number): number | null {
  const { a, b, c, d } = table;
  if (a === 0 || c === 0) return null;
  const error = katzStandardError(table);
  if (error === 0) return null;
  const logRatio = Math.log(a / (a + b) / (c / (c + d)));
  return Math.max(normalSf((logRatio - Math.log(lower)) / error), normalSf((Math.log(upper) - logRatio) / error));
}

/**
 * Tests equivalence of the risk difference within plus or minus a margin by two one-sided tests with Wald's standard error.
 *
 * @param margin - in (0, 1).
 * @returns the larger of both one-sided p; `null` when a row is empty or the standard error is 0.
 * @see REFERENCES.md#schuirmann-1987
 */
export function riskDifferenceEquivalence(table: TwoByTwo, margin: number): number | null {
  const difference = riskDifference(table);
  if (difference === null) return null;
  const error = waldStandardError(table);
  if (error === 0) return null;
  return Math.max(normalSf((difference + margin) / error), normalSf((margin - difference) / error));
}
