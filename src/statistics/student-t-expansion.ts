import { normalQuantile, studentTQuantile } from './distributions.ts';

const EXPANSION_FROM = 200;

/**
 * Computes the quantile of Student's t distribution, from 200 degrees of freedom on by its expansion around the normal
 * quantile, which is right to 1e-10 there and hundreds of times faster than a root search.
 *
 * @param p - lower-tail probability, between 0.0005 and 0.9995 for that accuracy.
 * @param df - degrees of freedom; Infinity gives the normal quantile.
 * @see REFERENCES.md#abramowitz-stegun-26-7-5
 */
export function fastStudentTQuantile(p: number, df: number): number {
  if (df < EXPANSION_FROM) return studentTQuantile(p, df);
  const z = normalQuantile(p);
  if (df === Number.POSITIVE_INFINITY) return z;
  const s = z * z;
  const first = (z * (s + 1)) / 4;
  const second = (z * ((5 * s + 16) * s + 3)) / 96;
  const third = (z * (((3 * s + 19) * s + 17) * s - 15)) / 384;
  const fourth = (z * ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945)) / 92160;
  return z + (first + (second + (third + fourth / df) / df) / df) / df;
}
