import { sumOverCells } from './cell-pairs.ts';
import { type ChiSquareTest, chiSquareTest } from './chi-square-test.ts';
import { type ContingencyTable, degreesOfFreedom } from './contingency-table.ts';
import { deviance } from './saddle-point.ts';

/** A test of independence; a table with one row or column left has no degrees of freedom and no p-value. */
export type IndependenceTest =
  | ChiSquareTest
  | { readonly statistic: number; readonly degreesOfFreedom: 0; readonly pValue: null; readonly lnPValue: null };

/**
 * Tests independence in a k x m table by Pearson's chi-square, sum of (O - E)^2 / E with (k - 1)(m - 1) degrees of
 * freedom, never with a continuity correction.
 *
 * Reliable when at most a fifth of the expected counts are below 5 and none below 1; `freemanHaltonTest` covers
 * smaller tables. A single row or column gives 0 degrees of freedom and no p-value (not a goodness-of-fit test).
 *
 * @returns `null` for an empty table.
 * @see REFERENCES.md#pearson-1900
 */
export function pearsonChiSquareTest(table: ContingencyTable): IndependenceTest | null {
  return independenceTest(
    table,
    sumOverCells(table, (observed, expected) => (observed - expected) ** 2 / expected),
  );
}

/**
 * Tests independence in a k x m table by the likelihood ratio, G = 2 x sum of O ln(O / E) = 2 N x mutual information.
 * As `pearsonChiSquareTest` otherwise.
 *
 * @see REFERENCES.md#wilks-1938
 */
export function likelihoodRatioTest(table: ContingencyTable): IndependenceTest | null {
  return independenceTest(table, 2 * sumOverCells(table, deviance));
}

function independenceTest(table: ContingencyTable, statistic: number): IndependenceTest | null {
  if (table.total <= 0) return null;
  const df = degreesOfFreedom(table);
  return df > 0 ? chiSquareTest(statistic, df) : { statistic, degreesOfFreedom: 0, pValue: null, lnPValue: null };
}
