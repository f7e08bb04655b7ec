import { deviance } from './saddle-point.ts';
import { sharePair } from './share-vectors.ts';

/**
 * Computes the Kullback-Leibler divergence of the segment from the reference population, in bits:
 * `sum of p log2(p / q)`. Range [0, Infinity], 0 means the same distribution.
 *
 * @returns `Infinity` when the segment holds a value that the reference population does not (no value is dropped:
 *   a value that one side alone holds is the strongest signal there is); `null` when either side holds nothing.
 * @see REFERENCES.md#kullback-leibler-1951
 */
export function kullbackLeiblerBits(inside: readonly number[], reference: readonly number[]): number | null {
  const pair = sharePair(inside, reference);
  return pair && divergence(pair.inside, pair.reference) / Math.LN2;
}

/** Kullback-Leibler divergence in nats of two lists of shares that each sum to 1. */
export function divergence(shares: readonly number[], reference: readonly number[]): number {
  let total = 0;
  shares.forEach((share, index) => {
    total += deviance(share, reference[index] ?? 0);
  });
  return total;
}
