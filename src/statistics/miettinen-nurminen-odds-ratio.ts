import { normalQuantile } from './distributions.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import { decreasingRoot } from './monotone-root.ts';
import type { TwoByTwo } from './two-by-two.ts';

/** Absolute error allowed in the logarithm of a limit. */
const TOLERANCE = 1e-11;

/**
 * Computes Miettinen and Nurminen's score interval of the odds ratio a d / (b c). Handles every zero cell; fractions allowed.
 *
 * @returns limits in [0, Infinity]; lower 0 where the odds ratio is 0, upper Infinity where it is infinite; `null` with an empty margin.
 * @see REFERENCES.md#miettinen-nurminen-1985
 */
export function oddsRatioScoreInterval(table: TwoByTwo, level: number = DEFAULT_LEVEL): Interval | null {
  const { a, b, c, d } = table;
  if (a + b === 0 || c + d === 0 || a + c === 0 || b + d === 0) return null;
  const z = normalQuantile((1 + level) / 2);
  const guess = Math.log((((a + 0.5) / (b + 0.5)) * (d + 0.5)) / (c + 0.5));
  const spread = z * Math.sqrt(1 / (a + 0.5) + 1 / (b + 0.5) + 1 / (c + 0.5) + 1 / (d + 0.5));
  return {
    lower: a === 0 || d === 0 ? 0 : limit(table, z, guess - spread, spread / 4),
    upper: b === 0 || c === 0 ? Number.POSITIVE_INFINITY : limit(table, -z, guess + spread, spread / 4),
  };
}

/** The ratio whose score statistic is z, searched for on the logarithm, where the statistic is nearly straight. */
function limit(table: TwoByTwo, z: number, guess: number, step: number): number {
  return Math.exp(decreasingRoot((t) => oddsRatioScore(table, Math.exp(t)) - z, { guess, step, tolerance: TOLERANCE }));
}

/**
 * Computes the signed score statistic of the hypothesis that the odds ratio is `ratio`; decreasing in it: the deviation of `a` from its
 * fitted value times sqrt of the sum of reciprocal fitted cells, times sqrt((N-1) / N).
 */
export function oddsRatioScore(table: TwoByTwo, ratio: number): number {
  const total = table.a + table.b + table.c + table.d;
  const fitted = fittedTable(table, ratio);
  const information = 1 / fitted.a + 1 / fitted.b + 1 / fitted.c + 1 / fitted.d;
  return (table.a - fitted.a) * Math.sqrt((information * (total - 1)) / total);
}

/**
 * Computes the table with the same margins and the given odds ratio. Each cell solves a quadratic whose discriminant is written as a sum of
 * positive terms, so that nothing cancels.
 *
 * @param table - only its margins are used; none may be 0.
 * @param ratio - positive and finite.
 */
export function fittedTable(table: TwoByTwo, ratio: number): TwoByTwo {
  const { a, b, c, d } = table;
  const inside = a + b;
  const outside = c + d;
  const withValue = a + c;
  const withoutValue = b + d;
  const root = Math.sqrt(
    (ratio * (inside - withValue)) ** 2 +
      (outside - withValue) ** 2 +
      2 * ratio * (inside * outside + withValue * withoutValue),
  );
  const gap = 1 - ratio;
  const sumA = ratio * (inside + withValue) + (outside - withValue);
  const sumB = inside + withoutValue + ratio * (outside - withoutValue);
  const sumC = outside + withValue + ratio * (inside - withValue);
  const sumD = ratio * (outside + withoutValue) + (inside - withoutValue);
  return {
    a: fittedCell(sumA, root, ratio * inside, withValue, gap),
    b: fittedCell(sumB, root, inside, withoutValue, -gap),
    c: fittedCell(sumC, root, outside, withValue, -gap),
    d: fittedCell(sumD, root, ratio * outside, withoutValue, gap),
  };
}

/** The root 2 x y / (sum + root) of a cell's quadratic; where sum is negative, its other form (root - sum) / (2 gap). */
function fittedCell(sum: number, root: number, x: number, y: number, gap: number): number {
  return sum >= 0 ? (2 * x * y) / (sum + root) : (root - sum) / (2 * gap);
}
