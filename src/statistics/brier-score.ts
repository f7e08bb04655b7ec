import { binTotals, type ScoreBin } from './score-bins.ts';

/**
 * Computes the Brier score: the mean squared distance between a predicted probability and what is true. 0 is perfect;
 * predicting the base rate p for everybody gives p (1 - p).
 *
 * @param bins - members per predicted probability (the score, in [0, 1]).
 * @returns `null` for no members.
 * @see REFERENCES.md#brier-1950
 */
export function brierScore(bins: readonly ScoreBin[]): number | null {
  const { positives, negatives } = binTotals(bins);
  const total = positives + negatives;
  if (total === 0) return null;
  let squares = 0;
  for (const bin of bins) squares += bin.positives * (1 - bin.score) ** 2 + bin.negatives * bin.score ** 2;
  return squares / total;
}
