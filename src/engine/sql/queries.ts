import type { TraitColumn } from '../count-source.ts';
import { quoteIdentifier, quoteLiteral } from './quote.ts';

/**
 * Every query that makes counts, in SQL that all engines share. They read two relations:
 *
 * - `membership(user_id, segment_id)`: each pair once;
 * - `panel(user_id, <trait columns>, stratum)`: each user once; unknown values are NULL.
 */

/** Members per segment: columns `segment_id, members`. */
export function segmentSizesQuery(): string {
  return 'SELECT segment_id, COUNT(*) AS members FROM membership GROUP BY segment_id';
}

/** Panel members by value and stratum of one trait: columns `value, stratum, members`. */
export function panelTotalsQuery(trait: TraitColumn): string {
  const value = quoteIdentifier(trait.column);
  return (
    `SELECT ${value} AS value, stratum, COUNT(*) AS members FROM panel ` +
    `WHERE ${value} IS NOT NULL GROUP BY ${value}, stratum`
  );
}

/** Panel members by segment, value and stratum of one trait: columns `segment_id, value, stratum, members`. */
export function cellsQuery(trait: TraitColumn): string {
  const value = `p.${quoteIdentifier(trait.column)}`;
  return (
    `SELECT m.segment_id AS segment_id, ${value} AS value, p.stratum AS stratum, COUNT(*) AS members ` +
    `FROM membership m JOIN panel p ON m.user_id = p.user_id ` +
    `WHERE ${value} IS NOT NULL GROUP BY m.segment_id, ${value}, p.stratum`
  );
}

/** A trait column with its unknown values turned into NULL; they are compared without regard to letter case. */
export function knownValue(trait: TraitColumn): string {
  const column = `CAST(${quoteIdentifier(trait.column)} AS VARCHAR)`;
  const unknown = ['', ...trait.unknownValues.map((value) => value.toLowerCase())].map(quoteLiteral).join(', ');
  return `CASE WHEN LOWER(${column}) IN (${unknown}) THEN NULL ELSE ${column} END`;
}
