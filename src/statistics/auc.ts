import { binTotals, mergeBins, type ScoreBin } from './score-bins.ts';

/**
 * Computes the area under the ROC curve from a histogram: the chance that a random member with the trait value scores
 * higher than a random one without, ties counting half. 0.5 means the score tells nothing, 1 that it tells all.
 *
 * @param bins - members per score, in any order; counts up to 4e9.
 * @returns `null` without positives or without negatives.
 * @see REFERENCES.md#hanley-mcneil-1982
 */
export function auc(bins: readonly ScoreBin[]): number | null {
  const { positives, negatives } = binTotals(bins);
  if (positives === 0 || negatives === 0) return null;
  let negativesBelow = 0;
  let area = 0;
  for (const bin of mergeBins(bins)) {
    area += (bin.positives / positives) * ((negativesBelow + bin.negatives / 2) / negatives);
    negativesBelow += bin.negatives;
  }
  return area;
}

/** An area under the curve with its interval. */
export interface AucEstimate {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly variance: number;
}
