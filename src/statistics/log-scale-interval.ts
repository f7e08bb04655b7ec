import { normalQuantile } from './distributions.ts';
import { type EffectEstimate, UNDEFINED_EFFECT } from './effect-estimate.ts';

/**
 * Puts a symmetric interval on the log of a ratio and turns it back.
 *
 * @param variance - of the log ratio.
 * @returns no limits when numerator or denominator is 0, nothing when both are.
 */
export function logScaleEstimate(
  numerator: number,
  denominator: number,
  variance: number,
  level: number,
): EffectEstimate {
  if (!(numerator > 0 || denominator > 0)) return UNDEFINED_EFFECT;
  const estimate = numerator / denominator;
  if (!(numerator > 0 && denominator > 0)) return { estimate, lower: null, upper: null };
  const factor = Math.exp(normalQuantile((1 + level) / 2) * Math.sqrt(Math.max(0, variance)));
  return { estimate, lower: estimate / factor, upper: estimate * factor };
}
