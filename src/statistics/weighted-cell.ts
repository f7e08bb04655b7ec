/**
 * What the engine has to add up over the members of one cell (in or out of the segment, with or without the value): all
 * that linearised variances need, so that no weight of a single member leaves the engine.
 */
export interface WeightedCell {
  /** Members of positive weight. */
  readonly n: number;
  /** Sum of weights. */
  readonly weight: number;
  /** Sum of squared weights. */
  readonly squaredWeight: number;
}

/** The four cells of a weighted 2x2 table. */
export interface WeightedTable {
  readonly inValue: WeightedCell;
  readonly inOther: WeightedCell;
  readonly outValue: WeightedCell;
  readonly outOther: WeightedCell;
}

/** A cell that holds nobody. */
export const EMPTY_CELL: WeightedCell = { n: 0, weight: 0, squaredWeight: 0 };

/** Adds up the weights of a cell's members. */
export function weightedCell(weights: readonly number[]): WeightedCell {
  return addCells(...weights.map((weight) => ({ n: 1, weight, squaredWeight: weight * weight })));
}

/** Adds cells up. */
export function addCells(...cells: readonly WeightedCell[]): WeightedCell {
  return cells.reduce(
    (total, cell) => ({
      n: total.n + cell.n,
      weight: total.weight + cell.weight,
      squaredWeight: total.squaredWeight + cell.squaredWeight,
    }),
    EMPTY_CELL,
  );
}
