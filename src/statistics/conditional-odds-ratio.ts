import { fixedMargins } from './hypergeometric-tail.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import { decreasingRoot } from './monotone-root.ts';
import { type NoncentralTails, noncentralTails } from './noncentral-hypergeometric.ts';
import type { TwoByTwo } from './two-by-two.ts';

/** Absolute error allowed in the logarithm of a limit. */
const TOLERANCE = 1e-12;

/** How the tail of an exact interval counts the observed table: fully (exact, conservative) or by half (mid-p). */
export type TailRule = 'exact' | 'mid-p';

/**
 * Computes the conditional maximum-likelihood odds ratio: the one under which the expected count, given all margins, is the observed one.
 * O(standard deviation of a) per step; counts to 4e9.
 *
 * @returns in [0, Infinity]; 0 and Infinity at the ends of the support; `null` with an empty margin, where every value is equally likely.
 * @see REFERENCES.md#cornfield-1956
 */
export function conditionalOddsRatio(table: TwoByTwo): number | null {
  return solveOddsRatio(table, ({ above, below, distanceAbove, distanceBelow }) => {
    const total = 1 + above + below;
    return distanceBelow / total - distanceAbove / total;
  });
}

/**
 * Computes the median-unbiased odds ratio: the one under which the mid-p tail of the observed table is one half.
 *
 * @returns in [0, Infinity]; `null` with an empty margin. At an end of the support it is finite on one side only: 0 or Infinity is returned
 *   there, as for the maximum-likelihood estimate.
 * @see REFERENCES.md#lancaster-1961
 */
export function medianUnbiasedOddsRatio(table: TwoByTwo): number | null {
  return solveOddsRatio(table, ({ above, below }) => (below - above) / (1 + above + below));
}

/**
 * Computes the conditional interval of the odds ratio with equal tails: exact (Cornfield's, the interval of Fisher's test) or mid-p.
 *
 * @param rule - `exact` guarantees the coverage; `mid-p` is shorter and close to it on average.
 * @returns limits in [0, Infinity]; 0 and Infinity at the ends of the support, so both with an empty margin.
 * @see REFERENCES.md#cornfield-1956
 */
export function conditionalOddsRatioInterval(table: TwoByTwo, rule: TailRule, level: number = DEFAULT_LEVEL): Interval {
  const fixed = fixedMargins(table);
  const tail = (1 - level) / 2;
  const own = rule === 'exact' ? 1 : 0.5;
  // ln of the tail over its target: nearly straight in ln(odds ratio), where the tail itself flattens out.
  const lower = () =>
    oddsRatioRoot(table, ({ above, below }) => Math.log(tail) - Math.log((own + above) / (1 + above + below)));
  const upper = () =>
    oddsRatioRoot(table, ({ above, below }) => Math.log((own + below) / (1 + above + below)) - Math.log(tail));
  return {
    lower: table.a === fixed.least ? 0 : lower(),
    upper: table.a === fixed.most ? Number.POSITIVE_INFINITY : upper(),
  };
}

function solveOddsRatio(table: TwoByTwo, equation: (tails: NoncentralTails) => number): number | null {
  const fixed = fixedMargins(table);
  if (fixed.least === fixed.most) return null;
  if (table.a === fixed.least) return 0;
  if (table.a === fixed.most) return Number.POSITIVE_INFINITY;
  return oddsRatioRoot(table, equation);
}

function oddsRatioRoot(table: TwoByTwo, equation: (tails: NoncentralTails) => number): number {
  const { a, b, c, d } = table;
  const fixed = fixedMargins(table);
  const guess = Math.log((((a + 0.5) / (b + 0.5)) * (d + 0.5)) / (c + 0.5));
  const spread = Math.sqrt(1 / (a + 0.5) + 1 / (b + 0.5) + 1 / (c + 0.5) + 1 / (d + 0.5));
  const f = (t: number): number => finite(equation(noncentralTails(a, Math.exp(t), fixed)));
  return Math.exp(decreasingRoot(f, { guess, step: spread, tolerance: TOLERANCE }));
}

/** Keeps the search going where a tail has left the range of doubles. */
function finite(value: number): number {
  return Math.max(-1e300, Math.min(1e300, value));
}
