import { divergence } from './kullback-leibler.ts';
import { sharePair } from './share-vectors.ts';

/**
 * Computes the Jensen-Shannon divergence of two distributions in bits: the mean Kullback-Leibler divergence of both
 * from their midpoint. Range [0, 1], 0 means the same distribution, 1 that they share no value. Not its square root.
 *
 * @param inside - counts or weights per trait value in the segment.
 * @param reference - the same values in the reference population.
 * @returns `null` when either holds nothing.
 * @see REFERENCES.md#lin-1991
 */
export function jensenShannonBits(inside: readonly number[], reference: readonly number[]): number | null {
  const pair = sharePair(inside, reference);
  if (pair === null) return null;
  const midpoint = pair.inside.map((share, index) => (share + (pair.reference[index] ?? 0)) / 2);
  const nats = (divergence(pair.inside, midpoint) + divergence(pair.reference, midpoint)) / 2;
  return Math.min(1, nats / Math.LN2);
}
