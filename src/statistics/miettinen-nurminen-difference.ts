import { normalQuantile } from './distributions.ts';
import { riskDifference } from './effect-sizes.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import { decreasingRoot } from './monotone-root.ts';
import { newcombeInterval } from './newcombe.ts';
import { swapColumns, type TwoByTwo } from './two-by-two.ts';

/** Error allowed in a limit, relative to the width of the interval. */
const TOLERANCE = 1e-12;

/**
 * Computes Miettinen and Nurminen's score interval of the risk difference a / (a+b) - c / (c+d), within [-1, 1]: the differences that a
 * score test with the restricted maximum-likelihood variance times N / (N-1) does not reject. Fractions allowed.
 *
 * @returns `null` with an empty row.
 * @see REFERENCES.md#miettinen-nurminen-1985
 */
export function riskDifferenceScoreInterval(table: TwoByTwo, level: number = DEFAULT_LEVEL): Interval | null {
  const difference = riskDifference(table);
  const rough = newcombeInterval(table, level);
  if (difference === null || rough === null) return null;
  // The restricted shares are computed most exactly when they are small: measure the rarer of value and no value.
  if (table.a + table.c > table.b + table.d) {
    const mirrored = riskDifferenceScoreInterval(swapColumns(table), level);
    return mirrored === null ? null : { lower: 0 - mirrored.upper, upper: 0 - mirrored.lower };
  }
  const z = normalQuantile((1 + level) / 2);
  const width = rough.upper - rough.lower;
  return {
    lower: limit(table, z, rough.lower, width),
    upper: limit(table, -z, rough.upper, width),
  };
}

/** The difference whose score statistic is z. */
function limit(table: TwoByTwo, z: number, guess: number, width: number): number {
  const search = { guess, step: width / 8, minimum: -1, maximum: 1, tolerance: TOLERANCE * width };
  return decreasingRoot((t) => riskDifferenceScore(table, t) - z, search);
}

/** Computes the signed score statistic of the hypothesis that the risk difference is `difference`; decreasing in it. */
export function riskDifferenceScore(table: TwoByTwo, difference: number): number {
  const { a, b, c, d } = table;
  const inside = a + b;
  const outside = c + d;
  const total = inside + outside;
  const deviation = a / inside - c / outside - difference;
  const shareOutside = restrictedShare(table, difference);
  const shareInside = Math.min(1, Math.max(0, shareOutside + difference));
  const variance = (shareInside * (1 - shareInside)) / inside + (shareOutside * (1 - shareOutside)) / outside;
  if (variance === 0) return deviation === 0 ? 0 : deviation / 0;
  return deviation / Math.sqrt((variance * total) / (total - 1));
}

/**
 * Maximum-likelihood share outside when the share inside is this plus `difference`: the middle root of a cubic, in its trigonometric form,
 * then two Newton steps on the cubic because the trigonometric form is exact to 1e-16 absolutely, not relatively.
 */
function restrictedShare({ a, b, c, d }: TwoByTwo, difference: number): number {
  const inside = a + b;
  const outside = c + d;
  const total = inside + outside;
  const least = Math.max(0, -difference);
  const most = Math.min(1, 1 - difference);
  const l3 = total;
  const l2 = (inside + 2 * outside) * difference - total - (a + c);
  const l1 = (outside * difference - total - 2 * c) * difference + a + c;
  const l0 = c * difference * (1 - difference);
  const third = l2 / (3 * l3);
  const q = third ** 3 - (l1 * l2) / (6 * l3 * l3) + l0 / (2 * l3);
  const p = Math.sign(q || 1) * Math.sqrt(Math.max(0, third * third - l1 / (3 * l3)));
  const cosine = p === 0 ? 1 : Math.min(1, Math.max(-1, q / p ** 3));
  let share = clamp(2 * p * Math.cos((Math.PI + Math.acos(cosine)) / 3) - third, least, most);
  for (let step = 0; step < 2; step += 1) {
    const slope = (3 * l3 * share + 2 * l2) * share + l1;
    if (slope === 0) break;
    const next = share - (((l3 * share + l2) * share + l1) * share + l0) / slope;
    // Near a double root Newton may leap to another root; the trigonometric root is then already as good as it gets.
    if (Math.abs(next - share) > 1e-9) break;
    share = clamp(next, least, most);
  }
  return share;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
