import { type ContingencyTable, sum } from './contingency-table.ts';

/**
 * Computes by what share the errors of guessing a member's column fall when its row is known. Range [0, 1].
 *
 * 0 does not mean independence: as long as every row has the same most common column, lambda is 0 (a rare trait may be
 * ten times over-represented). Use it as a statement about guessing, not about association.
 *
 * @returns `null` when all members are in one column: there are no errors to reduce.
 * @see REFERENCES.md#goodman-kruskal-1954
 */
export function goodmanKruskalLambda(table: ContingencyTable): number | null {
  const largestColumn = Math.max(0, ...table.columnTotals);
  const errors = table.total - largestColumn;
  if (errors <= 0) return null;
  const bestByRow = sum(table.cells.map((row) => Math.max(...row)));
  return (bestByRow - largestColumn) / errors;
}
