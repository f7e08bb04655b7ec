import type { JsonNumber } from './json.ts';

/** An estimate with the limits of its interval, in the form of results JSON. */
export interface IntervalEstimate {
  readonly estimate: JsonNumber;
  readonly lower: JsonNumber;
  readonly upper: JsonNumber;
}

/** What the panel shows about a segment and a trait value. */
export type Verdict = 'proxy' | 'cleared' | 'inconclusive';

/** Panel members by segment membership and trait value. `null` where a small cell, or what would reveal one, is hidden. */
export interface AssociationCounts {
  readonly inValue: number | null;
  readonly inOther: number | null;
  readonly outValue: number | null;
  readonly outOther: number | null;
}

/**
 * Everything measured about one segment and one trait value. Shares lie in [0, 1], ratios in [0, ∞]; 1 means no disparity for ratios,
 * 0 for differences. Undefined quantities are `null`.
 */
export interface Association {
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
  readonly counts: AssociationCounts;
  readonly shareInside: IntervalEstimate;
  readonly shareOutside: IntervalEstimate;
  readonly representationRatio: IntervalEstimate;
  readonly riskDifference: IntervalEstimate;
  readonly oddsRatio: IntervalEstimate;
  readonly lift: JsonNumber;
  readonly phi: JsonNumber;
  readonly test: 'mid-p' | 'g' | null;
  readonly pValue: number | null;
  readonly lnPValue: JsonNumber;
  readonly qValue: number | null;
  /** Smallest representation ratio above 1 that this panel would have detected with power 0.8. */
  readonly minimumDetectableRatio: JsonNumber;
  /** `null` when no association rule covers the trait. */
  readonly verdict: Verdict | null;
  /** True when counts and what would reveal them are hidden. */
  readonly suppressed: boolean;
}
