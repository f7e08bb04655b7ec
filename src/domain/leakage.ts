import type { IntervalEstimate } from './association.ts';

/** Id and name under which findings speak of all segments together. */
export const WHOLE_EXPORT: { readonly segment: string; readonly name: string } = {
  segment: 'traitleak:export',
  name: 'the whole export',
};

/** What an attacker gets who takes the users with the highest scores. `null` where a figure would tell about few people. */
export interface PrecisionAtTop {
  /** Share of the labelled users taken. */
  readonly share: number;
  /** Share of the taken who have the value. */
  readonly precision: number | null;
  /** Share of the users with the value who are among the taken. */
  readonly recall: number | null;
  /** Precision over the share in the panel: the gain over the base rate. */
  readonly lift: number | null;
}

/** A segment to drop, in order. */
export interface RemovalStep {
  readonly segment: string;
  /** A segment to coarsen it into instead, from its definition. */
  readonly parent: string | null;
  /** AUC when it and all before it are dropped. Hidden where the segment's own figures are. */
  readonly auc: IntervalEstimate;
  /**
   * AUC when it and all before it are coarsened into their parents instead, as far as they have any (see `docs/leakage.md`); `null` as long as
   * none of them has one.
   */
  readonly coarsenedAuc: IntervalEstimate | null;
}

/** How well the set of memberships tells a trait value. Figures are `null` when `suppressed`. */
export interface Leakage {
  readonly segment: string;
  readonly name: string;
  readonly trait: string;
  readonly value: string;
  /** The other value of a two-valued trait: the same attack finds it. */
  readonly twin: string | null;
  /** Labelled panel members with the value, and without it. */
  readonly members: { readonly withValue: number | null; readonly without: number | null };
  /** 0.5: the memberships tell nothing; 1: all. */
  readonly auc: IntervalEstimate;
  readonly aucByChance: {
    readonly mean: number | null;
    readonly upper: number | null;
    readonly method: 'shuffled' | 'analytic';
  };
  readonly precisionAtTop: readonly PrecisionAtTop[];
  /** How well the attack's probabilities agree with the truth: groups of equal width that may be shown, and the mean distance. */
  readonly calibration: {
    readonly expectedError: number | null;
    readonly groups: readonly { readonly predicted: number; readonly observed: number }[];
  };
  readonly brier: number | null;
  readonly bayesVulnerability: { readonly prior: number | null; readonly posterior: number | null };
  /** Segments that carry most of it: share of the distance between the mean scores of users with and without the value. */
  readonly drivers: readonly { readonly segment: string; readonly share: number | null }[];
  /** The same attack without the segments that rules flagged for the trait; `null` when none was. */
  readonly residual: { readonly segmentsDropped: number; readonly auc: IntervalEstimate } | null;
  /** AUC that a rule allows; `null` when no rule covers the trait. */
  readonly bound: number | null;
  /** Segments to drop until the estimated AUC is below the bound; empty when it needs none. */
  readonly removal: readonly RemovalStep[];
  /** Does the last step get below the bound? `null` without steps. */
  readonly removalSuffices: boolean | null;
  /** Does coarsening all of them get below the bound? `null` when none has a parent. */
  readonly coarseningSuffices: boolean | null;
  readonly suppressed: boolean;
}
