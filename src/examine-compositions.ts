import { cellKey, indexByCell } from './domain/cell-key.ts';
import type { CountSource } from './engine/count-source.ts';
import type { MeasuredAssociation } from './evidence/associations.ts';
import { type AttackedValue, attackedValues } from './evidence/attacked-values.ts';
import { type CompositionEvidence, measureCompositions } from './evidence/compositions.ts';

/** Fewest labelled members of a composition; fewer show nothing that survives the correction for so many pairs. */
const SMALLEST_COMPOSITION = 20;

/** Combinations of a user and two of the user's segments that the search looks at. More would take minutes. */
const LARGEST_SEARCH = 60_000_000;

/** Searches all pairs of segments for those whose overlap, or difference, shows a trait that neither shows alone. */
export async function examineCompositions(
  source: CountSource,
  associations: readonly MeasuredAssociation[],
  { level, minCell }: { readonly level: number; readonly minCell: number },
): Promise<CompositionEvidence | undefined> {
  const { values } = attackedValues(associations);
  if (values.length === 0) return undefined;
  const smallest = Math.max(SMALLEST_COMPOSITION, minCell);
  const labels = values.map(({ trait, value }) => ({ trait, value, shuffle: 0 }));
  const counts = await source.countPairs(labels, { smallest, combinations: LARGEST_SEARCH });
  if (counts === undefined) return undefined;
  const rows = indexByCell(associations);
  const margins = (segment: string, value: AttackedValue): readonly [number, number] | undefined => {
    const table = rows.get(cellKey(segment, value.trait, value.value))?.table;
    return table === undefined ? undefined : [table.a, table.b];
  };
  return measureCompositions(counts, values, margins, { level, smallest });
}
