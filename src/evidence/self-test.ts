import { groupBy } from '../domain/group-by.ts';
import type { Plant, TableCount } from '../engine/count-source.ts';
import { type MeasuredAssociation, measureAssociations } from './associations.ts';
import type { TestedRun } from './multiplicity.ts';
import { type TestedAssociation, TestedRow } from './tested-row.ts';

/** Strengths that are planted: how many times as often users with the value join. */
export const PLANTED_STRENGTHS: readonly number[] = [1.25, 1.5, 2, 3, 4, 6, 8, 12];
/** Segments planted per strength. */
export const PLANTED_REPEATS = 5;
/** A strength counts as caught when at least this share of its segments is. */
export const CAUGHT_SHARE = 0.8;

/** Segments to plant for one trait value. */
export interface PlantSeries {
  readonly trait: string;
  readonly value: string;
  /** Labelled members a planted segment has without the signal. */
  readonly members: number;
  readonly plants: readonly Plant[];
}

/**
 * Plans the self-test: for every tested trait value, made-up segments of the median labelled size of the export, in each strength.
 */
export function planPlants(rows: readonly TestedAssociation[]): readonly PlantSeries[] {
  const groups = groupBy(rows, ({ trait, value }) => JSON.stringify([trait, value]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const sizes = group
      .map(({ table }) => table.a + table.b)
      .filter((size) => size > 0)
      .sort((x, y) => x - y);
    const members = sizes[Math.floor(sizes.length / 2)];
    if (first === undefined || members === undefined) return [];
    const { a, b, c, d } = first.table;
    const rate = members / (a + b + c + d);
    const strengths = PLANTED_STRENGTHS.filter((strength) => rate * strength <= 1);
    const plants = strengths.flatMap((strength) =>
      Array.from({ length: PLANTED_REPEATS }, (_, index) => ({
        id: `${first.trait}/${first.value}/${strength}/${index}`,
        trait: first.trait,
        value: first.value,
        rate,
        strength,
      })),
    );
    return [{ trait: first.trait, value: first.value, members, plants }];
  });
}

/**
 * Measures planted segments and takes them through the thresholds of the run they are planted into, as if they were part of it.
 */
export function testPlants(tables: readonly TableCount[], run: TestedRun): readonly TestedAssociation[] {
  const measured = tables.flatMap((table) =>
    measureAssociations([table], { protectedValues: new Map(), isWeighted: false }),
  );
  const none = new Float64Array(measured.length).fill(Number.NaN);
  const tests = {
    lnQValues: none,
    discoveries: Uint8Array.from(measured, (row) => (isDiscovery(row, run) ? 1 : 0)),
    detectableRatios: none,
    conditional: undefined,
  };
  return measured.map((row, place) => new TestedRow(row, tests, place));
}

function isDiscovery({ trait, lnPValue }: MeasuredAssociation, { discoveryLnP }: TestedRun): boolean {
  const threshold = discoveryLnP.get(trait) ?? discoveryLnP.get('') ?? 0;
  return lnPValue !== null && lnPValue <= threshold;
}
