import { normalQuantile } from './distributions.ts';
import type { EffectEstimate } from './effect-estimate.ts';
import { DEFAULT_LEVEL } from './interval.ts';
import { logScaleEstimate } from './log-scale-interval.ts';

/**
 * What the engine has to add up, in and out of the segment, over panel members whose trait is known as a probability p only;
 * w is the member's weight (1 in an unweighted panel).
 */
export interface SoftCell {
  /** Members. */
  readonly n: number;
  /** Sum of w. */
  readonly weight: number;
  /** Sum of w p. */
  readonly weightP: number;
  /** Sum of w^2. */
  readonly squaredWeight: number;
  /** Sum of w^2 p. */
  readonly squaredWeightP: number;
  /** Sum of w^2 p^2. */
  readonly squaredWeightPP: number;
}

/** Rates of membership among members with and without the value. */
export interface SoftClassEstimate {
  /** P(segment | value), estimated. */
  readonly rateWithValue: number;
  readonly rateWithValueError: number;
  /** P(segment | not value), estimated. */
  readonly rateWithout: number;
  readonly rateWithoutError: number;
  /** First rate minus second; 0 means no disparity. */
  readonly disparity: EffectEstimate;
  /** First rate over second, the representation ratio; 1 means no disparity. */
  readonly representationRatio: EffectEstimate;
}

/**
 * Estimates how membership differs by a trait that is known as a probability only, counting every member as p with the
 * value and 1 - p without (never cutting p at a half), with linearised standard errors.
 *
 * Biased by minus the mean within-p covariance of trait and membership, so usually towards no disparity: report it as an
 * attenuated lower bound of the disparity, not as the disparity.
 *
 * @param level - confidence level, 0.95 by default.
 * @returns `null` when the probabilities are all 0 or all 1.
 * @see REFERENCES.md#chen-2019
 */
export function softClassEstimate(
  inside: SoftCell,
  outside: SoftCell,
  level: number = DEFAULT_LEVEL,
): SoftClassEstimate | null {
  const n = inside.n + outside.n;
  const massWith = inside.weightP + outside.weightP;
  const massWithout = inside.weight + outside.weight - massWith;
  if (!(massWith > 0 && massWithout > 0 && n > 1)) return null;
  const rateWith = inside.weightP / massWith;
  const rateWithout = (inside.weight - inside.weightP) / massWithout;
  const factor = n / (n - 1);
  const pp = spread(inside.squaredWeightPP, outside.squaredWeightPP, rateWith, rateWith);
  const qq = spread(squaredWeightQQ(inside), squaredWeightQQ(outside), rateWithout, rateWithout);
  const pq = spread(squaredWeightPQ(inside), squaredWeightPQ(outside), rateWith, rateWithout);
  const varianceWith = (factor * pp) / massWith ** 2;
  const varianceWithout = (factor * qq) / massWithout ** 2;
  const covariance = (factor * pq) / massWith / massWithout;
  const estimate = rateWith - rateWithout;
  const half =
    normalQuantile((1 + level) / 2) * Math.sqrt(Math.max(0, varianceWith + varianceWithout - 2 * covariance));
  const lnVariance =
    varianceWith / rateWith ** 2 + varianceWithout / rateWithout ** 2 - (2 * covariance) / rateWith / rateWithout;
  return {
    rateWithValue: rateWith,
    rateWithValueError: Math.sqrt(varianceWith),
    rateWithout,
    rateWithoutError: Math.sqrt(varianceWithout),
    disparity: { estimate, lower: Math.max(-1, estimate - half), upper: Math.min(1, estimate + half) },
    representationRatio: logScaleEstimate(rateWith, rateWithout, lnVariance, level),
  };
}

/** Adds up what `softClassEstimate` needs over the members of one side. */
export function softCell(probabilities: readonly number[], weights?: readonly number[]): SoftCell {
  const cell = { n: 0, weight: 0, weightP: 0, squaredWeight: 0, squaredWeightP: 0, squaredWeightPP: 0 };
  probabilities.forEach((p, index) => {
    const w = weights?.[index] ?? 1;
    cell.n += 1;
    cell.weight += w;
    cell.weightP += w * p;
    cell.squaredWeight += w * w;
    cell.squaredWeightP += w * w * p;
    cell.squaredWeightPP += w * w * p * p;
  });
  return cell;
}

/** Sum of w^2 (1 - p)^2. */
function squaredWeightQQ(cell: SoftCell): number {
  return Math.max(0, cell.squaredWeight - 2 * cell.squaredWeightP + cell.squaredWeightPP);
}

/** Sum of w^2 p (1 - p). */
function squaredWeightPQ(cell: SoftCell): number {
  return Math.max(0, cell.squaredWeightP - cell.squaredWeightPP);
}

/** Sum over members of (membership - first rate)(membership - second rate), weighted by the given moments. */
function spread(inside: number, outside: number, firstRate: number, secondRate: number): number {
  return inside * (1 - firstRate) * (1 - secondRate) + outside * firstRate * secondRate;
}
