import { normalQuantile } from './distributions.ts';

/** What the two questions below have in common. */
export interface SampleSizeOptions {
  /** Share of the labelled users that are in the segment, in [0, 1); default 0 (a small segment of a large panel). */
  readonly segmentShare?: number;
  /** Significance level; default 0.05, one-sided for equivalence and two-sided for detection. */
  readonly alpha?: number;
  /** Probability of success asked for; default 0.8. */
  readonly power?: number;
}

/**
 * Computes how many labelled members a segment needs before "no association" could be shown within a bound on the risk ratio, when there is
 * none: n = [(z(1 - alpha) + z(power)) / ln bound]^2 (1 - p) / p, divided by the share of the panel outside the segment. The
 * outside is taken to grow with it.
 *
 * @param prevalence - share of the value in the panel, in (0, 1).
 * @param bound - the ratio to stay below, > 1; a bound below 1 is taken as its reciprocal.
 * @returns members, a whole number; `null` when prevalence is 0 or 1 or the bound is 1, where no number is enough.
 * @see REFERENCES.md#chow-shao-wang-lokhnygina-2017
 */
export function membersNeededForRatioBound(
  prevalence: number,
  bound: number,
  options: SampleSizeOptions = {},
): number | null {
  const distance = Math.log(bound);
  const oddsAgainst = (1 - prevalence) / prevalence;
  return wholeMembers((multiplier(options) / distance) ** 2 * oddsAgainst, options);
}

/**
 * As {@link membersNeededForRatioBound} for a bound on the difference of shares: n = [(z(1 - alpha) + z(power)) / bound]^2 p (1 - p).
 *
 * @param bound - the difference to stay below, in (0, 1).
 * @see REFERENCES.md#chow-shao-wang-lokhnygina-2017
 */
export function membersNeededForGapBound(
  prevalence: number,
  bound: number,
  options: SampleSizeOptions = {},
): number | null {
  return wholeMembers((multiplier(options) / bound) ** 2 * prevalence * (1 - prevalence), options);
}

/**
 * Computes how many labelled members a segment needs before the shares observed so far, if they are the true ones, would be told apart by a
 * two-sided test: the normal approximation of Fleiss, Levin and Paik without continuity correction.
 *
 * @param shareInside - share of the value in the segment, in [0, 1].
 * @param shareOutside - share outside, in [0, 1].
 * @returns members, a whole number; `null` when both shares are equal, where no number is enough.
 * @see REFERENCES.md#fleiss-levin-paik-2003
 */
export function membersNeededToDetect(
  shareInside: number,
  shareOutside: number,
  options: SampleSizeOptions = {},
): number | null {
  const { segmentShare = 0, alpha = 0.05, power = 0.8 } = options;
  const common = segmentShare * shareInside + (1 - segmentShare) * shareOutside;
  const outsideShare = 1 - segmentShare;
  const pooled = Math.sqrt((common * (1 - common)) / outsideShare);
  const perOutside = segmentShare / outsideShare;
  const separate = Math.sqrt(shareInside * (1 - shareInside) + perOutside * shareOutside * (1 - shareOutside));
  const needed = normalQuantile(1 - alpha / 2) * pooled + normalQuantile(power) * separate;
  return wholeMembers((needed / (shareInside - shareOutside)) ** 2, {});
}

function multiplier({ alpha = 0.05, power = 0.8 }: SampleSizeOptions): number {
  return normalQuantile(1 - alpha) + normalQuantile(power);
}

function wholeMembers(members: number, { segmentShare = 0 }: SampleSizeOptions): number | null {
  const whole = Math.ceil(members / (1 - segmentShare));
  return Number.isFinite(whole) && whole > 0 ? whole : null;
}
