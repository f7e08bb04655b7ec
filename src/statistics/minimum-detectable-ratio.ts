import { normalQuantile } from './distributions.ts';
import { decreasingRoot } from './monotone-root.ts';

/** What a comparison of two groups is asked to detect. */
export interface DetectionDesign {
  /** Users in the first group (for the risk ratio: the segment; for the representation ratio: the users with the value). */
  readonly first: number;
  /** Users in the second group. */
  readonly second: number;
  /** Share of both groups together that has the property, in (0, 1). */
  readonly share: number;
  /** Two-sided significance level; default 0.05. */
  readonly alpha?: number;
  /** Probability of detection asked for; default 0.8. */
  readonly power?: number;
  /** Which ratio to look for; the other is `null`. Default both. */
  readonly side?: 'over' | 'under' | 'both';
}

/** The smallest ratios of shares (first over second group) that would be detected; `null` where none would be. */
export interface MinimumDetectableRatio {
  /** Above 1: a ratio at least this large is detected. */
  readonly over: number | null;
  /** Below 1: a ratio at most this large is detected. */
  readonly under: number | null;
}

/**
 * Computes the smallest over- and under-representation that a panel of this size could have detected.
 *
 * Solves |p1 - p2| = z(1 - alpha/2) sqrt(p (1-p) (1/n1 + 1/n2)) + z(power) sqrt(p1 q1 / n1 + p2 q2 / n2) for p1 / p2, with the share p of
 * both groups together held at its observed value. This is the normal approximation of Fleiss, Levin and Paik without continuity
 * correction. At alpha = 0.05 the power at the ratio it gives is 0.75 to 0.93 even for one expected user; at alpha = 0.001 it is
 * too optimistic for over-representation (0.53 to 0.75 below 5 expected users). See `exact-detectable-ratio.ts` for the exact figure.
 *
 * @returns `null` for both with an empty group or a share of 0 or 1.
 * @see REFERENCES.md#fleiss-levin-paik-2003
 */
export function minimumDetectableRatio(design: DetectionDesign): MinimumDetectableRatio {
  const { first, second, share } = design;
  if (!(first > 0 && second > 0 && share > 0 && share < 1)) return { over: null, under: null };
  const weight = first / (first + second);
  const { alpha = 0.05, power = 0.8, side = 'both' } = design;
  const quantiles = { significance: normalQuantile(1 - alpha / 2), power: normalQuantile(power) };
  const towards = (extreme: number): number | null => ratioOf(detectableShare(design, quantiles, extreme), design);
  return {
    over: side === 'under' ? null : towards(Math.min(1, share / weight)),
    under: side === 'over' ? null : towards(Math.max(0, (share - (1 - weight)) / weight)),
  };
}

interface Quantiles {
  readonly significance: number;
  readonly power: number;
}

/** Share of the first group, between the common share and `extreme`, at which the power is reached. */
function detectableShare(design: DetectionDesign, quantiles: Quantiles, extreme: number): number | null {
  const { share } = design;
  const f = (fraction: number): number => -excess(design, quantiles, share + fraction * (extreme - share));
  if (f(1) > 0) return null;
  const fraction = decreasingRoot(f, { guess: 0, step: 0.25, minimum: 0, maximum: 1, tolerance: 1e-10 });
  return share + fraction * (extreme - share);
}

function ratioOf(firstShare: number | null, design: DetectionDesign): number | null {
  if (firstShare === null) return null;
  const other = secondShare(firstShare, design);
  return firstShare / other;
}

function secondShare(firstShare: number, { first, second, share }: DetectionDesign): number {
  return Math.min(1, Math.max(0, share + (share - firstShare) * (first / second)));
}

/** Difference of shares minus the difference that would be detected. */
function excess(design: DetectionDesign, quantiles: Quantiles, firstShare: number): number {
  const { first, second, share } = design;
  const other = secondShare(firstShare, design);
  const pooled = Math.sqrt(share * (1 - share) * (1 / first + 1 / second));
  const separate = Math.sqrt((firstShare * (1 - firstShare)) / first + (other * (1 - other)) / second);
  return Math.abs(firstShare - other) - (quantiles.significance * pooled + quantiles.power * separate);
}
