/** Two groups of one population, and how many they have in common. */
export interface GroupOverlap {
  readonly overlap: number;
  readonly sizeA: number;
  readonly sizeB: number;
  /** Everybody who could be in either. */
  readonly population: number;
}

/** How far an overlap lies above chance. */
export interface OverlapAboveChance {
  /** Mean of the hypergeometric distribution. */
  readonly expected: number;
  /** Standard deviations above that mean; `null` when nothing can vary. */
  readonly z: number | null;
  /** (overlap - expected) / (largest possible overlap - expected): 0 by chance, 1 when one group holds the other, negative below chance. */
  readonly surplus: number | null;
}

/**
 * Compares an overlap with that of two independently drawn groups of the same sizes, which is hypergeometric: mean nA nB / N, variance
 * nA nB (N - nA)(N - nB) / (N^2 (N - 1)). The surplus is Loevinger's coefficient of homogeneity H for two items (Loevinger 1948).
 *
 * @param groups - whole numbers of people; each group at most the population
 */
export function hypergeometricOverlap({ overlap, sizeA, sizeB, population: n }: GroupOverlap): OverlapAboveChance {
  const expected = n === 0 ? 0 : (sizeA * sizeB) / n;
  const variance = n < 2 ? 0 : (((sizeA / n) * sizeB * (n - sizeA)) / n) * ((n - sizeB) / (n - 1));
  const most = Math.min(sizeA, sizeB) - expected;
  return {
    expected,
    z: variance > 0 ? (overlap - expected) / Math.sqrt(variance) : null,
    surplus: most > 0 ? (overlap - expected) / most : null,
  };
}
