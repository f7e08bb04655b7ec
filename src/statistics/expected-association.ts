import { type ContingencyTable, degreesOfFreedom } from './contingency-table.ts';

/*
 * What measures of association come to in a k x m table of independent variables, given its margins. A measure near
 * this level is noise.
 */

/**
 * Approximates the plug-in mutual information (nats) of independent variables: (k - 1)(m - 1) / (2 N), the Miller-Madow
 * bias. Too low by a tenth and more when many expected counts are below 5.
 *
 * @returns `null` for an empty table.
 * @see REFERENCES.md#miller-1955
 */
export function expectedMutualInformation(table: ContingencyTable): number | null {
  return table.total > 0 ? degreesOfFreedom(table) / (2 * table.total) : null;
}

/**
 * Approximates the mean of plain Cramér's V of independent variables.
 *
 * The mean of chi-square given the margins is exactly df N / (N - 1); the mean of its square root is taken from the
 * chi distribution, which the statistic approaches.
 *
 * @returns in [0, 1]; `null` when one row or column is left.
 * @see REFERENCES.md#haldane-1940
 */
export function expectedCramersV(table: ContingencyTable): number | null {
  const smaller = Math.min(table.rowTotals.length, table.columnTotals.length) - 1;
  if (smaller < 1 || table.total < 2) return null;
  return Math.min(1, meanOfChi(degreesOfFreedom(table)) / Math.sqrt((table.total - 1) * smaller));
}

/** Mean of the chi distribution, sqrt(2) gamma((df + 1) / 2) / gamma(df / 2), by its recurrence in steps of two. */
function meanOfChi(df: number): number {
  const isOdd = df % 2 === 1;
  let mean = isOdd ? Math.sqrt(2 / Math.PI) : Math.sqrt(Math.PI / 2);
  for (let d = isOdd ? 1 : 2; d < df; d += 2) mean *= (d + 1) / d;
  return mean;
}
