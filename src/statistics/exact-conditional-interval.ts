import type { EffectEstimate } from './effect-estimate.ts';
import { type ConditionalDistribution, conditionalDistribution, lnSumExp } from './exact-conditional.ts';
import { DEFAULT_LEVEL } from './interval.ts';
import type { TwoByTwo } from './two-by-two.ts';

/** Options of the exact interval. */
export interface ExactIntervalOptions {
  /** Confidence level, 0.95 by default. */
  readonly level?: number;
  /** Give the observed sum half its probability: shorter, with coverage right on average. Default false (guaranteed). */
  readonly midP?: boolean;
}

const LARGEST_LN_ODDS_RATIO = 700;
const BISECTIONS = 200;

/**
 * Estimates the odds ratio common to all strata by conditional maximum likelihood, with the exact (Cornfield) interval:
 * each limit is the odds ratio at which the observed sum or one more extreme has probability (1 - level) / 2.
 *
 * @returns estimate 0 or `Infinity` when the sum is at its smallest or largest, with a finite limit on the other side;
 *   `null` when no stratum is informative, the margins allow one sum only, or 8,000 members or more are involved.
 * @see REFERENCES.md#gart-1970
 */
export function exactConditionalOddsRatio(
  strata: readonly TwoByTwo[],
  options: ExactIntervalOptions = {},
): EffectEstimate | null {
  const distribution = conditionalDistribution(strata);
  if (distribution === null || distribution.lnProbabilities.length < 2) return null;
  const { lnProbabilities, observed, smallest } = distribution;
  const position = observed - smallest;
  const isLowest = position === 0;
  const isHighest = position === lnProbabilities.length - 1;
  const lnTail = Math.log((1 - (options.level ?? DEFAULT_LEVEL)) / 2);
  const share = options.midP ? 0.5 : 1;
  const lower = (): number =>
    solveIncreasing((lnOddsRatio) => lnTailFrom(distribution, { position, side: 1, share }, lnOddsRatio) - lnTail);
  const upper = (): number =>
    solveIncreasing((lnOddsRatio) => lnTail - lnTailFrom(distribution, { position, side: -1, share }, lnOddsRatio));
  const middle = (): number => solveIncreasing((lnOddsRatio) => meanPosition(distribution, lnOddsRatio) - position);
  return {
    estimate: isLowest ? 0 : isHighest ? Number.POSITIVE_INFINITY : middle(),
    lower: isLowest ? 0 : lower(),
    upper: isHighest ? Number.POSITIVE_INFINITY : upper(),
  };
}

/** ln of the probability beyond a position (1: above, -1: below), of the position itself only a share. */
function lnTailFrom(
  distribution: ConditionalDistribution,
  { position, side, share }: { readonly position: number; readonly side: 1 | -1; readonly share: number },
  lnOddsRatio: number,
): number {
  const tilted = tilt(distribution, lnOddsRatio);
  const whole = lnSumExp(tilted);
  const tail = side === 1 ? tilted.slice(position) : tilted.slice(0, position + 1);
  const at = side === 1 ? 0 : position;
  tail[at] = (tail[at] ?? Number.NEGATIVE_INFINITY) + Math.log(share);
  return lnSumExp(tail) - whole;
}

function meanPosition(distribution: ConditionalDistribution, lnOddsRatio: number): number {
  const tilted = tilt(distribution, lnOddsRatio);
  const whole = lnSumExp(tilted);
  return tilted.reduce((mean, value, position) => mean + position * Math.exp(value - whole), 0);
}

/** The noncentral distribution, up to a constant: probability times oddsRatio^position. */
function tilt(distribution: ConditionalDistribution, lnOddsRatio: number): Float64Array {
  return distribution.lnProbabilities.map((value, position) => value + position * lnOddsRatio);
}

/** Bisects for the root of an increasing function of the log odds ratio and returns the odds ratio. */
function solveIncreasing(target: (lnOddsRatio: number) => number): number {
  let low = -LARGEST_LN_ODDS_RATIO;
  let high = LARGEST_LN_ODDS_RATIO;
  for (let step = 0; step < BISECTIONS && high - low > 1e-14 * Math.max(1, Math.abs(low)); step += 1) {
    const middle = (low + high) / 2;
    if (target(middle) < 0) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
