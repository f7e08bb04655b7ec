import { normalCdf, normalQuantile } from './distributions.ts';

/** Sizes of the two groups that are compared, and the test's level. */
export interface PowerDesign {
  /** Labelled members in the segment. */
  readonly inside: number;
  /** Labelled members outside it. */
  readonly outside: number;
  /** Share with the trait value outside the segment, in (0, 1). */
  readonly shareOutside: number;
  /** Two-sided error level, 0.05 by default. After a correction for m tests, alpha / m is the cautious choice. */
  readonly alpha?: number;
}

/**
 * Computes the chance that a two-sided test of two proportions finds a given difference: normal approximation, pooled
 * variance under the null, separate variances under the alternative.
 *
 * @param difference - share inside minus share outside.
 * @returns in [0, 1]; `null` when a group is empty or a share falls outside [0, 1].
 * @see REFERENCES.md#fleiss-levin-paik-2003
 */
export function powerOfTwoProportions(design: PowerDesign, difference: number): number | null {
  const { inside, outside, shareOutside, alpha = 0.05 } = design;
  const shareInside = shareOutside + difference;
  if (!(inside > 0 && outside > 0 && shareOutside >= 0 && shareInside >= 0)) return null;
  if (shareOutside > 1 || shareInside > 1) return null;
  const pooled = (inside * shareInside + outside * shareOutside) / (inside + outside);
  const underNull = Math.sqrt(pooled * (1 - pooled) * (1 / inside + 1 / outside));
  const underAlternative = Math.sqrt(
    (shareInside * (1 - shareInside)) / inside + (shareOutside * (1 - shareOutside)) / outside,
  );
  // Both shares certain: the difference is either nothing at all or always seen.
  if (underAlternative === 0) return difference === 0 ? 0 : 1;
  const critical = normalQuantile(1 - alpha / 2) * (underNull / underAlternative);
  const shift = difference / underAlternative;
  return Math.min(1, normalCdf(shift - critical) + normalCdf(-critical - shift));
}

/** The smallest departure that a design detects with the power asked for. */
export interface DetectableDifference {
  /** Share inside minus share outside; negative below. */
  readonly difference: number;
  /** Share inside over share outside. */
  readonly ratio: number;
}

/**
 * Finds the smallest difference of shares that is detected with the given power, above (default) or below the share
 * outside.
 *
 * @param power - 0.8 by default.
 * @returns `null` when even a share of 1 (or of 0, below) would be missed: the segment is a blind spot.
 */
export function minimumDetectableDifference(
  design: PowerDesign,
  power = 0.8,
  direction: 'above' | 'below' = 'above',
): DetectableDifference | null {
  const { shareOutside } = design;
  if (!(shareOutside > 0 && shareOutside < 1)) return null;
  const furthest = direction === 'above' ? 1 - shareOutside : -shareOutside;
  const isDetected = (difference: number): boolean => (powerOfTwoProportions(design, difference) ?? 0) >= power;
  if (!isDetected(furthest)) return null;
  let missed = 0;
  let detected = furthest;
  for (let step = 0; step < 200; step += 1) {
    const middle = (missed + detected) / 2;
    if (middle === missed || middle === detected) break;
    if (isDetected(middle)) detected = middle;
    else missed = middle;
  }
  return { difference: detected, ratio: (shareOutside + detected) / shareOutside };
}

/**
 * Finds how many labelled members a segment needs so that a given ratio of shares is detected with the given power,
 * the group outside staying as it is.
 *
 * @param ratio - share inside over share outside, not 1; the share inside must stay within [0, 1].
 * @returns a whole number, `null` when no number of members is enough or the ratio is impossible.
 */
export function requiredMembers(design: Omit<PowerDesign, 'inside'>, ratio: number, power = 0.8): number | null {
  const difference = design.shareOutside * (ratio - 1);
  const isDetected = (inside: number): boolean =>
    (powerOfTwoProportions({ ...design, inside }, difference) ?? 0) >= power;
  let enough = 1;
  while (enough < 2 ** 40 && !isDetected(enough)) enough *= 2;
  if (!isDetected(enough)) return null;
  let tooFew = enough === 1 ? 0 : enough / 2;
  while (enough - tooFew > 1) {
    const middle = Math.floor((enough + tooFew) / 2);
    if (isDetected(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
