import { shareDifferences, sharePair } from './share-vectors.ts';

/** The largest difference of shares, and the value that shows it. */
export interface MaximumGap {
  readonly gap: number;
  /** 0-based position of the value; the first of several that tie. */
  readonly index: number;
}

/**
 * Finds the value whose share inside exceeds its share in the reference population by most: the rule that decided
 * whether a browser cohort was sensitive (gap > 0.1). Range [0, 1].
 *
 * An absolute gap is blind to rare values: a value of 2 % prevalence may reach 12 % (six times) before it shows.
 *
 * @returns `null` when either side holds nothing.
 * @see REFERENCES.md#medina-2021
 */
export function maximumPositiveGap(inside: readonly number[], reference: readonly number[]): MaximumGap | null {
  return largest(inside, reference, (difference) => difference);
}

/**
 * Finds the value whose share differs most from the reference population, in either direction. Range [0, 1].
 *
 * @returns `null` when either side holds nothing.
 */
export function maximumAbsoluteGap(inside: readonly number[], reference: readonly number[]): MaximumGap | null {
  return largest(inside, reference, Math.abs);
}

function largest(
  inside: readonly number[],
  reference: readonly number[],
  size: (difference: number) => number,
): MaximumGap | null {
  const pair = sharePair(inside, reference);
  if (pair === null) return null;
  let best: MaximumGap = { gap: Number.NEGATIVE_INFINITY, index: 0 };
  shareDifferences(pair).forEach((difference, index) => {
    const gap = size(difference);
    if (gap > best.gap) best = { gap, index };
  });
  return best;
}
