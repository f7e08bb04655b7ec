import { type AucEstimate, auc } from './auc.ts';
import { normalQuantile } from './distributions.ts';
import { DEFAULT_LEVEL } from './interval.ts';
import { binTotals, mergeBins, type ScoreBin } from './score-bins.ts';

/**
 * Estimates the area under the ROC curve with DeLong's nonparametric variance and interval, from a histogram: the
 * spread of every positive's share of negatives below it, and of every negative's share of positives above it.
 *
 * The interval is `auc +- z sqrt(variance)`, cut to [0, 1]. It collapses to a point when the score separates both groups
 * perfectly: with few members that is no proof, use `hanleyMcNeil` or the counts beside it.
 *
 * @param bins - members per score, in any order. O(bins log bins).
 * @param level - confidence level, 0.95 by default.
 * @returns `null` with fewer than two positives or two negatives: a variance needs two.
 * @see REFERENCES.md#delong-1988
 */
export function deLong(bins: readonly ScoreBin[], level: number = DEFAULT_LEVEL): AucEstimate | null {
  const { positives, negatives } = binTotals(bins);
  const estimate = auc(bins);
  if (estimate === null || positives < 2 || negatives < 2) return null;
  let negativesBelow = 0;
  let positivesBelow = 0;
  let positiveSpread = 0;
  let negativeSpread = 0;
  for (const bin of mergeBins(bins)) {
    const placementOfPositive = (negativesBelow + bin.negatives / 2) / negatives;
    const placementOfNegative = (positives - positivesBelow - bin.positives / 2) / positives;
    positiveSpread += bin.positives * (placementOfPositive - estimate) ** 2;
    negativeSpread += bin.negatives * (placementOfNegative - estimate) ** 2;
    negativesBelow += bin.negatives;
    positivesBelow += bin.positives;
  }
  const variance = positiveSpread / (positives - 1) / positives + negativeSpread / (negatives - 1) / negatives;
  return normalAucInterval(estimate, variance, level);
}

/** `estimate +- z sqrt(variance)`, cut to [0, 1]. */
export function normalAucInterval(estimate: number, variance: number, level: number): AucEstimate {
  const half = normalQuantile((1 + level) / 2) * Math.sqrt(variance);
  return { estimate, lower: Math.max(0, estimate - half), upper: Math.min(1, estimate + half), variance };
}
