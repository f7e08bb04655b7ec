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
 * How the association inside strata stands to that of the whole panel:
 *
 * - `explained`: a proxy in the whole panel, not inside strata. It leaks all the same;
 * - `remains`: a proxy in both, the same way;
 * - `reversed`: a proxy in both, in opposite directions (Simpson's paradox);
 * - `masked`: a proxy inside strata only.
 */
export type ConditionalRelation = 'explained' | 'remains' | 'reversed' | 'masked';

/** The association inside strata: Mantel-Haenszel estimates. */
export interface ConditionalView {
  /** Columns that make the strata. */
  readonly strata: readonly string[];
  readonly representationRatio: IntervalEstimate;
  readonly riskDifference: IntervalEstimate;
  readonly oddsRatio: IntervalEstimate;
  readonly pValue: number | null;
  readonly qValue: number | null;
  readonly homogeneityPValue: number | null;
  readonly informativeStrata: number | null;
  /** Do the two odds ratios lie on opposite sides of 1? */
  readonly reversed: boolean;
  readonly verdict: Verdict | null;
  readonly relation: ConditionalRelation | null;
}

/** What an unweighted panel would show. */
export interface UnweightedView {
  readonly shareInside: IntervalEstimate;
  readonly representationRatio: IntervalEstimate;
  readonly pValue: number | null;
}

/** How many of the panel's members have a known value, in and outside the segment, and what the unknown could change. */
export interface LabelCoverageView {
  readonly shareInside: number;
  readonly shareOutside: number;
  /** p-value that members in and outside the segment are labelled alike. */
  readonly pValue: number | null;
  /** Least and largest representation ratio over all ways to fill in the unknown values. */
  readonly worstCaseRatio: { readonly lower: JsonNumber; readonly upper: JsonNumber };
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
  readonly test: 'mid-p' | 'g' | 'rao-scott' | null;
  readonly pValue: number | null;
  readonly lnPValue: JsonNumber;
  readonly qValue: number | null;
  /** Smallest representation ratio above 1 that this panel would have detected with power 0.8. */
  readonly minimumDetectableRatio: JsonNumber;
  /** Labelled members at which the absence of a proxy could be shown; `null` unless the verdict is inconclusive. */
  readonly membersNeeded: number | null;
  /** Largest representation ratio that the rule behind the verdict allows, above 1; `null` without a rule, or when hidden. */
  readonly ratioBound: number | null;
  /** Kish's effective number of labelled members; `null` in an unweighted panel. */
  readonly effectiveSize: number | null;
  readonly unweighted: UnweightedView | null;
  readonly conditional: ConditionalView | null;
  /** `null` when every panel member has a known value. */
  readonly labelCoverage: LabelCoverageView | null;
  /** `null` when no association rule covers the trait. */
  readonly verdict: Verdict | null;
  /** True when counts and what would reveal them are hidden. */
  readonly suppressed: boolean;
}
