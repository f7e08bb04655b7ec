import type { JsonNumber } from './json.ts';

/**
 * How the values of one trait are spread in a segment against the whole panel. Distances lie in [0, 1] and are 0 where there is no
 * difference; each comes with its mean by chance in a segment of this size. `null` where a small cell, or what would reveal one, is hidden.
 */
export interface Distribution {
  readonly segment: string;
  readonly trait: string;
  /** Half the sum of the absolute differences of shares. */
  readonly totalVariation: number | null;
  readonly totalVariationByChance: number | null;
  readonly jensenShannonBits: number | null;
  readonly jensenShannonBitsByChance: number | null;
  /** Value whose share exceeds its share of the panel most, and by how much. */
  readonly maximumGap: { readonly value: string; readonly gap: number } | null;
  readonly mutualInformationBits: number | null;
  readonly mutualInformationBitsByChance: number | null;
  /** Mutual information over the entropy of the trait (Theil's U): the share of what there is to know that membership tells. */
  readonly uncertaintyCoefficient: number | null;
  /** Bias-corrected (Bergsma 2013). */
  readonly cramersV: number | null;
  readonly pValue: number | null;
  readonly lnPValue: JsonNumber;
  /** Chance of guessing a user's value right, without and with knowing membership. */
  readonly bayesVulnerability: { readonly prior: number; readonly posterior: number } | null;
  readonly suppressed: boolean;
}
