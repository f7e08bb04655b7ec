import { contingencyTable, sum } from './contingency-table.ts';
import { fSf, lnFSf } from './distributions.ts';
import { type Matrix, solveLinear } from './linear-solve.ts';
import { pearsonChiSquareTest } from './pearson-chi-square.ts';
import type { WeightedCell, WeightedTable } from './weighted-cell.ts';

/** Test of independence in a weighted table. */
export interface RaoScottTest {
  /** Pearson's statistic of the weighted shares, scaled to n members, over the sum of the generalised design effects. */
  readonly f: number;
  readonly numeratorDegreesOfFreedom: number;
  readonly denominatorDegreesOfFreedom: number;
  readonly pValue: number;
  readonly lnPValue: number;
  /** Mean generalised design effect: by how much the weights inflate the chi-square statistic. */
  readonly designEffect: number;
}

/**
 * Tests independence in a k x m table of weighted members: Pearson's chi-square with the second-order Rao-Scott
 * correction, referred to F as `svychisq(statistic = "F")` does for `svydesign(ids = ~1, weights)`.
 *
 * Needs per cell the number of members, the sum of weights and the sum of squared weights, nothing else.
 *
 * @param cells - moments per cell, rows first; empty rows and columns are dropped.
 * @returns `null` when one row or column is left, or the design effects cannot be computed.
 * @see REFERENCES.md#rao-scott-1984
 */
export function raoScottTest(cells: readonly (readonly WeightedCell[])[]): RaoScottTest | null {
  const weights = contingencyTable(cells.map((row) => row.map((cell) => cell.weight)));
  const rows = weights.usedRows.length;
  const columns = weights.usedColumns.length;
  if (rows < 2 || columns < 2) return null;
  const moments = weights.usedRows.flatMap((row) =>
    weights.usedColumns.map((column) => cells[row]?.[column] ?? { n: 0, weight: 0, squaredWeight: 0 }),
  );
  const n = sum(moments.map((cell) => cell.n));
  if (n < 2) return null;
  const deltas = designEffects(moments, interactionContrasts(rows, columns), n);
  const pearson = pearsonChiSquareTest(weights);
  if (deltas === null || pearson === null || !(deltas.trace > 0)) return null;
  const f = ((pearson.statistic / weights.total) * n) / deltas.trace;
  const numerator = deltas.trace ** 2 / deltas.traceOfSquare;
  const denominator = numerator * (n - 1);
  return {
    f,
    numeratorDegreesOfFreedom: numerator,
    denominatorDegreesOfFreedom: denominator,
    pValue: fSf(f, numerator, denominator),
    lnPValue: lnFSf(f, numerator, denominator),
    designEffect: deltas.trace / ((rows - 1) * (columns - 1)),
  };
}

/** `raoScottTest` of one segment and one trait value. */
export function raoScottTestOfTable(table: WeightedTable): RaoScottTest | null {
  return raoScottTest([
    [table.inValue, table.inOther],
    [table.outValue, table.outOther],
  ]);
}

/** Contrasts of the cells that main effects leave: one vector (1 at a cell, doubly centred) per cell but the last of each. */
function interactionContrasts(rows: number, columns: number): Matrix {
  const contrasts: number[][] = [];
  for (let i = 1; i < rows; i += 1) {
    for (let j = 1; j < columns; j += 1) {
      const contrast: number[] = [];
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1) {
          contrast.push(((row === i ? 1 : 0) - 1 / rows) * ((column === j ? 1 : 0) - 1 / columns));
        }
      }
      contrasts.push(contrast);
    }
  }
  return contrasts;
}

/** Trace, and trace of the square, of the matrix whose eigenvalues are the generalised design effects. */
function designEffects(
  moments: readonly WeightedCell[],
  contrasts: Matrix,
  n: number,
): { trace: number; traceOfSquare: number } | null {
  const total = sum(moments.map((cell) => cell.weight));
  const shares = moments.map((cell) => cell.weight / total);
  const inverse = shares.map((share) => (share > 0 ? 1 / share : 0));
  const scaled = contrasts.map((contrast) => contrast.map((value, cell) => value * (inverse[cell] ?? 0)));
  const simple = contrasts.map((left) =>
    contrasts.map((right) => sum(left.map((value, cell) => (value * (right[cell] ?? 0) * (inverse[cell] ?? 0)) / n))),
  );
  // Sum over members of w^2 z_left z_right, where z is the contrast's value in the member's cell minus its mean.
  const means = scaled.map((contrast) => sum(contrast.map((value, cell) => value * (shares[cell] ?? 0))));
  const factor = n / (n - 1) / (total * total);
  const linearized = scaled.map((left, i) =>
    scaled.map(
      (right, j) =>
        factor *
        sum(
          moments.map(
            (cell, at) =>
              cell.squaredWeight * ((left[at] ?? 0) - (means[i] ?? 0)) * ((right[at] ?? 0) - (means[j] ?? 0)),
          ),
        ),
    ),
  );
  const deltas = solveLinear(simple, linearized);
  if (deltas === null) return null;
  let trace = 0;
  let traceOfSquare = 0;
  deltas.forEach((row, i) => {
    trace += row[i] ?? 0;
    row.forEach((value, j) => {
      traceOfSquare += value * (deltas[j]?.[i] ?? 0);
    });
  });
  return { trace, traceOfSquare };
}
