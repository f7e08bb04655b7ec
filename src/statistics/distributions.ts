/**
 * Continuous distributions, with logarithms of their tails.
 *
 * The normal distribution and its quantile come from the cephes library. Measured against 60-digit arithmetic, its build for
 * JavaScript does not hold elsewhere in the range that this tool needs, so the rest is computed here: the normal tail returns 0 from
 * 27 standard deviations on, the incomplete gamma functions throw on underflow (at either end) and are right to 1e-10 only at 2e5 degrees
 * of freedom, and the inverse incomplete beta function is right to 7e-7 only at counts of 1e9.
 */
import { createRequire } from 'node:module';
import { deviance, lnBinomialPmf, stirlingRemainder } from './saddle-point.ts';

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
/** Stands in for 0 in Lentz's method, where a denominator may vanish. */
const TINY = 1e-300;

/**
 * Computes the normal quantile: the z with P(Z <= z) = p.
 *
 * @param p - lower-tail probability in [0, 1]; 0 gives -Infinity, 1 gives Infinity.
 */
export function normalQuantile(p: number): number {
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  return cephes.ndtri(p);
}

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

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

/**
 * Computes ln I_x(a, b), the logarithm of the regularised incomplete beta function.
 * O(sqrt(max(a, b))) steps near the mean, a few dozen elsewhere; tested to a + b = 4e9.
 *
 * @param x - in [0, 1].
 * @param a - positive real.
 * @param b - positive real.
 * @param y - 1 - x; pass it when x is so near 1 that the subtraction would lose digits.
 * @see REFERENCES.md#dlmf-8-17
 */
export function lnIncompleteBeta(x: number, a: number, b: number, y: number = 1 - x): number {
  if (x <= 0) return Number.NEGATIVE_INFINITY;
  if (y <= 0) return 0;
  // The continued fraction converges fast below the mean; above it, the complement is computed.
  if (x > (a + 1) / (a + b + 2)) return Math.log1p(-Math.exp(lnIncompleteBetaBelowMean(y, b, a, x)));
  return lnIncompleteBetaBelowMean(x, a, b, y);
}

/** Computes the regularised incomplete beta function I_x(a, b). Arguments as in {@link lnIncompleteBeta}. */
export function incompleteBeta(x: number, a: number, b: number, y: number = 1 - x): number {
  return Math.exp(lnIncompleteBeta(x, a, b, y));
}

function lnIncompleteBetaBelowMean(x: number, a: number, b: number, y: number): number {
  return lnBetaKernel(x, a, b, y) - Math.log(a) + Math.log(incompleteBetaFraction(x, a, b));
}

/** ln of x^a y^b / B(a, b). */
function lnBetaKernel(x: number, a: number, b: number, y: number): number {
  return lnBinomialPmf(a, a + b, x, y) + Math.log(a) + Math.log(b / (a + b));
}

/** The continued fraction of I_x(a, b) (DLMF 8.17.22) by Lentz's method. */
function incompleteBetaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < MAXIMUM_ITERATIONS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    const factor = d * c;
    h *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return h;
}

/**
 * Computes the quantile of the beta distribution: the x whose lower (or upper) tail is p.
 * Newton's method on ln(tail) as a function of logit(x): that function is concave and monotone, so the iteration cannot miss.
 *
 * @param p - tail probability in [0, 1].
 * @param a - positive real.
 * @param b - positive real.
 * @param tail - which tail p is; ask for `upper` rather than pass 1 - p, which would round.
 * @returns x with full relative accuracy, also when it is as small as 1e-300.
 */
export function betaQuantile(p: number, a: number, b: number, tail: 'lower' | 'upper' = 'lower'): number {
  if (p <= 0) return tail === 'lower' ? 0 : 1;
  if (p >= 1) return tail === 'lower' ? 1 : 0;
  if (p > 0.5) return betaQuantile(1 - p, a, b, tail === 'lower' ? 'upper' : 'lower');
  const lnP = Math.log(p);
  let logit = Math.log(a / b);
  for (let iteration = 0; iteration < 200; iteration += 1) {
    const x = 1 / (1 + Math.exp(-logit));
    const y = 1 / (1 + Math.exp(logit));
    const lnTail = tail === 'lower' ? lnIncompleteBeta(x, a, b, y) : lnIncompleteBeta(y, b, a, x);
    const slope = Math.exp(lnBetaKernel(x, a, b, y) - lnTail);
    const step = ((lnP - lnTail) / slope) * (tail === 'lower' ? 1 : -1);
    logit += step;
    if (Math.abs(step) <= 1e-15 * Math.max(1, Math.abs(logit))) break;
  }
  return 1 / (1 + Math.exp(-logit));
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
