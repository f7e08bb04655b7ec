import { nonZero } from './lentz.ts';
import { lnBinomialPmf } from './saddle-point.ts';

const MAXIMUM_ITERATIONS = 1_000_000;

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
  if (Number.isNaN(x + y + a + b)) return Number.NaN;
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

/** Beyond this log-odds exp() overflows: x is 0 or 1 in double precision. */
const LARGEST_LOGIT = 709;
const MAXIMUM_STEPS = 200;

/**
 * Computes the quantile of the beta distribution: the x whose lower (or upper) tail is p.
 * Newton's method on ln(tail) as a function of logit(x), which is concave and monotone; a step that leaves the bracket of
 * the points seen so far is replaced by a bisection, so that the search ends for every a and b.
 *
 * @param p - tail probability in [0, 1].
 * @param a - positive real.
 * @param b - positive real.
 * @param tail - which tail p is; ask for `upper` rather than pass 1 - p, which would round.
 * @returns x with full relative accuracy, also when it is as small as 1e-300; 0 or 1 where it is not a double apart from them.
 */
export function betaQuantile(p: number, a: number, b: number, tail: 'lower' | 'upper' = 'lower'): number {
  if (Number.isNaN(p + a + b)) return Number.NaN;
  if (p <= 0) return tail === 'lower' ? 0 : 1;
  if (p >= 1) return tail === 'lower' ? 1 : 0;
  if (p > 0.5) return betaQuantile(1 - p, a, b, tail === 'lower' ? 'upper' : 'lower');
  return 1 / (1 + Math.exp(-logitQuantile(Math.log(p), a, b, tail === 'lower' ? 1 : -1)));
}

/** Log-odds of the quantile whose lower (side 1) or upper (side -1) tail has this logarithm; infinite beyond the doubles. */
function logitQuantile(lnP: number, a: number, b: number, side: 1 | -1): number {
  let low = -LARGEST_LOGIT;
  let high = LARGEST_LOGIT;
  let logit = Math.min(high, Math.max(low, Math.log(a / b)));
  let previous = Number.POSITIVE_INFINITY;
  for (let iteration = 0; iteration < MAXIMUM_STEPS; iteration += 1) {
    const x = 1 / (1 + Math.exp(-logit));
    const y = 1 / (1 + Math.exp(logit));
    const lnTail = side === 1 ? lnIncompleteBeta(x, a, b, y) : lnIncompleteBeta(y, b, a, x);
    const isBelow = side === 1 ? lnTail < lnP : lnTail > lnP;
    if (isBelow) low = logit;
    else high = logit;
    const step = (side * (lnP - lnTail)) / Math.exp(lnBetaKernel(x, a, b, y) - lnTail);
    const newton = logit + step;
    const size = Math.abs(step);
    // Near the root rounding keeps the steps from shrinking: the first that does not is the last.
    if (size <= 1e-15 * Math.max(1, Math.abs(logit)) || (size < 1e-11 && size >= 0.5 * previous)) return newton;
    previous = size;
    logit = newton > low && newton < high ? newton : 0.5 * (low + high);
    if (high - low < 1e-9) break;
  }
  if (low === -LARGEST_LOGIT) return Number.NEGATIVE_INFINITY;
  return high === LARGEST_LOGIT ? Number.POSITIVE_INFINITY : logit;
}
