import { normalQuantile } from './distributions.ts';
import { type EffectEstimate, UNDEFINED_EFFECT } from './effect-estimate.ts';
import { DEFAULT_LEVEL } from './interval.ts';
import { logScaleEstimate } from './log-scale-interval.ts';
import type { WeightedCell, WeightedTable } from './weighted-cell.ts';
import { type WeightedShare, weightedShare } from './weighted-share.ts';

/*
 * Each effect compares two shares of disjoint domains, whose linearised estimates are uncorrelated when members are
 * drawn independently: the variances add up, on the log scale after division by the squared share (delta method).
 */

/**
 * Estimates the risk ratio, weighted share with the value inside the segment over outside. 1 means no disparity.
 *
 * @param level - confidence level, 0.95 by default.
 * @returns no limits when a share is 0; all `null` when a side holds nobody or both shares are 0.
 * @see REFERENCES.md#binder-1983
 */
export function weightedRiskRatio(table: WeightedTable, level: number = DEFAULT_LEVEL): EffectEstimate {
  return ratioOfShares([table.inValue, table.inOther], [table.outValue, table.outOther], level);
}

/**
 * Estimates the representation ratio, weighted share of members with the value who are in the segment over that of
 * members without it. 1 means no disparity. As `weightedRiskRatio` otherwise.
 *
 * @see REFERENCES.md#binder-1983
 */
export function weightedRepresentationRatio(table: WeightedTable, level: number = DEFAULT_LEVEL): EffectEstimate {
  return ratioOfShares([table.inValue, table.outValue], [table.inOther, table.outOther], level);
}

/**
 * Estimates the difference of weighted shares, inside minus outside the segment. 0 means no disparity.
 *
 * @returns all `null` when a side holds nobody.
 * @see REFERENCES.md#binder-1983
 */
export function weightedRiskDifference(table: WeightedTable, level: number = DEFAULT_LEVEL): EffectEstimate {
  const n = panelSize([table.inValue, table.inOther], [table.outValue, table.outOther]);
  const inside = weightedShare(table.inValue, table.inOther, n);
  const outside = weightedShare(table.outValue, table.outOther, n);
  if (inside === null || outside === null) return UNDEFINED_EFFECT;
  const estimate = inside.estimate - outside.estimate;
  const half = normalQuantile((1 + level) / 2) * Math.sqrt(inside.variance + outside.variance);
  return { estimate, lower: Math.max(-1, estimate - half), upper: Math.min(1, estimate + half) };
}

/**
 * Estimates the odds ratio of holding the value, weighted, inside the segment over outside. 1 means no disparity.
 *
 * @returns no limits when a share is 0 or 1; all `null` when a side holds nobody or the ratio is 0/0.
 * @see REFERENCES.md#binder-1983
 */
export function weightedOddsRatio(table: WeightedTable, level: number = DEFAULT_LEVEL): EffectEstimate {
  const n = panelSize([table.inValue, table.inOther], [table.outValue, table.outOther]);
  const inside = weightedShare(table.inValue, table.inOther, n);
  const outside = weightedShare(table.outValue, table.outOther, n);
  if (inside === null || outside === null) return UNDEFINED_EFFECT;
  const [p, q] = [inside.estimate, outside.estimate];
  return logScaleEstimate(p * (1 - q), q * (1 - p), logitVariance(inside) + logitVariance(outside), level);
}

/** The cells of a domain: members that count towards the share, and the rest. */
type Domain = readonly [counted: WeightedCell, rest: WeightedCell];

function ratioOfShares(numerator: Domain, denominator: Domain, level: number): EffectEstimate {
  const n = panelSize(numerator, denominator);
  const top = weightedShare(...numerator, n);
  const bottom = weightedShare(...denominator, n);
  if (top === null || bottom === null) return UNDEFINED_EFFECT;
  return logScaleEstimate(top.estimate, bottom.estimate, relativeVariance(top) + relativeVariance(bottom), level);
}

/** Variance of ln(p / (1 - p)), by the delta method. */
function logitVariance({ estimate, variance }: WeightedShare): number {
  return variance / (estimate * (1 - estimate)) ** 2;
}

function relativeVariance(share: WeightedShare): number {
  return share.variance / share.estimate ** 2;
}

function panelSize(...domains: readonly Domain[]): number {
  return domains.flat().reduce((n, cell) => n + cell.n, 0);
}
