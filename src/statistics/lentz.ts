/** Stands in for 0 in Lentz's method of evaluating a continued fraction, where a denominator may vanish. */
export const TINY = 1e-300;

/** Keeps a partial denominator away from 0. */
export function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
