import { type ContingencyTable, expectedCounts } from './contingency-table.ts';

/**
 * Adds up a function of (observed, expected) over all cells of a table.
 *
 * @param table - with no empty rows or columns, so that every expected count is positive.
 */
export function sumOverCells(table: ContingencyTable, term: (observed: number, expected: number) => number): number {
  let total = 0;
  expectedCounts(table).forEach((row, i) => {
    row.forEach((expected, j) => {
      total += term(table.cells[i]?.[j] ?? 0, expected);
    });
  });
  return total;
}
