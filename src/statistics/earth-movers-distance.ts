import { shareDifferences, sharePair } from './share-vectors.ts';

/**
 * Computes the least work that turns one distribution over ordered values into another, when a step to the next value
 * costs 1 / (m - 1): the sum of absolute cumulative differences divided by m - 1. Range [0, 1].
 *
 * This is t-closeness for an ordinal trait such as an age band. For an unordered trait use `totalVariation`, which is
 * the same distance with every move costing 1.
 *
 * @param inside - counts or weights per value, in the order of the values.
 * @param reference - the same values in the reference population.
 * @returns `null` when either holds nothing; 0 for a single value.
 * @see REFERENCES.md#li-2007
 */
export function earthMoversDistance(inside: readonly number[], reference: readonly number[]): number | null {
  const pair = sharePair(inside, reference);
  if (pair === null) return null;
  const steps = pair.inside.length - 1;
  if (steps < 1) return 0;
  let cumulative = 0;
  let work = 0;
  for (const difference of shareDifferences(pair)) {
    cumulative += difference;
    work += Math.abs(cumulative);
  }
  return work / steps;
}
