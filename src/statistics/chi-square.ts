import { type ChiSquareTest, chiSquareTest } from './chi-square-test.ts';
import { determinant, margins, type TwoByTwo } from './two-by-two.ts';

/**
 * Computes Pearson's chi-square N (ad - bc)^2 / [(a+b)(c+d)(a+c)(b+d)], without continuity correction.
 *
 * @returns `null` with an empty margin: there was nothing to test.
 * @see REFERENCES.md#pearson-1900
 */
export function pearsonChiSquare(table: TwoByTwo): ChiSquareTest | null {
  return scaledChiSquare(table, Math.abs(determinant(table)));
}

/**
 * Computes Pearson's chi-square with Yates' continuity correction. For reference only: it makes the test far too conservative.
 * The correction never goes beyond the deviation itself.
 *
 * @returns `null` with an empty margin.
 * @see REFERENCES.md#yates-1934
 */
export function yatesChiSquare(table: TwoByTwo): ChiSquareTest | null {
  const { total } = margins(table);
  return scaledChiSquare(table, Math.max(0, Math.abs(determinant(table)) - total / 2));
}

function scaledChiSquare(table: TwoByTwo, absoluteDeterminant: number): ChiSquareTest | null {
  const { inside, outside, withValue, withoutValue, total } = margins(table);
  if (inside === 0 || outside === 0 || withValue === 0 || withoutValue === 0) return null;
  const perRow = absoluteDeterminant / inside / outside;
  const perColumn = absoluteDeterminant / withValue / withoutValue;
  return chiSquareTest(perRow * perColumn * total, 1);
}
