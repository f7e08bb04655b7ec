import { normalQuantile } from './distributions.ts';
import type { EffectEstimate } from './effect-estimate.ts';
import { DEFAULT_LEVEL } from './interval.ts';
import { logScaleEstimate } from './log-scale-interval.ts';
import { margins, type TwoByTwo } from './two-by-two.ts';

/** Shares with the trait value inside and outside a segment, if both had the standard's mix of strata. */
export interface StandardizedShares {
  readonly inside: number;
  readonly outside: number;
  readonly difference: EffectEstimate;
  readonly ratio: EffectEstimate;
  /** Share of the standard's weight in strata that have members on both sides; the rest had to be left out. */
  readonly coverage: number;
}

/**
 * Standardises the shares inside and outside a segment directly to a given distribution of strata: the weighted mean of
 * the stratum shares, with binomial variances.
 *
 * @param strata - counts per stratum.
 * @param standard - weight of each stratum in the standard population, same order, any scale.
 * @param level - confidence level, 0.95 by default.
 * @returns `null` when no stratum of positive weight has members on both sides.
 * @see REFERENCES.md#fleiss-levin-paik-2003
 */
export function standardizeDirectly(
  strata: readonly TwoByTwo[],
  standard: readonly number[],
  level: number = DEFAULT_LEVEL,
): StandardizedShares | null {
  let allWeight = 0;
  let weight = 0;
  let inside = 0;
  let outside = 0;
  let insideVariance = 0;
  let outsideVariance = 0;
  strata.forEach((stratum, index) => {
    const w = standard[index] ?? 0;
    allWeight += w;
    const sides = margins(stratum);
    if (sides.inside === 0 || sides.outside === 0) return;
    weight += w;
    inside += (w * stratum.a) / sides.inside;
    outside += (w * stratum.c) / sides.outside;
    insideVariance += w * w * binomialVariance(stratum.a, sides.inside);
    outsideVariance += w * w * binomialVariance(stratum.c, sides.outside);
  });
  if (!(weight > 0)) return null;
  const shareInside = inside / weight;
  const shareOutside = outside / weight;
  const estimate = shareInside - shareOutside;
  const half = (normalQuantile((1 + level) / 2) * Math.sqrt(insideVariance + outsideVariance)) / weight;
  return {
    inside: shareInside,
    outside: shareOutside,
    difference: { estimate, lower: Math.max(-1, estimate - half), upper: Math.min(1, estimate + half) },
    ratio: logScaleEstimate(inside, outside, insideVariance / inside ** 2 + outsideVariance / outside ** 2, level),
    coverage: weight / allWeight,
  };
}

function binomialVariance(count: number, total: number): number {
  const share = count / total;
  return (share * (1 - share)) / total;
}
