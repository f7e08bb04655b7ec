import { normalQuantile } from './distributions.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import { decreasingRoot } from './monotone-root.ts';
import { type TwoByTwo, transpose } from './two-by-two.ts';

/** Absolute error allowed in the logarithm of a limit. */
const TOLERANCE = 1e-11;

/**
 * Computes Miettinen and Nurminen's score interval of the risk ratio [a / (a+b)] / [c / (c+d)]: the ratios that a score test with the
 * restricted maximum-likelihood variance times N / (N-1) does not reject. Handles every zero cell; fractions allowed.
 *
 * @returns limits in [0, Infinity]; lower 0 at a = 0, upper Infinity at c = 0; `null` with an empty row or when nobody has the value.
 * @see REFERENCES.md#miettinen-nurminen-1985
 */
export function riskRatioScoreInterval(table: TwoByTwo, level: number = DEFAULT_LEVEL): Interval | null {
  const { a, b, c, d } = table;
  if (a + b === 0 || c + d === 0 || a + c === 0) return null;
  const z = normalQuantile((1 + level) / 2);
  const { guess, spread } = roughLimits(table, z);
  return {
    lower: a === 0 ? 0 : limit(table, z, guess - spread, spread / 4),
    upper: c === 0 ? Number.POSITIVE_INFINITY : limit(table, -z, guess + spread, spread / 4),
  };
}

/** The ratio whose score statistic is z, searched for on the logarithm, where the statistic is nearly straight. */
function limit(table: TwoByTwo, z: number, guess: number, step: number): number {
  return Math.exp(decreasingRoot((t) => riskRatioScore(table, Math.exp(t)) - z, { guess, step, tolerance: TOLERANCE }));
}

/**
 * Computes the score interval of the representation ratio [a / (a+c)] / [b / (b+d)]: {@link riskRatioScoreInterval} with rows and columns
 * exchanged.
 *
 * @returns limits in [0, Infinity]; `null` when nobody or everybody has the value, or the segment is empty.
 * @see REFERENCES.md#miettinen-nurminen-1985
 */
export function representationRatioScoreInterval(table: TwoByTwo, level: number = DEFAULT_LEVEL): Interval | null {
  return riskRatioScoreInterval(transpose(table), level);
}

/**
 * Computes the signed score statistic of the hypothesis that the risk ratio is `ratio`; decreasing in it.
 *
 * With K users of the value, r = n1 + c, s = n0 + a, the restricted share outside solves N ratio p^2 - (ratio r + s) p + K = 0. Its
 * discriminant is (ratio r - s)^2 + 4 ratio b d, a sum of positive terms, and the complements of both shares follow without
 * subtraction too: nothing cancels at counts of 1e9 or shares near 0 or 1.
 */
export function riskRatioScore({ a, b, c, d }: TwoByTwo, ratio: number): number {
  const inside = a + b;
  const outside = c + d;
  const total = inside + outside;
  const excess = ratio * (inside + c) - (outside + a);
  const product = 4 * ratio * b * d;
  const root = Math.sqrt(excess * excess + product);
  const plus = excess >= 0 ? root + excess : product / (root - excess);
  const minus = excess >= 0 ? product / (root + excess) || 0 : root - excess;
  const denominator = ratio * (inside + c) + (outside + a) + root;
  // Variance is p1 q1 / n1 + ratio^2 p0 q0 / n0 with p0 = 2 K / denominator, p1 = ratio p0, q1 = (minus + 2 ratio b) / denominator,
  // q0 = (plus + 2 d) / denominator.
  const variance = ((minus + 2 * ratio * b) / inside + (ratio * (plus + 2 * d)) / outside) * (2 * ratio * (a + c));
  const difference = a / inside - (ratio * c) / outside;
  if (variance === 0) return difference === 0 ? 0 : difference / 0;
  return (difference * denominator) / Math.sqrt((variance * total) / (total - 1));
}

/** A log interval after adding one user with and one without the value to each row: a start for the search, never a result. */
function roughLimits({ a, b, c, d }: TwoByTwo, z: number): { guess: number; spread: number } {
  const inside = a + b + 2;
  const outside = c + d + 2;
  const variance = (b + 1) / (a + 1) / inside + (d + 1) / (c + 1) / outside;
  return { guess: Math.log(((a + 1) / inside / (c + 1)) * outside), spread: z * Math.sqrt(variance) };
}
