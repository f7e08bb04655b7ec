/** A table of counts, rows first: rows are segments (or strata), columns are trait values. */
export type CountTable = readonly (readonly number[])[];

/** A count table without its empty rows and columns, with its totals. */
export interface ContingencyTable {
  readonly cells: CountTable;
  readonly rowTotals: readonly number[];
  readonly columnTotals: readonly number[];
  readonly total: number;
  /** 0-based positions in the original table of the rows that are kept. */
  readonly usedRows: readonly number[];
  /** 0-based positions in the original table of the columns that are kept. */
  readonly usedColumns: readonly number[];
}

/**
 * Drops the rows and columns that hold nothing and adds up the rest.
 *
 * An empty row or column carries no information, and keeping it would add degrees of freedom and divide by zero.
 * A row shorter than the longest is taken to end in zeros.
 *
 * @param counts - non-negative counts (or weights); each up to 2^53.
 * @returns a table that may have no cells at all, when every count is 0.
 */
export function contingencyTable(counts: CountTable): ContingencyTable {
  const width = counts.reduce((most, row) => Math.max(most, row.length), 0);
  const allColumnTotals = new Array<number>(width).fill(0);
  for (const row of counts) {
    row.forEach((count, column) => {
      allColumnTotals[column] = (allColumnTotals[column] ?? 0) + count;
    });
  }
  const usedColumns = indexesOfPositive(allColumnTotals);
  const usedRows = indexesOfPositive(counts.map(sum));
  const cells = usedRows.map((row) => usedColumns.map((column) => counts[row]?.[column] ?? 0));
  const rowTotals = cells.map(sum);
  const columnTotals = usedColumns.map((column) => allColumnTotals[column] ?? 0);
  return { cells, rowTotals, columnTotals, total: sum(rowTotals), usedRows, usedColumns };
}

/**
 * Counts expected in a cell if rows and columns were independent: row total x column total / total.
 *
 * @returns a table of the same shape as `table.cells`.
 */
export function expectedCounts(table: ContingencyTable): CountTable {
  return table.rowTotals.map((rowTotal) =>
    table.columnTotals.map((columnTotal) => (rowTotal * columnTotal) / table.total),
  );
}

/** (k - 1)(m - 1) of the rows and columns that are used. */
export function degreesOfFreedom(table: ContingencyTable): number {
  return Math.max(0, table.rowTotals.length - 1) * Math.max(0, table.columnTotals.length - 1);
}

/** Adds up a list of numbers; 0 for none. */
export function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function indexesOfPositive(values: readonly number[]): number[] {
  const indexes: number[] = [];
  values.forEach((value, index) => {
    if (value > 0) indexes.push(index);
  });
  return indexes;
}
