import { betaQuantile } from './distributions.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import { fastStudentTQuantile } from './student-t-expansion.ts';
import type { WeightedShare } from './weighted-share.ts';

/** Options of the intervals of a weighted share. */
export interface ShareIntervalOptions {
  /** Confidence level, 0.95 by default. */
  readonly level?: number;
  /** Degrees of freedom of the design: members of the whole sample minus 1. Infinity by default. */
  readonly degreesOfFreedom?: number;
}

/**
 * Puts the Korn-Graubard interval on a weighted share: Clopper-Pearson with the effective number of members
 * p (1 - p) / variance, which keeps its level at shares near 0 and 1.
 *
 * Where the variance is 0 (nobody or everybody has the value) Kish's effective size takes its place, so a segment without
 * a single member of the value still gets an upper limit. The effective size is never taken above n.
 *
 * @see REFERENCES.md#korn-graubard-1998
 */
export function kornGraubardInterval(share: WeightedShare, options: ShareIntervalOptions = {}): Interval {
  const { level = DEFAULT_LEVEL, degreesOfFreedom = Number.POSITIVE_INFINITY } = options;
  const tail = (1 - level) / 2;
  const { estimate, variance } = share;
  const fromVariance = variance > 0 ? (estimate * (1 - estimate)) / variance : share.effectiveSize;
  const size = Math.min(share.n, fromVariance * (studentTRatio(tail, share.n, degreesOfFreedom) ?? 1));
  const count = size * estimate;
  return {
    lower: isBounded(count, tail) ? betaQuantile(tail, count, size - count + 1) : 0,
    upper: isBounded(size - count, tail) ? betaQuantile(tail, count + 1, size - count, 'upper') : 1,
  };
}

/**
 * Puts an interval on a weighted share that is symmetric on the log-odds scale: as good as Korn-Graubard's for moderate
 * shares, shorter, but without limits at a share of 0 or 1.
 *
 * @returns `null` at a share of 0 or 1.
 * @see REFERENCES.md#korn-graubard-1998
 */
export function logitInterval(share: WeightedShare, options: ShareIntervalOptions = {}): Interval | null {
  const { level = DEFAULT_LEVEL, degreesOfFreedom = Number.POSITIVE_INFINITY } = options;
  const { estimate, standardError } = share;
  if (!(estimate > 0 && estimate < 1)) return null;
  const quantile = fastStudentTQuantile((1 + level) / 2, degreesOfFreedom);
  const half = (quantile * standardError) / (estimate * (1 - estimate));
  const logit = Math.log(estimate / (1 - estimate));
  return { lower: 1 / (1 + Math.exp(half - logit)), upper: 1 / (1 + Math.exp(-half - logit)) };
}

/** Korn and Graubard's factor (t with n - 1 over t with the design's degrees of freedom) squared. */
function studentTRatio(tail: number, n: number, degreesOfFreedom: number): number | null {
  if (!Number.isFinite(degreesOfFreedom) || n < 2) return null;
  return (fastStudentTQuantile(1 - tail, n - 1) / fastStudentTQuantile(1 - tail, degreesOfFreedom)) ** 2;
}

/** Whether the limit differs from 0 (or 1) in double precision: it is about `tail^(1 / count)` away for small counts. */
function isBounded(count: number, tail: number): boolean {
  return count > 0 && Math.log(tail) / count > -600;
}
