import { compareText } from '../domain/order.ts';
import type { TableCount } from '../engine/count-source.ts';
import { testAssociation } from '../statistics/association-test.ts';
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
import { oddsRatioScoreInterval } from '../statistics/miettinen-nurminen-odds-ratio.ts';
import { representationRatioScoreInterval } from '../statistics/miettinen-nurminen-ratio.ts';
import { newcombeInterval } from '../statistics/newcombe.ts';
import type { TwoByTwo } from '../statistics/two-by-two.ts';
import { wilsonInterval } from '../statistics/wilson.ts';

/** An estimate with its 95 % interval. `null`: undefined. Ratios may be Infinity. */
export interface Estimate {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** One segment and trait value, as measured; counts are not yet hidden. */
export interface MeasuredAssociation {
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
  readonly table: TwoByTwo;
  readonly shareInside: Estimate;
  readonly shareOutside: Estimate;
  readonly representationRatio: Estimate;
  readonly riskDifference: Estimate;
  readonly oddsRatio: Estimate;
  readonly lift: number | null;
  readonly phi: number | null;
  /** `null` when a margin is empty: nothing can be tested. */
  readonly test: 'mid-p' | 'g' | null;
  readonly pValue: number | null;
  readonly lnPValue: number | null;
  /** Share of the panel that has the value; in [0, 1]. */
  readonly prevalence: number;
  /** The other value of a two-valued trait: its table is the same with the columns swapped, so both are one test. */
  readonly twin?: string;
}

/**
 * Measures every table, strata added up.
 *
 * @param tables - as a count source gives them, each segment, trait and value (and stratum) once
 * @param protectedValues - values to test by trait; a trait that is not here has all its values tested
 * @returns one row per segment, trait and value, in code-unit order of trait, segment and value
 */
export function measureAssociations(
  tables: readonly TableCount[],
  protectedValues: ReadonlyMap<string, readonly string[]>,
): readonly MeasuredAssociation[] {
  const marginal = addStrata(tables.filter(({ trait, value }) => protectedValues.get(trait)?.includes(value) ?? true));
  const twins = twinValues(marginal);
  return marginal.map(({ segment, trait, value, table }) => {
    const twin = twins.get(trait)?.find((other) => other !== value);
    return { segment, trait, value, ...measureTable(table), ...(twin === undefined ? {} : { twin }) };
  });
}

interface MarginalTable {
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
  readonly table: TwoByTwo;
}

function addStrata(tables: readonly TableCount[]): readonly MarginalTable[] {
  const sums = new Map<string, MarginalTable>();
  for (const { segment, trait, value, inValue, inOther, outValue, outOther } of tables) {
    const key = JSON.stringify([trait, segment, value]);
    const { a, b, c, d } = sums.get(key)?.table ?? { a: 0, b: 0, c: 0, d: 0 };
    sums.set(key, {
      segment,
      trait,
      value,
      table: { a: a + inValue, b: b + inOther, c: c + outValue, d: d + outOther },
    });
  }
  return [...sums.values()].sort(
    (x, y) => compareText(x.trait, y.trait) || compareText(x.segment, y.segment) || compareText(x.value, y.value),
  );
}

/** The values of each trait that has exactly two, which cover its whole panel. */
function twinValues(tables: readonly MarginalTable[]): ReadonlyMap<string, readonly [string, string]> {
  const panels = new Map<string, Map<string, TwoByTwo>>();
  for (const { trait, value, table } of tables) {
    const values = panels.get(trait) ?? new Map<string, TwoByTwo>();
    if (!values.has(value)) panels.set(trait, values.set(value, table));
  }
  const twins = new Map<string, readonly [string, string]>();
  for (const [trait, values] of panels) {
    const [first, second, third] = [...values];
    if (first === undefined || second === undefined || third !== undefined) continue;
    const [x, y] = [first[1], second[1]];
    if (x.a !== y.b || x.b !== y.a || x.c !== y.d || x.d !== y.c) continue;
    twins.set(trait, [first[0], second[0]]);
  }
  return twins;
}

/** Effect sizes, intervals and test of one table. */
export function measureTable(table: TwoByTwo): Omit<MeasuredAssociation, 'segment' | 'trait' | 'value'> {
  const { a, b, c, d } = table;
  const test = testAssociation(table);
  return {
    table,
    prevalence: (a + c) / (a + b + c + d),
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
  };
}

function withInterval(estimate: number | null, interval: Interval | null): Estimate {
  return { estimate, lower: interval?.lower ?? null, upper: interval?.upper ?? null };
}
