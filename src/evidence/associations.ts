import { compareText } from '../domain/order.ts';
import { type Moments, NO_MOMENTS, plusMoments, type TableCount } from '../engine/count-source.ts';
import type { TwoByTwo } from '../statistics/two-by-two.ts';
import { type ConditionalAssociation, measureConditional } from './conditional.ts';
import { type Effects, measureEffects, measureWeightedEffects } from './effects.ts';

/** One segment and trait value, as measured; counts are not yet hidden. */
export interface MeasuredAssociation extends Effects {
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
  /** Panel members, never weighted. */
  readonly table: TwoByTwo;
  /** Share of the panel that has the value (weighted if the panel is); in [0, 1]. */
  readonly prevalence: number;
  /** The other value of a two-valued trait: its table is the same with the columns swapped, so both are one test. */
  readonly twin: string | undefined;
  /** The association inside strata; without strata undefined. */
  readonly conditional: ConditionalAssociation | undefined;
  /** What an unweighted panel would show; without weights undefined. */
  readonly unweighted: Effects | undefined;
  /** Panel members in and outside the segment whose value is not known. */
  readonly unknown: { readonly inside: number; readonly outside: number };
}

/** How the tables are to be measured. */
export interface MeasureOptions {
  /** Values to test by trait; a trait that is not here has all its values tested. */
  readonly protectedValues: ReadonlyMap<string, readonly string[]>;
  /** Do the panel's members have sampling weights? */
  readonly isWeighted: boolean;
}

/**
 * Measures every table, strata added up and one by one.
 *
 * @param tables - as a count source gives them, each segment, trait, value and stratum once
 * @returns one row per segment, trait and value, in code-unit order of trait, segment and value
 */
export function measureAssociations(
  tables: readonly TableCount[],
  { protectedValues, isWeighted }: MeasureOptions,
): readonly MeasuredAssociation[] {
  const groups = groupStrata(tables.filter(({ trait, value }) => protectedValues.get(trait)?.includes(value) ?? true));
  const twins = twinValues(groups);
  return groups.map(({ segment, trait, value, strata }) => {
    const sum = addStrata(strata);
    const table = countsOf(sum);
    const twin = twins.get(trait)?.find((other) => other !== value);
    const effects = measureEffects(table);
    const withValue = sum.inValue.weight + sum.outValue.weight;
    const shown = isWeighted ? measureWeightedEffects(sum) : effects;
    // Every property by name: objects made by spreading take several times as long, which counts for a million rows.
    return {
      shareInside: shown.shareInside,
      shareOutside: shown.shareOutside,
      representationRatio: shown.representationRatio,
      riskDifference: shown.riskDifference,
      oddsRatio: shown.oddsRatio,
      lift: shown.lift,
      phi: shown.phi,
      test: shown.test,
      pValue: shown.pValue,
      lnPValue: shown.lnPValue,
      effectiveSize: shown.effectiveSize,
      segment,
      trait,
      value,
      table,
      prevalence: withValue / (withValue + sum.inOther.weight + sum.outOther.weight),
      twin,
      conditional: strata.length < 2 ? undefined : measureConditional(strata.map(countsOf)),
      unweighted: isWeighted ? effects : undefined,
      unknown: { inside: sum.inUnknown, outside: sum.outUnknown },
    };
  });
}

interface StrataGroup {
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
  readonly strata: readonly TableCount[];
}

function groupStrata(tables: readonly TableCount[]): readonly StrataGroup[] {
  // A source that gives them in order costs one comparison each.
  const ordered = tables.every((table, index) => compareTables(tables[index - 1] ?? table, table) <= 0)
    ? tables
    : [...tables].sort(compareTables);
  const groups: { segment: string; trait: string; value: string; strata: TableCount[] }[] = [];
  for (const table of ordered) {
    const { segment, trait, value } = table;
    const last = groups[groups.length - 1];
    if (last !== undefined && last.value === value && last.segment === segment && last.trait === trait) {
      last.strata.push(table);
    } else groups.push({ segment, trait, value, strata: [table] });
  }
  return groups;
}

function compareTables(x: TableCount, y: TableCount): number {
  return (
    compareText(x.trait, y.trait) ||
    compareText(x.segment, y.segment) ||
    compareText(x.value, y.value) ||
    compareText(x.stratum, y.stratum)
  );
}

type TableSums = Omit<TableCount, 'segment' | 'trait' | 'value' | 'stratum'>;

function addStrata(strata: readonly TableCount[]): TableSums {
  const [only, second] = strata;
  if (only !== undefined && second === undefined) return only;
  const sum = (part: (table: TableCount) => Moments): Moments => strata.map(part).reduce(plusMoments, NO_MOMENTS);
  return {
    inValue: sum((table) => table.inValue),
    inOther: sum((table) => table.inOther),
    outValue: sum((table) => table.outValue),
    outOther: sum((table) => table.outOther),
    inUnknown: strata.reduce((total, table) => total + table.inUnknown, 0),
    outUnknown: strata.reduce((total, table) => total + table.outUnknown, 0),
  };
}

function countsOf({ inValue, inOther, outValue, outOther }: TableSums): TwoByTwo {
  return { a: inValue.members, b: inOther.members, c: outValue.members, d: outOther.members };
}

/** The values of each trait that has exactly two, which cover its whole panel. */
function twinValues(groups: readonly StrataGroup[]): ReadonlyMap<string, readonly [string, string]> {
  const panels = new Map<string, Map<string, TwoByTwo>>();
  for (const { trait, value, strata } of groups) {
    const values = panels.get(trait) ?? new Map<string, TwoByTwo>();
    if (!values.has(value)) panels.set(trait, values.set(value, countsOf(addStrata(strata))));
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
