import { breslowDayTest } from '../statistics/breslow-day.ts';
import { cochranMantelHaenszelTest } from '../statistics/cochran-mantel-haenszel.ts';
import type { EffectEstimate } from '../statistics/effect-estimate.ts';
import {
  mantelHaenszelOddsRatio,
  mantelHaenszelRiskDifference,
  mantelHaenszelRiskRatio,
} from '../statistics/mantel-haenszel.ts';
import { compareWithStrata } from '../statistics/simpson.ts';
import { isInformative, strataOf } from '../statistics/stratum.ts';
import { type TwoByTwo, transpose } from '../statistics/two-by-two.ts';

/** The association of a segment and a trait value inside strata, such as countries. */
export interface ConditionalAssociation {
  /** Mantel-Haenszel estimate of the ratio that is the same in all strata: users with the value over users without it, share in the segment. */
  readonly representationRatio: EffectEstimate;
  readonly riskDifference: EffectEstimate;
  readonly oddsRatio: EffectEstimate;
  /** Cochran-Mantel-Haenszel test without continuity correction; `null` when no stratum is informative. */
  readonly pValue: number | null;
  readonly lnPValue: number | null;
  /** Breslow-Day test with Tarone's adjustment that the odds ratio is the same in all strata; `null` when it cannot be made. */
  readonly homogeneityPValue: number | null;
  /** Strata with people on all four sides, and all strata. */
  readonly informativeStrata: number;
  readonly strata: number;
  /** Do margin and strata point to opposite sides of 1 (Simpson's paradox)? */
  readonly isReversed: boolean;
}

/** Measures the association inside strata. */
export function measureConditional(strata: readonly TwoByTwo[]): ConditionalAssociation {
  const test = cochranMantelHaenszelTest(strata);
  return {
    representationRatio: mantelHaenszelRiskRatio(strata.map(transpose)),
    riskDifference: mantelHaenszelRiskDifference(strata),
    oddsRatio: mantelHaenszelOddsRatio(strata),
    pValue: test?.pValue ?? null,
    lnPValue: test?.lnPValue ?? null,
    homogeneityPValue: breslowDayTest(strata)?.pValue ?? null,
    informativeStrata: strataOf(strata).filter(isInformative).length,
    strata: strata.length,
    isReversed: compareWithStrata(strata).estimatesReversed,
  };
}
