/** A matrix, rows first. */
export type Matrix = readonly (readonly number[])[];

/**
 * Solves A X = B by Gaussian elimination with partial pivoting. For the small, symmetric systems of test statistics.
 *
 * @param a - square.
 * @param b - as many rows as `a`.
 * @returns `null` when A is singular to working precision.
 */
export function solveLinear(a: Matrix, b: Matrix): Matrix | null {
  const size = a.length;
  const rows = a.map((row, i) => [...row, ...(b[i] ?? [])]);
  const scale = Math.max(...rows.map((row) => Math.max(...row.slice(0, size).map(Math.abs))));
  for (let pivot = 0; pivot < size; pivot += 1) {
    let best = pivot;
    for (let i = pivot + 1; i < size; i += 1) {
      if (Math.abs(at(rows, i, pivot)) > Math.abs(at(rows, best, pivot))) best = i;
    }
    const chosen = rows[best];
    const displaced = rows[pivot];
    if (chosen === undefined || displaced === undefined || Math.abs(at(rows, best, pivot)) <= 1e-14 * scale)
      return null;
    rows[best] = displaced;
    rows[pivot] = chosen;
    for (let i = 0; i < size; i += 1) {
      if (i !== pivot) subtract(rows, i, pivot);
    }
  }
  return rows.map((row, i) => row.slice(size).map((value) => value / (row[i] ?? 1)));
}

/** Takes from row `i` the multiple of the pivot row that clears its pivot column. */
function subtract(rows: number[][], i: number, pivot: number): void {
  const factor = at(rows, i, pivot) / at(rows, pivot, pivot);
  rows[i] = (rows[i] ?? []).map((value, j) => value - factor * at(rows, pivot, j));
}

function at(rows: number[][], i: number, j: number): number {
  return rows[i]?.[j] ?? 0;
}
