import { chiSquareSf, lnChiSquareSf } from './distributions.ts';
import { determinant, margins, type TwoByTwo } from './two-by-two.ts';

/** A test of association of a 2x2 table by a chi-square statistic with one degree of freedom. */
export interface ChiSquareResult {
  /** The statistic, >= 0. */
  readonly statistic: number;
  /** Two-sided p in [0, 1]; 0 below 5e-324. */
  readonly pValue: number;
  /** Natural logarithm of p, without a lower end. */
  readonly lnPValue: number;
}

/** Looks up the tail of a statistic with one degree of freedom. */
export function chiSquareResult(statistic: number): ChiSquareResult {
  return { statistic, pValue: chiSquareSf(statistic, 1), lnPValue: lnChiSquareSf(statistic, 1) };
}

/**
 * Computes Pearson's chi-square N (ad - bc)^2 / [(a+b)(c+d)(a+c)(b+d)], without continuity correction.
 *
 * @returns `null` with an empty margin: there was nothing to test.
 * @see REFERENCES.md#pearson-1900
 */
export function pearsonChiSquare(table: TwoByTwo): ChiSquareResult | null {
  return scaledChiSquare(table, Math.abs(determinant(table)));
}

/**
 * Computes Pearson's chi-square with Yates' continuity correction. For reference only: it makes the test far too conservative.
 * The correction never goes beyond the deviation itself.
 *
 * @returns `null` with an empty margin.
 * @see REFERENCES.md#yates-1934
 */
export function yatesChiSquare(table: TwoByTwo): ChiSquareResult | null {
  const { total } = margins(table);
  return scaledChiSquare(table, Math.max(0, Math.abs(determinant(table)) - total / 2));
}

function scaledChiSquare(table: TwoByTwo, absoluteDeterminant: number): ChiSquareResult | null {
  const { inside, outside, withValue, withoutValue, total } = margins(table);
  if (inside === 0 || outside === 0 || withValue === 0 || withoutValue === 0) return null;
  const perRow = absoluteDeterminant / inside / outside;
  const perColumn = absoluteDeterminant / withValue / withoutValue;
  return chiSquareResult(perRow * perColumn * total);
}
