import type { AucEstimate } from '../statistics/auc.ts';
import type { AttackStrength } from './attack-strength.ts';

/** An AUC after dropping segments. */
export interface RemovalStep {
  readonly segment: string;
  readonly auc: AucEstimate;
  /** The same when the segments up to here are coarsened into their parents, as far as they have any; from the first that has one on. */
  readonly coarsened?: AucEstimate;
}

/** What the AUC would be if the memberships told nothing. */
export interface ChanceAuc {
  readonly mean: number;
  /** The largest of the shuffles, or the upper end of the interval that holds 95 % of the AUCs. */
  readonly upper: number;
  /** Labels shuffled and the attack trained again; or the normal limit of the rank sum, where the panel is too large for shuffles. */
  readonly method: 'shuffled' | 'analytic';
}

/** How well the set of memberships tells a trait value, measured on users that the attack was not trained on. */
export interface MeasuredLeakage extends AttackStrength {
  readonly trait: string;
  readonly value: string;
  /** The other value of a two-valued trait: the same attack finds it. */
  readonly twin?: string;
  /** Labelled panel members. */
  readonly positives: number;
  readonly negatives: number;
  readonly aucByChance: ChanceAuc;
  /** Segments that carry most of it, with their share of the distance between the two mean scores. */
  readonly drivers: readonly { readonly segment: string; readonly share: number }[];
  /** The same attack without the segments that rules flagged for the trait; undefined when none was. */
  readonly residual?: { readonly dropped: number; readonly auc: AucEstimate };
  /** The bound of the first rule that covers the trait. */
  readonly bound?: number;
  /** Segments to drop, in order, with the AUC after each; empty when the AUC is not beyond the bound. */
  readonly removal: readonly RemovalStep[];
}

/** A trait value that was not attacked, since too few labelled members have it or have it not. */
export interface SkippedAttack {
  readonly trait: string;
  readonly value: string;
}

/** Fewest labelled members on either side for an attack. */
export const SMALLEST_ATTACKED = 40;
