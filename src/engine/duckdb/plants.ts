import { DRAW_SEED, type PanelFile, type Plant, type TableCount } from '../count-source.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { type Database, toCount } from './database.ts';

/**
 * Draws made-up segments from the panel and counts them. A member's draw is a hash of the seed, the plant and the user id, so nothing is
 * stored and the order of rows does not matter.
 *
 * @param plants - their traits are columns of the panel
 * @returns one table per plant, in the order given, strata added up
 */
export async function countPlants(
  database: Database,
  panelFile: PanelFile,
  plants: readonly Plant[],
): Promise<readonly TableCount[]> {
  const known = new Set(panelFile.traits.map((trait) => trait.trait));
  const tables: TableCount[] = [];
  for (const plant of plants.filter(({ trait }) => known.has(trait))) {
    const column = quoteIdentifier(plant.trait);
    const hasValue = `${column} = ${quoteLiteral(plant.value)}`;
    const draw = `(hash(user_key || ${quoteLiteral(`/${DRAW_SEED}/${plant.id}`)}) / 18446744073709551616.0)`;
    const joins = `${draw} < CASE WHEN ${hasValue} THEN ${plant.rate * plant.strength} ELSE ${plant.rate} END`;
    const [row] = await database.rows(
      `SELECT COUNT(*) FILTER (WHERE ${joins} AND ${hasValue}), COUNT(*) FILTER (WHERE ${joins} AND NOT ${hasValue}), ` +
        `COUNT(*) FILTER (WHERE NOT (${joins}) AND ${hasValue}), COUNT(*) FILTER (WHERE NOT (${joins}) AND NOT ${hasValue}) ` +
        `FROM panel WHERE ${column} IS NOT NULL`,
    );
    const [inValue = 0, inOther = 0, outValue = 0, outOther = 0] = (row ?? []).map(toCount);
    const moments = (members: number): { members: number; weight: number; squaredWeight: number } => ({
      members,
      weight: members,
      squaredWeight: members,
    });
    tables.push({
      segment: plant.id,
      trait: plant.trait,
      value: plant.value,
      stratum: '',
      inValue: moments(inValue),
      inOther: moments(inOther),
      outValue: moments(outValue),
      outOther: moments(outOther),
      inUnknown: 0,
      outUnknown: 0,
    });
  }
  return tables;
}
