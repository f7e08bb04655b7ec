import { normalQuantile } from './distributions.ts';
import { type EffectEstimate, UNDEFINED_EFFECT } from './effect-estimate.ts';
import { DEFAULT_LEVEL } from './interval.ts';
import { logScaleEstimate } from './log-scale-interval.ts';
import { strataOf } from './stratum.ts';
import { determinant, type TwoByTwo } from './two-by-two.ts';

/**
 * Estimates the odds ratio that all strata share, with the Robins-Breslow-Greenland interval. 1 means no association
 * inside strata; range [0, Infinity].
 *
 * The variance holds both for few large and for many sparse strata.
 *
 * @param level - confidence level, 0.95 by default.
 * @returns an estimate of 0 or `Infinity` without limits when one of the sums is 0 (use the exact interval then); all
 *   `null` when no stratum is informative.
 * @see REFERENCES.md#mantel-haenszel-1959, REFERENCES.md#robins-breslow-greenland-1986
 */
export function mantelHaenszelOddsRatio(strata: readonly TwoByTwo[], level: number = DEFAULT_LEVEL): EffectEstimate {
  let r = 0;
  let s = 0;
  let pr = 0;
  let mixed = 0;
  let qs = 0;
  for (const { a, b, c, d, total } of strataOf(strata)) {
    const concordant = (a / total) * d;
    const discordant = (b / total) * c;
    const p = (a + d) / total;
    const q = (b + c) / total;
    r += concordant;
    s += discordant;
    pr += p * concordant;
    mixed += p * discordant + q * concordant;
    qs += q * discordant;
  }
  const variance = pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s);
  return logScaleEstimate(r, s, variance, level);
}

/**
 * Estimates the risk ratio (share with the value inside the segment over the share outside) that all strata share, with
 * the Greenland-Robins interval. 1 means no association inside strata.
 *
 * @returns as `mantelHaenszelOddsRatio`.
 * @see REFERENCES.md#greenland-robins-1985
 */
export function mantelHaenszelRiskRatio(strata: readonly TwoByTwo[], level: number = DEFAULT_LEVEL): EffectEstimate {
  let r = 0;
  let s = 0;
  let spread = 0;
  for (const { a, c, inside, outside, withValue, total } of strataOf(strata)) {
    r += (a / total) * outside;
    s += (c / total) * inside;
    spread += (withValue * (inside / total) * outside) / total - (a / total) * c;
  }
  return logScaleEstimate(r, s, spread / (r * s), level);
}

/**
 * Estimates the difference of shares (inside minus outside the segment) that all strata share, with Mantel-Haenszel
 * weights and the Greenland-Robins interval. 0 means no association inside strata.
 *
 * Its sign is always that of the common log odds ratio: both numerators are the sum of (a - expected a).
 *
 * @returns all `null` when no stratum has members on both sides of the segment.
 * @see REFERENCES.md#greenland-robins-1985
 */
export function mantelHaenszelRiskDifference(
  strata: readonly TwoByTwo[],
  level: number = DEFAULT_LEVEL,
): EffectEstimate {
  let difference = 0;
  let weight = 0;
  let spread = 0;
  for (const stratum of strataOf(strata)) {
    const { a, b, c, d, inside, outside, total } = stratum;
    if (inside === 0 || outside === 0) continue;
    difference += determinant(stratum) / total;
    weight += (inside / total) * outside;
    const fractionOutside = outside / total;
    const fractionInside = inside / total;
    spread += (a / inside) * b * fractionOutside ** 2 + (c / outside) * d * fractionInside ** 2;
  }
  if (weight === 0) return UNDEFINED_EFFECT;
  const estimate = difference / weight;
  const half = (normalQuantile((1 + level) / 2) * Math.sqrt(spread)) / weight;
  return { estimate, lower: Math.max(-1, estimate - half), upper: Math.min(1, estimate + half) };
}
