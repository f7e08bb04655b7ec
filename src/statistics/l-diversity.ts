import { entropy } from './entropy.ts';

/** How many values of a trait a segment holds, counted and weighted by how common they are. */
export interface LDiversity {
  /** Number of values with at least one member. */
  readonly distinct: number;
  /** exp(entropy): the number of equally common values that would be as diverse. In [1, distinct]. */
  readonly entropyBased: number;
}

/**
 * Measures how diverse a segment is in a trait. 1 means that membership states the value.
 *
 * @param counts - counts or weights per trait value in the segment.
 * @returns `null` for a segment without labelled members.
 * @see REFERENCES.md#machanavajjhala-2007
 */
export function lDiversity(counts: readonly number[]): LDiversity | null {
  const distinct = counts.filter((count) => count > 0).length;
  return distinct === 0 ? null : { distinct, entropyBased: Math.exp(entropy(counts)) };
}
