import { compareText } from '../domain/order.ts';
import {
  type CellCount,
  type Moments,
  NO_MOMENTS,
  type PanelTotal,
  plusMoments,
  type TableCount,
} from './count-source.ts';

/** Members of one stratum by value; `null` holds those whose value is not known. */
type ByValue = Map<string | null, Moments>;
type ByStratum = Map<string, ByValue>;

/**
 * Completes the cells of an export to 2x2 tables: every segment against every known trait value of the panel, in every stratum. A cell
 * that does not occur is a count of 0.
 *
 * @param segments - all segments, those without a panel member too
 * @param totals - panel members by trait, value and stratum
 * @param cells - panel members by segment, trait, value and stratum
 * @returns tables in code-unit order of trait, the order of `segments`, then code-unit order of value and stratum
 */
export function tablesFromCells(
  segments: readonly string[],
  totals: readonly PanelTotal[],
  cells: readonly CellCount[],
): readonly TableCount[] {
  const panel = new Map<string, ByStratum>();
  for (const total of totals) add(mapAt(panel, total.trait), total);
  const inside = new Map<string, Map<string, ByStratum>>();
  for (const cell of cells) add(mapAt(mapAt(inside, cell.trait), cell.segment), cell);
  const tables: TableCount[] = [];
  for (const [trait, strata] of sorted(panel)) {
    const sums = sorted(strata).map(([stratum, values]) => ({ stratum, values, known: sumOfKnown(values) }));
    const values = [...new Set(sums.flatMap((sum) => [...sum.values.keys()]))]
      .filter((value) => value !== null)
      .sort(compareText);
    for (const segment of segments) {
      const counts = inside.get(trait)?.get(segment);
      const members = sums.map(({ stratum }) => {
        const cellsHere = counts?.get(stratum) ?? new Map<string | null, Moments>();
        return { cells: cellsHere, known: sumOfKnown(cellsHere) };
      });
      for (const value of values) {
        sums.forEach((panelHere, index) => {
          const here = members[index] ?? { cells: new Map<string | null, Moments>(), known: NO_MOMENTS };
          const inValue = here.cells.get(value) ?? NO_MOMENTS;
          const inOther = minus(here.known, inValue);
          const outValue = minus(panelHere.values.get(value) ?? NO_MOMENTS, inValue);
          const inUnknown = here.cells.get(null)?.members ?? 0;
          tables.push({
            segment,
            trait,
            value,
            stratum: panelHere.stratum,
            inValue,
            inOther,
            outValue,
            outOther: minus(minus(minus(panelHere.known, inValue), inOther), outValue),
            inUnknown,
            outUnknown: (panelHere.values.get(null)?.members ?? 0) - inUnknown,
          });
        });
      }
    }
  }
  return tables;
}

function add(strata: ByStratum, { stratum, value, members, weight, squaredWeight }: PanelTotal): void {
  mapAt<string | null, Moments>(strata, stratum).set(value, { members, weight, squaredWeight });
}

function mapAt<Key, Value>(map: Map<string, Map<Key, Value>>, key: string): Map<Key, Value> {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = new Map<Key, Value>();
  map.set(key, made);
  return made;
}

function sorted<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort((x, y) => compareText(x[0], y[0]));
}

/** Adds up in code-unit order of the values, so that sums of weights never depend on the order of rows. */
function sumOfKnown(values: ByValue): Moments {
  const known = [...values].flatMap(([value, moments]): [string, Moments][] =>
    value === null ? [] : [[value, moments]],
  );
  return known
    .sort((x, y) => compareText(x[0], y[0]))
    .reduce((sum, [, moments]) => plusMoments(sum, moments), NO_MOMENTS);
}

/** Takes a part off; where nobody is left, no rounding error of the weights is left either. */
function minus(whole: Moments, part: Moments): Moments {
  const members = whole.members - part.members;
  if (members === 0) return NO_MOMENTS;
  return { members, weight: whole.weight - part.weight, squaredWeight: whole.squaredWeight - part.squaredWeight };
}
