import { sum } from './contingency-table.ts';
import { shareDifferences, sharePair } from './share-vectors.ts';

/**
 * Computes half the sum of absolute differences between two distributions: the largest difference in probability
 * that any set of values can show. Range [0, 1], 0 means the same distribution.
 *
 * This is t-closeness with the equal ground distance. Biased upwards in small segments, see
 * `expectedTotalVariation`.
 *
 * @param inside - counts or weights per trait value in the segment.
 * @param reference - counts or weights per trait value in the reference population, same order.
 * @returns `null` when either holds nothing.
 * @see REFERENCES.md#li-2007
 */
export function totalVariation(inside: readonly number[], reference: readonly number[]): number | null {
  const pair = sharePair(inside, reference);
  return pair && sum(shareDifferences(pair).map(Math.abs)) / 2;
}
