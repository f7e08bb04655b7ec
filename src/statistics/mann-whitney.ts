import { auc } from './auc.ts';
import { lnChiSquareSf } from './distributions.ts';
import { binTotals, mergeBins, type ScoreBin } from './score-bins.ts';

/** Rank test that the score is distributed alike in both groups. */
export interface MannWhitneyTest {
  /** Pairs (positive, negative) in which the positive scores higher, ties half. */
  readonly u: number;
  /** Standardised u; positive when members with the value score higher. */
  readonly z: number;
  /** Two-sided. */
  readonly pValue: number;
  readonly lnPValue: number;
}

/**
 * Tests whether members with and without the trait value score alike (AUC 0.5), by the normal approximation with the
 * variance corrected for ties and no continuity correction.
 *
 * @param bins - members per score, in any order.
 * @returns `null` when a group is empty or all scores are equal.
 * @see REFERENCES.md#mann-whitney-1947
 */
export function mannWhitneyTest(bins: readonly ScoreBin[]): MannWhitneyTest | null {
  const { positives, negatives } = binTotals(bins);
  const area = auc(bins);
  if (area === null) return null;
  const total = positives + negatives;
  // 1 - sum of (t^3 - t) / (N^3 - N) over ties, in shares of N so that counts of 1e9 do not overflow 2^53.
  let tied = 0;
  for (const bin of mergeBins(bins)) {
    const size = bin.positives + bin.negatives;
    tied += (size / total) * ((size - 1) / (total - 1)) * ((size + 1) / (total + 1));
  }
  const varianceOfArea = ((total + 1) * Math.max(0, 1 - tied)) / 12 / positives / negatives;
  if (tied >= 1 || varianceOfArea === 0) return null;
  const z = (area - 0.5) / Math.sqrt(varianceOfArea);
  const lnPValue = lnChiSquareSf(z * z, 1);
  return { u: area * positives * negatives, z, pValue: Math.exp(lnPValue), lnPValue };
}
