import { type Moments, NO_MOMENTS, plusMoments, type TableCount } from '../engine/count-source.ts';
import type { TwoByTwo } from '../statistics/two-by-two.ts';
import { endOfStrata, inCellOrder } from './cell-order.ts';
import { type ConditionalAssociation, measureConditional } from './conditional.ts';
import { DistinctTables } from './distinct-tables.ts';
import { EffectColumns, StoredEffects } from './effect-columns.ts';
import { type Effects, type MomentsTable, measureEffects, measureWeightedEffects } from './effects.ts';

/** One segment and trait value, as measured; counts are not yet hidden. */
export interface MeasuredAssociation extends Effects {
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
  /** Panel members, never weighted. */
  readonly table: TwoByTwo;
  /** Number of the table: the same for all rows of a run with equal tables, so that what follows from it is worked out once. */
  readonly tableNumber: number;
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
  const isAsked = ({ trait, value }: TableCount): boolean => protectedValues.get(trait)?.includes(value) ?? true;
  const ordered = inCellOrder(protectedValues.size === 0 ? tables : tables.filter(isAsked));
  const twins = twinValues(ordered);
  const distinct = new DistinctTables(ordered.length);
  const effects = new EffectColumns(ordered.length);
  const weightedEffects = isWeighted ? new EffectColumns(ordered.length) : undefined;
  const rows: MeasuredAssociation[] = [];
  for (let start = 0, end = 0; start < ordered.length; start = end) {
    end = endOfStrata(ordered, start);
    const sum = addStrata(ordered, start, end);
    const { segment, trait, value, inUnknown, outUnknown } = sum;
    const table = countsOf(sum);
    const known = distinct.size;
    const tableNumber = distinct.add(table);
    if (tableNumber === known) effects.set(tableNumber, measureEffects(table));
    const row = {
      segment,
      trait,
      value,
      twin: twins.get(trait)?.find((other) => other !== value),
      tables: distinct,
      tableNumber,
      effects,
      conditional: end - start < 2 ? undefined : measureConditional(ordered.slice(start, end).map(countsOf)),
      inUnknown,
      outUnknown,
    };
    if (weightedEffects === undefined) rows.push(new CountedRow(row));
    else {
      weightedEffects.set(rows.length, measureWeightedEffects(sum));
      rows.push(new WeightedRow(row, { effects: weightedEffects, row: rows.length, prevalence: prevalenceOf(sum) }));
    }
  }
  return rows;
}

interface RowParts {
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
  readonly twin: string | undefined;
  readonly tables: DistinctTables;
  readonly tableNumber: number;
  readonly effects: EffectColumns;
  readonly conditional: ConditionalAssociation | undefined;
  readonly inUnknown: number;
  readonly outUnknown: number;
}

/** An association in an unweighted panel: its figures follow from its table, and stand in columns. */
class CountedRow extends StoredEffects implements MeasuredAssociation {
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
  readonly twin: string | undefined;
  readonly tableNumber: number;
  readonly conditional: ConditionalAssociation | undefined;
  readonly #tables: DistinctTables;
  readonly #inUnknown: number;
  readonly #outUnknown: number;

  constructor(parts: RowParts, effects: EffectColumns = parts.effects, place: number = parts.tableNumber) {
    super(effects, place);
    this.segment = parts.segment;
    this.trait = parts.trait;
    this.value = parts.value;
    this.twin = parts.twin;
    this.tableNumber = parts.tableNumber;
    this.conditional = parts.conditional;
    this.#tables = parts.tables;
    this.#inUnknown = parts.inUnknown;
    this.#outUnknown = parts.outUnknown;
  }

  get table(): TwoByTwo {
    return this.#tables.at(this.tableNumber);
  }

  get prevalence(): number {
    const { a, b, c, d } = this.table;
    return (a + c) / (a + c + b + d);
  }

  get unweighted(): Effects | undefined {
    return undefined;
  }

  get unknown(): MeasuredAssociation['unknown'] {
    return { inside: this.#inUnknown, outside: this.#outUnknown };
  }
}

/** An association in a weighted panel, where rows with equal counts differ. */
class WeightedRow extends CountedRow {
  readonly #prevalence: number;
  readonly #unweighted: Effects;

  constructor(
    parts: RowParts,
    weighted: { readonly effects: EffectColumns; readonly row: number; readonly prevalence: number },
  ) {
    super(parts, weighted.effects, weighted.row);
    this.#prevalence = weighted.prevalence;
    this.#unweighted = new StoredEffects(parts.effects, parts.tableNumber);
  }

  override get prevalence(): number {
    return this.#prevalence;
  }

  override get unweighted(): Effects | undefined {
    return this.#unweighted;
  }
}

function prevalenceOf({ inValue, inOther, outValue, outOther }: MomentsTable): number {
  const withValue = inValue.weight + outValue.weight;
  return withValue / (withValue + inOther.weight + outOther.weight);
}

/** The tables from one place to before another, which differ in the stratum alone, as one. */
function addStrata(tables: readonly TableCount[], start: number, end: number): TableCount {
  const strata = tables.slice(start, end);
  const [only, second] = strata;
  if (only === undefined) throw new RangeError(`no table at ${start}`);
  if (second === undefined) return only;
  const sum = (part: (table: TableCount) => Moments): Moments => strata.map(part).reduce(plusMoments, NO_MOMENTS);
  return {
    segment: only.segment,
    trait: only.trait,
    value: only.value,
    stratum: '',
    inValue: sum((table) => table.inValue),
    inOther: sum((table) => table.inOther),
    outValue: sum((table) => table.outValue),
    outOther: sum((table) => table.outOther),
    inUnknown: strata.reduce((total, table) => total + table.inUnknown, 0),
    outUnknown: strata.reduce((total, table) => total + table.outUnknown, 0),
  };
}

function countsOf({ inValue, inOther, outValue, outOther }: MomentsTable): TwoByTwo {
  return { a: inValue.members, b: inOther.members, c: outValue.members, d: outOther.members };
}

/** The values of each trait that has exactly two, which cover its whole panel. */
function twinValues(tables: readonly TableCount[]): ReadonlyMap<string, readonly [string, string]> {
  const panels = new Map<string, Map<string, TwoByTwo>>();
  tables.forEach(({ trait, value }, start) => {
    const values = panels.get(trait) ?? new Map<string, TwoByTwo>();
    if (values.has(value)) return;
    const first = addStrata(tables, start, endOfStrata(tables, start));
    panels.set(trait, values.set(value, countsOf(first)));
  });
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
