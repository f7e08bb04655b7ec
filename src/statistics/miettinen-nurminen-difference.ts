import { normalQuantile } from './distributions.ts';
import { riskDifference } from './effect-sizes.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import { decreasingRoot } from './monotone-root.ts';
import { newcombeInterval } from './newcombe.ts';
import { swapColumns, swapRows, type TwoByTwo } from './two-by-two.ts';

/** Error allowed in a limit, relative to the width of the interval. */
const TOLERANCE = 1e-12;
const MAXIMUM_NEWTON_STEPS = 60;

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
  if (difference < 0) return -riskDifferenceScore(swapRows(table), -difference);
  const { a, b, c, d } = table;
  const inside = a + b;
  const outside = c + d;
  const total = inside + outside;
  const deviation = a / inside - c / outside - difference;
  const shareOutside = restrictedShare(table, difference);
  const shareInside = Math.min(1, shareOutside + difference);
  const variance = (shareInside * (1 - shareInside)) / inside + (shareOutside * (1 - shareOutside)) / outside;
  if (variance === 0) return deviation === 0 ? 0 : deviation / 0;
  return deviation / Math.sqrt((variance * total) / (total - 1));
}

/**
 * Maximum-likelihood share outside when the share inside is this plus `difference` >= 0: the middle root of a cubic. The trigonometric form
 * is exact to 1e-16 absolutely, which is not enough for shares of 1e-9, so Newton's method finishes, within a bracket.
 */
function restrictedShare({ a, b, c, d }: TwoByTwo, difference: number): number {
  const inside = a + b;
  const outside = c + d;
  const most = 1 - difference;
  let low = 0;
  let high = most;
  let share = Math.min(high, Math.max(low, trigonometricRoot({ a, b, c, d }, difference)));
  for (let iteration = 0; iteration < MAXIMUM_NEWTON_STEPS; iteration += 1) {
    // The cubic as the score equation gives it; multiplied out, its coefficients would cancel.
    const insideExcess = a - inside * (share + difference);
    const outsideExcess = c - outside * share;
    const product = share * (1 - share);
    const shifted = (share + difference) * (most - share);
    const value = insideExcess * product + outsideExcess * shifted;
    if (value === 0) break;
    if (value > 0) low = share;
    else high = share;
    const slope =
      insideExcess * (1 - 2 * share) -
      inside * product +
      outsideExcess * (1 - 2 * (share + difference)) -
      outside * shifted;
    let next = share - value / slope;
    if (!(next > low && next < high)) next = low > 0 ? Math.sqrt(low * high) : high / 16;
    if (Math.abs(next - share) <= 1e-15 * share) return next;
    share = next;
  }
  return share;
}

/** The closed form of the maximum-likelihood share (appendix of the source). */
function trigonometricRoot({ a, b, c, d }: TwoByTwo, difference: number): number {
  const inside = a + b;
  const outside = c + d;
  const l3 = inside + outside;
  const l2 = (inside + 2 * outside) * difference - l3 - (a + c);
  const l1 = (outside * difference - l3 - 2 * c) * difference + a + c;
  const l0 = c * difference * (1 - difference);
  const third = l2 / (3 * l3);
  const q = third ** 3 - (l1 * l2) / (6 * l3 * l3) + l0 / (2 * l3);
  const p = Math.sign(q || 1) * Math.sqrt(Math.max(0, third * third - l1 / (3 * l3)));
  const cosine = p === 0 ? 1 : Math.min(1, Math.max(-1, q / p ** 3));
  return 2 * p * Math.cos((Math.PI + Math.acos(cosine)) / 3) - third;
}
