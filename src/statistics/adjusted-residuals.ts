import { type ContingencyTable, type CountTable, expectedCounts } from './contingency-table.ts';

/**
 * Computes each cell's departure from independence in standard errors: `(O - E) / sqrt(E (1 - row share)
 * (1 - column share))`. About standard normal under independence; beyond 3 points at the values that carry a
 * significant table.
 *
 * @returns a table of the shape of `table.cells`; 0 where a row or column holds everything.
 * @see REFERENCES.md#haberman-1973
 */
export function adjustedResiduals(table: ContingencyTable): CountTable {
  return expectedCounts(table).map((row, i) =>
    row.map((expected, j) => {
      const outsideRow = 1 - (table.rowTotals[i] ?? 0) / table.total;
      const outsideColumn = 1 - (table.columnTotals[j] ?? 0) / table.total;
      const variance = expected * outsideRow * outsideColumn;
      return variance > 0 ? ((table.cells[i]?.[j] ?? 0) - expected) / Math.sqrt(variance) : 0;
    }),
  );
}
