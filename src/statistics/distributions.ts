/**
 * Continuous distributions, with logarithms of their tails.
 *
 * The normal distribution and its quantile come from the cephes library. Measured against 60-digit arithmetic, its build for
 * JavaScript does not hold elsewhere in the range that this tool needs, so the rest is computed here: the normal tail returns 0 at
 * 30 standard deviations, the incomplete gamma functions throw on underflow (at either end) and are right to 1e-10 only at 2e5 degrees
 * of freedom, and the inverse incomplete beta function is right to 7e-7 only at counts of 1e9.
 */
import { createRequire } from 'node:module';
import { betaQuantile, lnIncompleteBeta } from './beta-distribution.ts';
import { nonZero, TINY } from './lentz.ts';
import { deviance, stirlingRemainder } from './saddle-point.ts';

export { betaQuantile, incompleteBeta, lnIncompleteBeta } from './beta-distribution.ts';
export { lnBinomialPmf, lnHypergeometricPmf } from './saddle-point.ts';

interface Cephes {
  /** Normal lower tail. */
  ndtr(x: number): number;
  /** Normal quantile. */
  ndtri(p: number): number;
}

// The library's ES module compiles its WebAssembly asynchronously, its CommonJS form at once (7 ms). A top-level await here would make
// the whole package impossible to load with require().
const cephes = createRequire(import.meta.url)('cephes') as Cephes;

const LN_SQRT_2_PI: number = 0.5 * Math.log(2 * Math.PI);
const NORMAL_TAIL_FROM = 10;
const FRACTION_TERMS_OF_NORMAL_TAIL = 30;
const MAXIMUM_ITERATIONS = 1_000_000;

/**
 * Computes the normal quantile: the z with P(Z <= z) = p.
 *
 * @param p - lower-tail probability in [0, 1]; 0 gives -Infinity, 1 gives Infinity.
 */
export function normalQuantile(p: number): number {
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  if (p !== latest.p) latest = { p, z: cephes.ndtri(p) };
  return latest.z;
}

/** Every interval of a run asks for the quantile of the same level. */
let latest: { readonly p: number; readonly z: number } = { p: 0.5, z: 0 };

/** Computes the lower tail P(Z <= x) of the standard normal distribution; full relative accuracy for negative x down to -37. */
export function normalCdf(x: number): number {
  return x < -NORMAL_TAIL_FROM ? Math.exp(lnNormalSf(-x)) : cephes.ndtr(Math.min(x, NORMAL_TAIL_FROM));
}

/** Computes the upper tail P(Z > x) of the standard normal distribution; 0 below 5e-324, where {@link lnNormalSf} goes on. */
export function normalSf(x: number): number {
  return normalCdf(-x);
}

/**
 * Computes ln P(Z > x) for the standard normal distribution.
 * Laplace's continued fraction of the Mills ratio from x = 10 on; tested to x = 1e5 (ln p = -5e9).
 *
 * @see REFERENCES.md#dlmf-7-9
 */
export function lnNormalSf(x: number): number {
  if (x === Number.POSITIVE_INFINITY) return Number.NEGATIVE_INFINITY;
  if (x < -1) return Math.log1p(-normalCdf(x));
  if (x < NORMAL_TAIL_FROM) return Math.log(cephes.ndtr(-x));
  let fraction = x;
  for (let term = FRACTION_TERMS_OF_NORMAL_TAIL; term >= 1; term -= 1) fraction = x + term / fraction;
  return -0.5 * x * x - LN_SQRT_2_PI - Math.log(fraction);
}

/**
 * Computes ln P(X > x) for a chi-square variable.
 *
 * @param x - statistic, >= 0; Infinity gives -Infinity.
 * @param df - degrees of freedom, a positive real number (fractions occur after design corrections).
 * @returns ln p, relative error below 1e-12 for df up to 1e4, without a lower end.
 * @see REFERENCES.md#dlmf-8-9
 */
export function lnChiSquareSf(x: number, df: number): number {
  if (Number.isNaN(x + df)) return Number.NaN;
  if (x <= 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return Number.NEGATIVE_INFINITY;
  if (df === 1) return Math.LN2 + lnNormalSf(Math.sqrt(x));
  if (df === 2) return -x / 2;
  const shape = df / 2;
  const z = x / 2;
  if (z < shape + 1) return Math.log1p(-Math.exp(lnPoissonKernel(shape, z)) * incompleteGammaSeries(shape, z));
  return lnPoissonKernel(shape, z) + Math.log(shape) - Math.log(incompleteGammaDenominator(shape, z));
}

/** Computes P(X > x) for a chi-square variable; 0 where it is below 5e-324. Arguments as in {@link lnChiSquareSf}. */
export function chiSquareSf(x: number, df: number): number {
  return Math.exp(lnChiSquareSf(x, df));
}

/** ln of z^shape e^-z / Gamma(shape + 1), by Loader's form so that nothing cancels at large arguments. */
function lnPoissonKernel(shape: number, z: number): number {
  return -stirlingRemainder(shape) - deviance(shape, z) - LN_SQRT_2_PI - 0.5 * Math.log(shape);
}

/** P(a, z) = z^a e^-z / Gamma(a + 1) times this sum. @see REFERENCES.md#dlmf-8-11 */
function incompleteGammaSeries(shape: number, z: number): number {
  let sum = 1;
  let term = 1;
  for (let n = 1; term > 1e-17 * sum; n += 1) {
    term *= z / (shape + n);
    sum += term;
  }
  return sum;
}

/** Gamma(a, z) = z^a e^-z / denominator, by Legendre's continued fraction (even part) with Lentz's method. */
function incompleteGammaDenominator(shape: number, z: number): number {
  let b = z + 1 - shape;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < MAXIMUM_ITERATIONS; i += 1) {
    const an = -i * (i - shape);
    b += 2;
    d = 1 / nonZero(an * d + b);
    c = nonZero(b + an / c);
    const factor = d * c;
    h *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return 1 / h;
}

/**
 * Computes ln P(F > x) for Fisher's F distribution.
 *
 * @param x - statistic, >= 0.
 * @param df1 - numerator degrees of freedom, positive real (fractions occur in Rao-Scott tests).
 * @param df2 - denominator degrees of freedom, positive real; Infinity gives the chi-square tail of `x * df1`.
 * @see REFERENCES.md#dlmf-8-17
 */
export function lnFSf(x: number, df1: number, df2: number): number {
  if (x <= 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return Number.NEGATIVE_INFINITY;
  if (df2 === Number.POSITIVE_INFINITY) return lnChiSquareSf(x * df1, df1);
  const scale = df2 + df1 * x;
  return lnIncompleteBeta(df2 / scale, df2 / 2, df1 / 2, (df1 * x) / scale);
}

/** Computes P(F > x) for Fisher's F distribution. Arguments as in {@link lnFSf}. */
export function fSf(x: number, df1: number, df2: number): number {
  return Math.exp(lnFSf(x, df1, df2));
}

/**
 * Computes the quantile of Student's t distribution: the t with P(T <= t) = p.
 *
 * @param p - lower-tail probability in (0, 1).
 * @param df - degrees of freedom, positive real; Infinity gives the normal quantile.
 */
export function studentTQuantile(p: number, df: number): number {
  if (df === Number.POSITIVE_INFINITY) return normalQuantile(p);
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  const x = betaQuantile(2 * tail, df / 2, 0.5);
  const y = betaQuantile(2 * tail, 0.5, df / 2, 'upper');
  const t = Math.sqrt((df * y) / x);
  return p < 0.5 ? -t : t;
}
