import { fromJsonNumber } from '../domain/json.ts';
import type { EffectFigure } from '../domain/waiver.ts';
import { type BoundedEstimate, moverDifference } from '../statistics/mover.ts';

/**
 * How an effect stands to what it was:
 *
 * - `grown`, `shrunk`: beyond the noise of both estimates;
 * - `turned`: it departs the other way now;
 * - `within-noise`: no more can be said than that it may be the same;
 * - `unknown`: one of the two is hidden, or they are of different measures.
 */
export type EffectChange = 'grown' | 'shrunk' | 'turned' | 'within-noise' | 'unknown';

/**
 * Compares an effect with what it was, by the 95 % interval of their difference (logarithms of ratios, AUCs and shares as they are) that is
 * recovered from the two intervals (MOVER). The two estimates are taken as independent. Where both rest on the same panel they are not, and
 * the interval is too wide rather than too narrow: a change that is reported is real, a small one may go unreported.
 *
 * @see statistics/REFERENCES.md#zou-donner-2008
 */
export function effectChange(before: EffectFigure, now: EffectFigure): EffectChange {
  if (before.measure !== now.measure) return 'unknown';
  const [old, current] = [onScale(before), onScale(now)];
  if (old === undefined || current === undefined) return 'unknown';
  if (before.direction !== now.direction) return 'turned';
  if (!Number.isFinite(old.estimate) || !Number.isFinite(current.estimate)) return byLimits(old, current);
  const difference = moverDifference(current, old);
  if (difference.lower > 0) return 'grown';
  return difference.upper < 0 ? 'shrunk' : 'within-noise';
}

/** Without a finite estimate there is no difference; then the intervals must not overlap. */
function byLimits(old: BoundedEstimate, current: BoundedEstimate): EffectChange {
  if (current.lower > old.upper) return 'grown';
  return current.upper < old.lower ? 'shrunk' : 'within-noise';
}

/** The figure on a scale where more is a stronger effect and intervals are near to symmetric; undefined when hidden. */
function onScale({ measure, direction, estimate, lower, upper }: EffectFigure): BoundedEstimate | undefined {
  const [middle, low, high] = [fromJsonNumber(estimate), fromJsonNumber(lower), fromJsonNumber(upper)];
  if (middle === null || low === null || high === null) return undefined;
  const isRatio = measure === 'representation-ratio' || measure === 'representation-ratio-within-strata';
  if (!isRatio) return { estimate: middle, lower: low, upper: high };
  const [logMiddle, logLow, logHigh] = [Math.log(middle), Math.log(low), Math.log(high)];
  return direction === 'over'
    ? { estimate: logMiddle, lower: logLow, upper: logHigh }
    : { estimate: -logMiddle, lower: -logHigh, upper: -logLow };
}
