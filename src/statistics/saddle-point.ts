/**
 * Natural logarithms of binomial and hypergeometric probabilities by Loader's saddle-point expansion.
 *
 * A difference of log-gamma values loses about seven digits at counts of 1e9, because terms of size 1e10 cancel. Loader's form
 * adds only small terms: a Stirling remainder for each factorial and a deviance for each pair (observed, expected).
 * See REFERENCES.md#loader-2000.
 */

const LN_SQRT_2_PI: number = 0.5 * Math.log(2 * Math.PI);

/** From here on the asymptotic series of the Stirling remainder is exact to double precision with five terms. */
const SERIES_FROM = 16;

/** Below this ratio of difference to sum the logarithm cancels and the deviance is taken from its series. */
const SERIES_BELOW = 0.1;

const REMAINDER_OF_SMALL_INTEGER: Float64Array = Float64Array.from({ length: SERIES_FROM }, (_, n) =>
  n === 0 ? 0 : remainderByRecurrence(n),
);

/**
 * Computes what Stirling's formula leaves out: ln n! - [ln sqrt(2 pi n) + n ln n - n], for real n > 0; about 1/(12 n).
 * At n = 0, where both sides diverge, it returns 0, which is never used by the callers below.
 *
 * @param n - non-negative real number, tested from 1e-3 to 1e10 (absolute error below 1e-14).
 * @see REFERENCES.md#loader-2000
 */
export function stirlingRemainder(n: number): number {
  if (n >= SERIES_FROM) return remainderBySeries(n);
  return REMAINDER_OF_SMALL_INTEGER[n] ?? remainderByRecurrence(n);
}

function remainderBySeries(n: number): number {
  const square = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n;
}

/** Lifts n to where the series holds: r(n) = r(n + 1) + (n + 1/2) ln(1 + 1/n) - 1. */
function remainderByRecurrence(n: number): number {
  let shift = 0;
  let lifted = n;
  for (; lifted < SERIES_FROM; lifted += 1) shift += (lifted + 0.5) * Math.log1p(1 / lifted) - 1;
  return remainderBySeries(lifted) + shift;
}

/**
 * Computes the deviance part x ln(x / m) + m - x of an observed count x against its expectation m, without cancellation near x = m.
 * Zero when x = m, never negative; m at x = 0; Infinity at m = 0 < x; NaN for NaN.
 *
 * @param x - observed, non-negative real.
 * @param m - expected, non-negative real.
 * @param difference - x - m, when the caller knows it more exactly than the subtraction would give.
 * @see REFERENCES.md#loader-2000
 */
export function deviance(x: number, m: number, difference: number = x - m): number {
  if (x === 0) return m;
  if (m === 0) return Number.POSITIVE_INFINITY;
  const ratio = difference / (x + m);
  // Written so that NaN leaves here too: the series below would never end.
  if (!(Math.abs(ratio) < SERIES_BELOW)) return x * Math.log(x / m) - difference;
  // x ln(x/m) = 2 x artanh(ratio); the odd powers of artanh beyond the first are small and all of one sign.
  const square = ratio * ratio;
  let sum = difference * ratio;
  let power = 2 * x * ratio;
  for (let exponent = 3; ; exponent += 2) {
    power *= square;
    const next = sum + power / exponent;
    if (next === sum) return next;
    sum = next;
  }
}

/**
 * Computes ln of Gamma(n+1) / [Gamma(k+1) Gamma(n-k+1)] p^k q^(n-k): the binomial probability, continued to real k and n.
 *
 * @param k - successes, 0 <= k <= n, real.
 * @param n - trials, real.
 * @param p - probability of success in [0, 1].
 * @param q - 1 - p; passed in so that a p within rounding of 0 or 1 keeps its digits.
 * @returns a value <= 0 for integers; -Infinity where the probability is 0 (also outside the support).
 * @see REFERENCES.md#loader-2000
 */
export function lnBinomialPmf(k: number, n: number, p: number, q: number = 1 - p): number {
  if (k < 0 || k > n) return Number.NEGATIVE_INFINITY;
  if (p === 0) return k === 0 ? 0 : Number.NEGATIVE_INFINITY;
  if (q === 0) return k === n ? 0 : Number.NEGATIVE_INFINITY;
  if (k === 0) return n === 0 ? 0 : n * (p < 0.1 ? Math.log1p(-p) : Math.log(q));
  if (k === n) return n * (q < 0.1 ? Math.log1p(-q) : Math.log(p));
  const rest = n - k;
  const remainder = stirlingRemainder(n) - stirlingRemainder(k) - stirlingRemainder(rest);
  return remainder - deviance(k, n * p) - deviance(rest, n * q) - LN_SQRT_2_PI - 0.5 * Math.log((k / n) * rest);
}

/**
 * Computes ln P(a = k) for the count a in a 2x2 table with all margins fixed and no association: the hypergeometric probability.
 *
 * @param k - count of interest.
 * @param drawn - size of the segment (row total), integer up to 4e9.
 * @param marked - users with the trait value (column total), integer up to 4e9.
 * @param total - all users, integer up to 8e9, at least `drawn` and `marked`.
 * @returns a value <= 0, exact to about 1e-12 relative in the probability at counts of 1e9; -Infinity outside the support.
 * @see REFERENCES.md#loader-2000
 */
export function lnHypergeometricPmf(k: number, drawn: number, marked: number, total: number): number {
  const unmarked = total - marked;
  if (k < 0 || k > drawn || k > marked || drawn - k > unmarked) return Number.NEGATIVE_INFINITY;
  if (drawn === 0 || drawn === total) return 0;
  const p = drawn / total;
  const q = (total - drawn) / total;
  return lnBinomialPmf(k, marked, p, q) + lnBinomialPmf(drawn - k, unmarked, p, q) - lnBinomialPmf(drawn, total, p, q);
}
