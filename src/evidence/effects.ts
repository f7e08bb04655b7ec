import type { Moments } from '../engine/count-source.ts';
import { testAssociation } from '../statistics/association-test.ts';
import type { EffectEstimate } from '../statistics/effect-estimate.ts';
import {
  lift,
  oddsRatio,
  phiCoefficient,
  representationRatio,
  riskDifference,
  shareInside,
  shareOutside,
} from '../statistics/effect-sizes.ts';
import type { Interval } from '../statistics/interval.ts';
import { kishEffectiveSize } from '../statistics/kish.ts';
import { oddsRatioScoreInterval } from '../statistics/miettinen-nurminen-odds-ratio.ts';
import { representationRatioScoreInterval } from '../statistics/miettinen-nurminen-ratio.ts';
import { newcombeInterval } from '../statistics/newcombe.ts';
import { raoScottTestOfTable } from '../statistics/rao-scott.ts';
import type { TwoByTwo } from '../statistics/two-by-two.ts';
import { addCells, type WeightedCell } from '../statistics/weighted-cell.ts';
import {
  weightedOddsRatio,
  weightedRepresentationRatio,
  weightedRiskDifference,
} from '../statistics/weighted-effects.ts';
import { weightedRepresentationRatioLimits, weightedRiskDifferenceLimits } from '../statistics/weighted-mover.ts';
import { weightedShare } from '../statistics/weighted-share.ts';
import { kornGraubardInterval } from '../statistics/weighted-share-interval.ts';
import { wilsonInterval } from '../statistics/wilson.ts';

/** Effect sizes with their 95 % intervals, and the test of no association. `null`: undefined. Ratios may be Infinity. */
export interface Effects {
  readonly shareInside: EffectEstimate;
  readonly shareOutside: EffectEstimate;
  readonly representationRatio: EffectEstimate;
  readonly riskDifference: EffectEstimate;
  readonly oddsRatio: EffectEstimate;
  readonly lift: number | null;
  readonly phi: number | null;
  /** `null` when a margin is empty: nothing can be tested. */
  readonly test: 'mid-p' | 'g' | 'rao-scott' | null;
  readonly pValue: number | null;
  readonly lnPValue: number | null;
  /** Kish's effective number of labelled members in the segment; their number without weights. */
  readonly effectiveSize: number;
}

/** Measures a table of counts: Wilson, Newcombe and Miettinen-Nurminen intervals, mid-p or G test. */
export function measureEffects(table: TwoByTwo): Effects {
  const { a, b, c, d } = table;
  const test = testAssociation(table);
  return {
    shareInside: withInterval(shareInside(table), wilsonInterval(a, a + b)),
    shareOutside: withInterval(shareOutside(table), wilsonInterval(c, c + d)),
    representationRatio: withInterval(representationRatio(table), representationRatioScoreInterval(table)),
    riskDifference: withInterval(riskDifference(table), newcombeInterval(table)),
    oddsRatio: withInterval(oddsRatio(table), oddsRatioScoreInterval(table)),
    lift: lift(table),
    phi: phiCoefficient(table),
    test: test?.test ?? null,
    pValue: test?.pValue ?? null,
    lnPValue: test?.lnPValue ?? null,
    effectiveSize: a + b,
  };
}

/** A table of weighted members. */
export interface MomentsTable {
  readonly inValue: Moments;
  readonly inOther: Moments;
  readonly outValue: Moments;
  readonly outOther: Moments;
}

/** Measures a table of weighted members: linearised variances, Korn-Graubard intervals, Rao-Scott test. */
export function measureWeightedEffects(moments: MomentsTable): Effects {
  const table = {
    inValue: toCell(moments.inValue),
    inOther: toCell(moments.inOther),
    outValue: toCell(moments.outValue),
    outOther: toCell(moments.outOther),
  };
  const inside = addCells(table.inValue, table.inOther);
  const outside = addCells(table.outValue, table.outOther);
  const weights = {
    a: table.inValue.weight,
    b: table.inOther.weight,
    c: table.outValue.weight,
    d: table.outOther.weight,
  };
  const n = inside.n + outside.n;
  const test = raoScottTestOfTable(table);
  return {
    shareInside: shareWithInterval(table.inValue, table.inOther, n),
    shareOutside: shareWithInterval(table.outValue, table.outOther, n),
    representationRatio: withInterval(
      weightedRepresentationRatio(table).estimate,
      weightedRepresentationRatioLimits(table),
    ),
    riskDifference: withInterval(weightedRiskDifference(table).estimate, weightedRiskDifferenceLimits(table)),
    oddsRatio: weightedOddsRatio(table),
    lift: lift(weights),
    phi: phiCoefficient(weights),
    test: test === null ? null : 'rao-scott',
    pValue: test?.pValue ?? null,
    lnPValue: test?.lnPValue ?? null,
    effectiveSize: kishEffectiveSize(inside),
  };
}

function shareWithInterval(counted: WeightedCell, rest: WeightedCell, n: number): EffectEstimate {
  const share = weightedShare(counted, rest, n);
  return withInterval(
    share?.estimate ?? null,
    share === null ? null : kornGraubardInterval(share, { degreesOfFreedom: n - 1 }),
  );
}

function toCell({ members, weight, squaredWeight }: Moments): WeightedCell {
  return { n: members, weight, squaredWeight };
}

function withInterval(estimate: number | null, interval: Interval | null): EffectEstimate {
  return { estimate, lower: interval?.lower ?? null, upper: interval?.upper ?? null };
}
