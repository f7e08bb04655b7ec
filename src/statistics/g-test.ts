import { type ChiSquareTest, chiSquareTest } from './chi-square-test.ts';
import { deviance } from './saddle-point.ts';
import { determinant, margins, type TwoByTwo } from './two-by-two.ts';

/**
 * Computes the likelihood-ratio statistic G = 2 sum O ln(O / E), >= 0.
 * Each cell contributes its deviance, which stays exact where observed and expected agree to nine digits. Fractions allowed.
 *
 * @returns `null` with an empty margin.
 * @see REFERENCES.md#wilks-1938
 */
export function gStatistic(table: TwoByTwo): number | null {
  const { inside, outside, withValue, withoutValue, total } = margins(table);
  if (inside === 0 || outside === 0 || withValue === 0 || withoutValue === 0) return null;
  // In a 2x2 table observed minus expected is the same in every cell, up to its sign.
  const difference = determinant(table) / total;
  return (
    2 *
    (deviance(table.a, inside * (withValue / total), difference) +
      deviance(table.b, inside * (withoutValue / total), -difference) +
      deviance(table.c, outside * (withValue / total), -difference) +
      deviance(table.d, outside * (withoutValue / total), difference))
  );
}

/**
 * Tests association by the likelihood ratio, referred to chi-square with one degree of freedom. For large counts; see mid-p for small ones.
 *
 * @returns `null` with an empty margin: there was nothing to test.
 * @see REFERENCES.md#wilks-1938
 */
export function gTest(table: TwoByTwo): ChiSquareTest | null {
  const statistic = gStatistic(table);
  return statistic === null ? null : chiSquareTest(statistic, 1);
}
