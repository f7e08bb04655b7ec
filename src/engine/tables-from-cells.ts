import { compareText } from '../domain/order.ts';
import type { CellCount, PanelTotal, TableCount } from './count-source.ts';

/**
 * Completes the cells of an export to 2x2 tables: every segment against every trait value of the panel, in every stratum. A cell that
 * does not occur is a count of 0.
 *
 * @param segments - all segments, those without a panel member too
 * @param totals - panel members by trait, value and stratum
 * @param cells - panel members by segment, trait, value and stratum
 * @returns tables in code-unit order of trait, segment, value and stratum
 */
export function tablesFromCells(
  segments: readonly string[],
  totals: readonly PanelTotal[],
  cells: readonly CellCount[],
): readonly TableCount[] {
  const counts = new Map<string, Map<string, CellCount[]>>();
  for (const cell of cells) {
    const bySegment = counts.get(cell.trait) ?? new Map<string, CellCount[]>();
    counts.set(cell.trait, bySegment);
    const list = bySegment.get(cell.segment);
    if (list === undefined) bySegment.set(cell.segment, [cell]);
    else list.push(cell);
  }
  return [...groupTotals(totals)].flatMap(([trait, strata]) =>
    segments.flatMap((segment) => tablesOfSegment(segment, trait, strata, counts.get(trait)?.get(segment) ?? [])),
  );
}

/** Members by value, per stratum; both in code-unit order. */
type Strata = readonly {
  readonly stratum: string;
  readonly values: ReadonlyMap<string, number>;
  readonly total: number;
}[];

function groupTotals(totals: readonly PanelTotal[]): ReadonlyMap<string, Strata> {
  const sorted = [...totals].sort(
    (x, y) => compareText(x.trait, y.trait) || compareText(x.stratum, y.stratum) || compareText(x.value, y.value),
  );
  const valuesOf = new Map<string, Set<string>>();
  for (const { trait, value } of sorted) valuesOf.set(trait, (valuesOf.get(trait) ?? new Set()).add(value));
  const grouped = new Map<string, Map<string, Map<string, number>>>();
  for (const { trait, value, stratum, members } of sorted) {
    const strata = grouped.get(trait) ?? new Map<string, Map<string, number>>();
    grouped.set(trait, strata);
    const everyValue = [...(valuesOf.get(trait) ?? [])].sort(compareText).map((name) => [name, 0] as const);
    const values = strata.get(stratum) ?? new Map<string, number>(everyValue);
    strata.set(stratum, values.set(value, members));
  }
  return new Map(
    [...grouped].map(([trait, strata]) => [
      trait,
      [...strata].map(([stratum, values]) => ({
        stratum,
        values,
        total: [...values.values()].reduce((sum, n) => sum + n, 0),
      })),
    ]),
  );
}

function tablesOfSegment(segment: string, trait: string, strata: Strata, cells: readonly CellCount[]): TableCount[] {
  const tables = strata.flatMap(({ stratum, values, total }) => {
    const inside = new Map(cells.filter((cell) => cell.stratum === stratum).map((cell) => [cell.value, cell.members]));
    const members = [...inside.values()].reduce((sum, n) => sum + n, 0);
    return [...values].map(([value, withValue]) => {
      const inValue = inside.get(value) ?? 0;
      return {
        segment,
        trait,
        value,
        stratum,
        inValue,
        inOther: members - inValue,
        outValue: withValue - inValue,
        outOther: total - members - withValue + inValue,
      };
    });
  });
  return tables.sort((x, y) => compareText(x.value, y.value) || compareText(x.stratum, y.stratum));
}
