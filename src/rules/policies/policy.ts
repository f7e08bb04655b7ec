import type { JsonSchema } from '../../documents/json-schema.ts';
import type { Verdict } from '../../domain/association.ts';
import type { EffectEstimate } from '../../statistics/effect-estimate.ts';

/** What a policy looks at: an association in the whole panel, or inside strata. */
export interface JudgedEffects {
  readonly representationRatio: EffectEstimate;
  readonly riskDifference: EffectEstimate;
  /** Share of the members that have the value; undefined limits inside strata, where it has no single value. */
  readonly shareInside: EffectEstimate;
  /** Share of the panel that has the value; in [0, 1]. */
  readonly prevalence: number;
  /** Does it survive the control of chance findings at the run's level? */
  readonly isDiscovery: boolean;
}

/** A verdict; the direction is given exactly when the verdict is `proxy`. */
export interface PolicyVerdict {
  readonly verdict: Verdict;
  readonly direction?: 'over' | 'under';
}

/** Thresholds of a rule, as its `when` holds them. */
export type PolicyThresholds = Readonly<Record<string, unknown>>;

/** A way to tell proxy, cleared and inconclusive apart. A new policy is one file and one line in `index.ts`. */
export interface Policy {
  /** Schema of each threshold, by the key it has in a rule's `when`. */
  readonly parameters: Readonly<Record<string, JsonSchema>>;
  judge(effects: JudgedEffects, when: PolicyThresholds): PolicyVerdict;
  /**
   * Representation ratio that the policy allows for a value of this prevalence: what `cleared` has to rule out. It tells how many labelled
   * members that takes.
   */
  largestRatio(prevalence: number, when: PolicyThresholds): number;
  /** Difference between the shares inside and outside that the policy allows too, where it bounds that. */
  largestGap?(when: PolicyThresholds): number;
  /** The policy with its thresholds, in plain words. */
  explain(when: PolicyThresholds): string;
}
