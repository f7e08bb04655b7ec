import { sum } from './contingency-table.ts';

/** Two distributions over the same values. */
export interface SharePair {
  readonly inside: readonly number[];
  readonly reference: readonly number[];
}

/**
 * Scales two lists of counts (or weights) over the same values to shares that sum to 1. A list that is shorter is
 * taken to end in zeros.
 *
 * @returns `null` when either list holds nothing: a distance to nothing is not defined.
 */
export function sharePair(inside: readonly number[], reference: readonly number[]): SharePair | null {
  const insideTotal = sum(inside);
  const referenceTotal = sum(reference);
  if (!(insideTotal > 0 && referenceTotal > 0)) return null;
  const shares: { inside: number[]; reference: number[] } = { inside: [], reference: [] };
  const length = Math.max(inside.length, reference.length);
  for (let index = 0; index < length; index += 1) {
    shares.inside.push((inside[index] ?? 0) / insideTotal);
    shares.reference.push((reference[index] ?? 0) / referenceTotal);
  }
  return shares;
}

/** Differences of shares, inside minus reference, value by value. */
export function shareDifferences(pair: SharePair): number[] {
  return pair.inside.map((share, index) => share - (pair.reference[index] ?? 0));
}
