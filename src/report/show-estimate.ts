import type { IntervalEstimate } from '../domain/association.ts';
import { toJsonNumber } from '../domain/json.ts';
import type { EffectEstimate } from '../statistics/effect-estimate.ts';

/** An estimate that is not shown. */
export const HIDDEN_ESTIMATE: IntervalEstimate = { estimate: null, lower: null, upper: null };

/** Brings an estimate into the form of results JSON. */
export function showEstimate({ estimate, lower, upper }: EffectEstimate): IntervalEstimate {
  return { estimate: toJsonNumber(estimate), lower: toJsonNumber(lower), upper: toJsonNumber(upper) };
}
