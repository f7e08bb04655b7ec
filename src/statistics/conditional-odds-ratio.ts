import { type FixedMargins, fixedMargins } from './hypergeometric-tail.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import { decreasingRoot } from './monotone-root.ts';
import type { TwoByTwo } from './two-by-two.ts';

/** Terms below this share of their sum are left out. */
const NEGLIGIBLE = 1e-18;
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

function solveOddsRatio(table: TwoByTwo, equation: (tails: Tails) => number): number | null {
  const fixed = fixedMargins(table);
  if (fixed.least === fixed.most) return null;
  if (table.a === fixed.least) return 0;
  if (table.a === fixed.most) return Number.POSITIVE_INFINITY;
  return oddsRatioRoot(table, equation);
}

function oddsRatioRoot(table: TwoByTwo, equation: (tails: Tails) => number): number {
  const { a, b, c, d } = table;
  const fixed = fixedMargins(table);
  const guess = Math.log((((a + 0.5) / (b + 0.5)) * (d + 0.5)) / (c + 0.5));
  const spread = Math.sqrt(1 / (a + 0.5) + 1 / (b + 0.5) + 1 / (c + 0.5) + 1 / (d + 0.5));
  const f = (t: number): number => finite(equation(tails(a, Math.exp(t), fixed)));
  return Math.exp(decreasingRoot(f, { guess, step: spread, tolerance: TOLERANCE }));
}

/** Keeps the search going where a tail has left the range of doubles. */
function finite(value: number): number {
  return Math.max(-1e300, Math.min(1e300, value));
}

/** Sums of the noncentral hypergeometric distribution beyond the observed count, in units of its probability. */
interface Tails {
  readonly above: number;
  readonly below: number;
  /** Sum of probability times distance from the observed count. */
  readonly distanceAbove: number;
  readonly distanceBelow: number;
}

function tails(a: number, oddsRatio: number, fixed: FixedMargins): Tails {
  const [above, distanceAbove] = oneTail(a, 1, oddsRatio, fixed);
  const [below, distanceBelow] = oneTail(a, -1, oddsRatio, fixed);
  return { above, below, distanceAbove, distanceBelow };
}

/** Adds up one side, towards the mode and past it, until the terms no longer count. Capped, so that sums stay comparable. */
function oneTail(a: number, direction: 1 | -1, oddsRatio: number, fixed: FixedMargins): readonly [number, number] {
  const { drawn, marked, total, least, most } = fixed;
  const rest = total - marked - drawn;
  const last = direction === 1 ? most : least;
  let sum = 0;
  let distance = 0;
  let term = 1;
  for (let k = a; k !== last; k += direction) {
    const factor =
      direction === 1
        ? oddsRatio * ((marked - k) / (k + 1)) * ((drawn - k) / (rest + k + 1))
        : (k / (marked - k + 1)) * ((rest + k) / (drawn - k + 1) / oddsRatio);
    term *= factor;
    sum += term;
    distance += term * Math.abs(k + direction - a);
    if (factor < 1 && term < NEGLIGIBLE * sum) break;
    if (distance > 1e280) break;
  }
  return [sum, distance];
}
