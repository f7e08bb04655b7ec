/**
 * Users counted by membership in a segment and by a trait value.
 *
 * Non-negative safe integers, each up to 4e9; a function that also takes fractions (weighted counts) says so.
 */
export interface TwoByTwo {
  /** In the segment, with the value. */
  readonly a: number;
  /** In the segment, without the value. */
  readonly b: number;
  /** Outside the segment, with the value. */
  readonly c: number;
  /** Outside the segment, without the value. */
  readonly d: number;
}

/** The row and column totals of a table. */
export interface Margins {
  /** Users in the segment, a + b. */
  readonly inside: number;
  /** Users outside, c + d. */
  readonly outside: number;
  /** Users with the value, a + c. */
  readonly withValue: number;
  /** Users without it, b + d. */
  readonly withoutValue: number;
  readonly total: number;
}

/** Adds up rows and columns. Fractions allowed. */
export function margins({ a, b, c, d }: TwoByTwo): Margins {
  return { inside: a + b, outside: c + d, withValue: a + c, withoutValue: b + d, total: a + b + c + d };
}

/**
 * Exchanges the roles of membership and value: a ratio of shares of the transposed table is a representation ratio of this one.
 */
export function transpose({ a, b, c, d }: TwoByTwo): TwoByTwo {
  return { a, b: c, c: b, d };
}

/** Exchanges segment and outside: ratios become their reciprocals, differences change sign. */
export function swapRows({ a, b, c, d }: TwoByTwo): TwoByTwo {
  return { a: c, b: d, c: a, d: b };
}

/** Exchanges the value and its absence. */
export function swapColumns({ a, b, c, d }: TwoByTwo): TwoByTwo {
  return { a: b, b: a, c: d, d: c };
}

const LARGEST_EXACT = 2 ** 53;
const SPLITTER = 2 ** 27 + 1;

/**
 * Computes the determinant a d - b c, which is 0 without association. At counts of 4e9 the products have 64 bits and would lose
 * a small difference, so their rounding errors are recovered. Fractions allowed.
 *
 * @see REFERENCES.md#dekker-1971
 */
export function determinant({ a, b, c, d }: TwoByTwo): number {
  const diagonal = a * d;
  const other = b * c;
  if (diagonal < LARGEST_EXACT && other < LARGEST_EXACT) return diagonal - other;
  return diagonal - other + (roundingError(a, d, diagonal) - roundingError(b, c, other));
}

/** Dekker's product: x * y - fl(x * y), exactly. */
function roundingError(x: number, y: number, product: number): number {
  const xHigh = SPLITTER * x - (SPLITTER * x - x);
  const yHigh = SPLITTER * y - (SPLITTER * y - y);
  const xLow = x - xHigh;
  const yLow = y - yHigh;
  return xLow * yLow - (product - xHigh * yHigh - xLow * yHigh - xHigh * yLow);
}

/** Divides; `null` for 0 / 0, which is not defined, and Infinity for a positive number over 0. */
export function ratioOrNull(numerator: number, denominator: number): number | null {
  return numerator === 0 && denominator === 0 ? null : numerator / denominator;
}
