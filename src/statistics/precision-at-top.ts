import { binTotals, mergeBins, type ScoreBin } from './score-bins.ts';

/** What an attacker gets who takes the members with the highest scores. */
export interface TopShare {
  /** Members taken; a fraction of a member when the share asks for it. */
  readonly taken: number;
  /** Share of the taken who have the value. */
  readonly precision: number;
  /** Share of all members with the value who are among the taken. */
  readonly recall: number;
  /** Precision over the share in the whole panel; 1 means no gain. */
  readonly lift: number;
}

/**
 * Computes precision and recall among the top share of members by score. Where the cut falls inside a tie, the tied
 * members are taken in proportion, which is the mean over all orders of the tie.
 *
 * @param share - in (0, 1], e.g. 0.01 for the top 1 %.
 * @returns `null` without positives or for a share of 0.
 */
export function precisionAtTop(bins: readonly ScoreBin[], share: number): TopShare | null {
  const { positives, negatives } = binTotals(bins);
  const taken = share * (positives + negatives);
  if (!(positives > 0 && taken > 0)) return null;
  let left = taken;
  let caught = 0;
  for (const bin of mergeBins(bins).reverse()) {
    const size = bin.positives + bin.negatives;
    const fraction = Math.min(1, left / size);
    caught += fraction * bin.positives;
    left -= fraction * size;
    if (left <= 0) break;
  }
  const precision = caught / taken;
  return { taken, precision, recall: caught / positives, lift: precision / (positives / (positives + negatives)) };
}

/**
 * Computes the average precision: the mean of precision at each threshold, weighted by the recall that it adds. Its
 * value for a score that tells nothing is the share of positives, not 0.5. Ties are one threshold.
 *
 * @returns `null` without positives.
 * @see REFERENCES.md#davis-goadrich-2006
 */
export function averagePrecision(bins: readonly ScoreBin[]): number | null {
  const { positives } = binTotals(bins);
  if (positives === 0) return null;
  let caught = 0;
  let taken = 0;
  let total = 0;
  for (const bin of mergeBins(bins).reverse()) {
    caught += bin.positives;
    taken += bin.positives + bin.negatives;
    total += (bin.positives / positives) * (caught / taken);
  }
  return total;
}
