import { sumOverCells } from './cell-pairs.ts';
import type { ContingencyTable } from './contingency-table.ts';

/**
 * Measures association in a k x m table on [0, 1]: `sqrt(phi2 / (min(k, m) - 1))` with phi2 = chi-square / N.
 *
 * 0 means independence, 1 that one variable is a function of the other. Biased upwards: about
 * `sqrt((k - 1)(m - 1) / (N (min(k, m) - 1)))` under independence, see `expectedCramersV`.
 *
 * @returns `null` when one row or one column is left: association is not defined.
 * @see REFERENCES.md#cramer-1946
 */
export function cramersV(table: ContingencyTable): number | null {
  const smaller = Math.min(table.rowTotals.length, table.columnTotals.length) - 1;
  return smaller < 1 ? null : Math.min(1, Math.sqrt(meanSquareContingency(table) / smaller));
}

/**
 * Measures association as Cramér's V does, with the bias of small samples taken off.
 *
 * phi2 loses its expectation under independence, (k - 1)(m - 1) / (N - 1), and is floored at 0; k and m shrink to
 * `k - (k - 1)^2 / (N - 1)`, so that a perfect association still scores 1.
 *
 * @returns in [0, 1]; `null` when one row or column is left, or N is too small for the correction (N = 1, or as many
 *   rows or columns as members).
 * @see REFERENCES.md#bergsma-2013
 */
export function biasCorrectedCramersV(table: ContingencyTable): number | null {
  const rows = table.rowTotals.length;
  const columns = table.columnTotals.length;
  if (Math.min(rows, columns) < 2) return null;
  const freedom = table.total - 1;
  const excess = Math.max(0, meanSquareContingency(table) - ((rows - 1) * (columns - 1)) / freedom);
  const smaller = Math.min(rows - (rows - 1) ** 2 / freedom, columns - (columns - 1) ** 2 / freedom) - 1;
  return smaller > 0 ? Math.min(1, Math.sqrt(excess / smaller)) : null;
}

/**
 * Measures association on [0, 1] with the geometric mean of both dimensions as the scale:
 * `sqrt(phi2 / sqrt((k - 1)(m - 1)))`. Reaches 1 in square tables only.
 *
 * @returns `null` when one row or column is left.
 * @see REFERENCES.md#tschuprow-1925
 */
export function tschuprowT(table: ContingencyTable): number | null {
  const freedom = (table.rowTotals.length - 1) * (table.columnTotals.length - 1);
  return freedom < 1 ? null : Math.sqrt(meanSquareContingency(table) / Math.sqrt(freedom));
}

function meanSquareContingency(table: ContingencyTable): number {
  return sumOverCells(table, (observed, expected) => (observed - expected) ** 2 / expected) / table.total;
}
