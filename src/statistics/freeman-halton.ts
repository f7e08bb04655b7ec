import { type CountTable, contingencyTable } from './contingency-table.ts';

/** Result of the exact test of a k x m table. */
export interface FreemanHaltonTest {
  readonly pValue: number;
  readonly lnPValue: number;
}

/** Limits of the exact test. */
export interface FreemanHaltonOptions {
  /** Most partial tables that may be visited; about a second of work for 10 million. */
  readonly maximumWork?: number;
}

/** Tables whose probability is within this relative distance of the observed one count as equally probable. */
const TIE_TOLERANCE = 1e-7;
const LARGEST_TOTAL = 100_000;

/**
 * Tests independence in a k x m table exactly (Fisher's test for larger tables): the probability, given the margins,
 * of all tables that are no more probable than the observed one.
 *
 * Every table with the same margins is visited, so it is for small counts only: the chi-square test takes over beyond.
 *
 * @param counts - non-negative integers; empty rows and columns are dropped.
 * @returns `null` when the work would exceed `maximumWork` (2 million by default) or the total 100,000; p = 1 when one
 *   row or one column is left.
 * @see REFERENCES.md#freeman-halton-1951
 */
export function freemanHaltonTest(counts: CountTable, options: FreemanHaltonOptions = {}): FreemanHaltonTest | null {
  const table = contingencyTable(counts);
  if (table.rowTotals.length < 2 || table.columnTotals.length < 2) return { pValue: 1, lnPValue: 0 };
  if (table.total > LARGEST_TOTAL) return null;
  const lnFactorial = lnFactorials(table.total);
  const cost = (row: readonly number[]): number => row.reduce((total, count) => total + (lnFactorial[count] ?? 0), 0);
  const observed = table.cells.reduce((total, row) => total + cost(row), 0);
  // Long rows make the recursion shallow and wide; fewer columns than rows is the cheaper way round.
  const isWide = table.columnTotals.length > table.rowTotals.length;
  const visit: Visit = {
    lnFactorial,
    rowTotals: descending(isWide ? table.columnTotals : table.rowTotals),
    remaining: descending(isWide ? table.rowTotals : table.columnTotals),
    observed,
    threshold: observed - TIE_TOLERANCE,
    work: options.maximumWork ?? 2_000_000,
    tail: 0,
  };
  if (!visitRow(visit, 0, 0)) return null;
  // ln probability of a table = (ln factorials of all margins) - ln total! - (ln factorials of its cells).
  const lnMargins = cost(table.rowTotals) + cost(table.columnTotals) - (lnFactorial[table.total] ?? 0);
  const lnPValue = Math.min(0, Math.log(visit.tail) + lnMargins - observed);
  return { pValue: Math.exp(lnPValue), lnPValue };
}

interface Visit {
  readonly lnFactorial: Float64Array;
  readonly rowTotals: readonly number[];
  /** What is left of each column total; changed in place and restored. */
  readonly remaining: number[];
  readonly observed: number;
  /** Tables of at least this cost (sum of ln factorials) are no more probable than the observed one. */
  readonly threshold: number;
  work: number;
  /** Sum of probabilities of those tables, relative to the observed table's. */
  tail: number;
}

/** Fills rows from `row` on in every way; false when the work limit is hit. */
function visitRow(visit: Visit, row: number, cost: number): boolean {
  if (row < visit.rowTotals.length - 1) return visitCell(visit, row, 0, visit.rowTotals[row] ?? 0, cost);
  let full = cost;
  for (const left of visit.remaining) full += visit.lnFactorial[left] ?? 0;
  if (full >= visit.threshold) visit.tail += Math.exp(visit.observed - full);
  return true;
}

/** Fills the cells of a row from `column` on with `left` members in every way. */
function visitCell(visit: Visit, row: number, column: number, left: number, cost: number): boolean {
  visit.work -= 1;
  if (visit.work < 0) return false;
  const available = visit.remaining[column] ?? 0;
  const isLast = column === visit.remaining.length - 1;
  let after = 0;
  for (let next = column + 1; next < visit.remaining.length; next += 1) after += visit.remaining[next] ?? 0;
  const smallest = isLast ? left : Math.max(0, left - after);
  for (let count = smallest; count <= Math.min(left, available); count += 1) {
    visit.remaining[column] = available - count;
    const filled = cost + (visit.lnFactorial[count] ?? 0);
    const done = isLast ? visitRow(visit, row + 1, filled) : visitCell(visit, row, column + 1, left - count, filled);
    if (!done) return false;
  }
  visit.remaining[column] = available;
  return true;
}

function descending(totals: readonly number[]): number[] {
  return [...totals].sort((left, right) => right - left);
}

function lnFactorials(largest: number): Float64Array {
  const table = new Float64Array(largest + 1);
  for (let n = 2; n <= largest; n += 1) table[n] = (table[n - 1] ?? 0) + Math.log(n);
  return table;
}
