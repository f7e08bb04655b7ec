import { readFileSync } from 'node:fs';
import type { TwoByTwo } from '../../src/statistics/two-by-two.ts';

/** A number of the golden file: a string stands for infinity. */
export type GoldenNumber = number | 'Infinity';

/** Estimate, lower and upper limit. */
export type GoldenInterval = readonly [GoldenNumber, GoldenNumber, GoldenNumber];

/** Reference values computed at 50 digits by test/golden/tables-and-strata.py. */
export interface TablesGolden {
  readonly tables: readonly {
    readonly table: number[][];
    readonly chiSquare: number;
    readonly chiSquareLnP: number;
    readonly g: number;
    readonly gLnP: number;
    readonly mutualInformation: number;
    readonly cramersV: number;
    readonly biasCorrectedCramersV: number;
    readonly kullbackLeiblerBits: number[];
    readonly jensenShannonBits: number[];
  }[];
  readonly freemanHalton: readonly { readonly table: number[][]; readonly pValue: number }[];
  readonly chanceLevels: readonly {
    readonly rows: number[];
    readonly cols: number[];
    readonly mutualInformation: number;
    readonly cramersV: number;
  }[];
  readonly segmentChance: readonly {
    readonly population: number[];
    readonly size: number;
    readonly totalVariation: number;
    readonly kullbackLeiblerBits: number;
    readonly jensenShannonBits: number;
  }[];
  readonly strata: readonly {
    readonly name: string;
    readonly strata: TwoByTwo[];
    readonly cmh: number;
    readonly cmhLnP: number;
    readonly oddsRatio: GoldenInterval;
    readonly riskRatio: GoldenInterval;
    readonly riskDifference: GoldenInterval;
    readonly breslowDay: number;
    readonly breslowDayTarone: number;
  }[];
  readonly exactStrata: readonly {
    readonly strata: TwoByTwo[];
    readonly lnP: number;
    readonly lnMidP: number;
    readonly estimate: GoldenNumber;
    readonly exact: readonly [GoldenNumber, GoldenNumber];
    readonly midP: readonly [GoldenNumber, GoldenNumber];
  }[];
  readonly ranking: {
    readonly labels: number[];
    readonly scores: number[];
    readonly auc: number;
    readonly deLongVariance: number;
    readonly mannWhitneyP: number;
  };
  readonly power: readonly {
    readonly shareOutside: number;
    readonly difference: number;
    readonly inside: number;
    readonly outside: number;
    readonly alpha: number;
    readonly power: number;
  }[];
  readonly weighted: readonly {
    readonly weights: number[];
    readonly rows: number[];
    readonly cols: number[];
    readonly probabilities: number[];
    readonly share: number;
    readonly standardError: number;
    readonly kornGraubard: [number, number];
    readonly softRate: number;
    readonly softRateError: number;
    readonly softOther: number;
    readonly softOtherError: number;
    readonly softDisparityError: number;
    readonly raoScott: { readonly f: number; readonly df: number; readonly lnP: number };
  }[];
}

export const golden: TablesGolden = JSON.parse(
  readFileSync(new URL('../golden/tables-and-strata.json', import.meta.url), 'utf8'),
) as TablesGolden;

/** Relative distance of a value from its reference; 0 for equal infinities, Infinity when the value is not defined. */
export function relativeError(actual: number | null | undefined, expected: GoldenNumber): number {
  const target = Number(expected);
  if (actual === target) return 0;
  return actual === null || actual === undefined
    ? Number.POSITIVE_INFINITY
    : Math.abs(actual - target) / Math.max(Math.abs(target), 1e-300);
}
