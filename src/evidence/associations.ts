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
  const columns = new AssociationColumns(ordered, isWeighted);
  return Array.from({ length: columns.rows }, (_, row) => new MeasuredRow(columns, row));
}

/** What is known of all associations, by the number of the row: objects for two million rows in every layer take several GB. */
class AssociationColumns {
  readonly #segments: string[] = [];
  readonly #traits: string[] = [];
  readonly #values: string[] = [];
  /** Members whose value is not known, inside and outside of each row's segment. */
  readonly #unknown: Float64Array;
  readonly #twins: Twins;
  readonly #distinct: DistinctTables;
  readonly #numbers: Uint32Array;
  /** By number of the table. */
  readonly #effects: EffectColumns;
  /** By row, since weights differ where counts agree; undefined in a panel without weights. */
  readonly #weighted: { readonly effects: EffectColumns; readonly prevalences: Float64Array } | undefined;
  /** Of the rows with strata. */
  readonly #conditional = new Map<number, ConditionalAssociation>();
  /** @param tables - in order */
  constructor(tables: readonly TableCount[], isWeighted: boolean) {
    const most = tables.length;
    this.#unknown = new Float64Array(2 * most);
    this.#twins = twinValues(tables);
    this.#distinct = new DistinctTables(most);
    this.#numbers = new Uint32Array(most);
    this.#effects = new EffectColumns(most);
    this.#weighted = isWeighted ? { effects: new EffectColumns(most), prevalences: new Float64Array(most) } : undefined;
    for (let start = 0, end = 0; start < most; start = end) {
      end = endOfStrata(tables, start);
      this.#add(addStrata(tables, start, end), end - start < 2 ? [] : tables.slice(start, end));
    }
  }

  /** How many rows there are. */
  get rows(): number {
    return this.#segments.length;
  }

  /**
   * Measures one segment, trait and value.
   *
   * @param strata - the tables that add up to `sum`; none without strata
   */
  #add(sum: TableCount, strata: readonly TableCount[]): void {
    const row = this.rows;
    this.#segments.push(sum.segment);
    this.#traits.push(sum.trait);
    this.#values.push(sum.value);
    this.#unknown[2 * row] = sum.inUnknown;
    this.#unknown[2 * row + 1] = sum.outUnknown;
    const table = countsOf(sum);
    const known = this.#distinct.size;
    const number = this.#distinct.add(table);
    this.#numbers[row] = number;
    if (number === known) this.#effects.set(number, measureEffects(table));
    if (this.#weighted !== undefined) {
      this.#weighted.effects.set(row, measureWeightedEffects(sum));
      this.#weighted.prevalences[row] = prevalenceOf(sum);
    }
    if (strata.length > 0) this.#conditional.set(row, measureConditional(strata.map(countsOf)));
  }

  segment(row: number): string {
    return this.#segments[row] ?? '';
  }

  trait(row: number): string {
    return this.#traits[row] ?? '';
  }

  value(row: number): string {
    return this.#values[row] ?? '';
  }

  unknown(row: number): MeasuredAssociation['unknown'] {
    return { inside: this.#unknown[2 * row] ?? 0, outside: this.#unknown[2 * row + 1] ?? 0 };
  }

  twin(row: number): string | undefined {
    const twins = this.#twins.get(this.trait(row));
    return twins?.[twins[0] === this.value(row) ? 1 : 0];
  }

  tableNumber(row: number): number {
    return this.#numbers[row] ?? 0;
  }

  table(row: number): TwoByTwo {
    return this.#distinct.at(this.tableNumber(row));
  }

  /** The effects that count: the weighted ones in a weighted panel. */
  effects(row: number): StoredEffects {
    return this.#weighted === undefined ? this.counted(row) : new StoredEffects(this.#weighted.effects, row);
  }

  /** The effects without weights. */
  counted(row: number): StoredEffects {
    return new StoredEffects(this.#effects, this.tableNumber(row));
  }

  get isWeighted(): boolean {
    return this.#weighted !== undefined;
  }

  prevalence(row: number): number {
    if (this.#weighted !== undefined) return this.#weighted.prevalences[row] ?? 0;
    const { a, b, c, d } = this.table(row);
    return (a + c) / (a + c + b + d);
  }

  conditional(row: number): ConditionalAssociation | undefined {
    return this.#conditional.get(row);
  }
}

/** One row, read when asked for. */
class MeasuredRow implements MeasuredAssociation {
  readonly #columns: AssociationColumns;
  readonly #row: number;

  constructor(columns: AssociationColumns, row: number) {
    this.#columns = columns;
    this.#row = row;
  }

  get segment(): string {
    return this.#columns.segment(this.#row);
  }

  get trait(): string {
    return this.#columns.trait(this.#row);
  }

  get value(): string {
    return this.#columns.value(this.#row);
  }

  get table(): TwoByTwo {
    return this.#columns.table(this.#row);
  }

  get tableNumber(): number {
    return this.#columns.tableNumber(this.#row);
  }

  get prevalence(): number {
    return this.#columns.prevalence(this.#row);
  }

  get twin(): string | undefined {
    return this.#columns.twin(this.#row);
  }

  get conditional(): ConditionalAssociation | undefined {
    return this.#columns.conditional(this.#row);
  }

  get unknown(): MeasuredAssociation['unknown'] {
    return this.#columns.unknown(this.#row);
  }

  get unweighted(): Effects | undefined {
    return this.#columns.isWeighted ? this.#columns.counted(this.#row) : undefined;
  }

  get shareInside(): Effects['shareInside'] {
    return this.#columns.effects(this.#row).shareInside;
  }

  get shareOutside(): Effects['shareOutside'] {
    return this.#columns.effects(this.#row).shareOutside;
  }

  get representationRatio(): Effects['representationRatio'] {
    return this.#columns.effects(this.#row).representationRatio;
  }

  get riskDifference(): Effects['riskDifference'] {
    return this.#columns.effects(this.#row).riskDifference;
  }

  get oddsRatio(): Effects['oddsRatio'] {
    return this.#columns.effects(this.#row).oddsRatio;
  }

  get lift(): Effects['lift'] {
    return this.#columns.effects(this.#row).lift;
  }

  get phi(): Effects['phi'] {
    return this.#columns.effects(this.#row).phi;
  }

  get test(): Effects['test'] {
    return this.#columns.effects(this.#row).test;
  }

  get pValue(): Effects['pValue'] {
    return this.#columns.effects(this.#row).pValue;
  }

  get lnPValue(): Effects['lnPValue'] {
    return this.#columns.effects(this.#row).lnPValue;
  }

  get effectiveSize(): Effects['effectiveSize'] {
    return this.#columns.effects(this.#row).effectiveSize;
  }
}

function prevalenceOf({ inValue, inOther, outValue, outOther }: MomentsTable): number {
  const withValue = inValue.weight + outValue.weight;
  return withValue / (withValue + inOther.weight + outOther.weight);
}

/** The tables from one place to before another, which differ in the stratum alone, as one. */
function addStrata(tables: readonly TableCount[], start: number, end: number): TableCount {
  const only = tables[start];
  if (only === undefined) throw new RangeError(`there is no table at ${start}`);
  if (end === start + 1) return only;
  const strata = tables.slice(start, end);
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
type Twins = ReadonlyMap<string, readonly [string, string]>;

function twinValues(tables: readonly TableCount[]): Twins {
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
