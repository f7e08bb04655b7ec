import type { TraitColumn } from '../count-source.ts';
import { quoteIdentifier, quoteLiteral } from './quote.ts';

/**
 * Every query that makes counts, in SQL that all engines share. They read two relations:
 *
 * - `membership(user_id, segment_id)`: each pair once;
 * - `panel(user_id, <one column per trait>, stratum, weight)`: each user once; unknown values are NULL, the weight is a decimal.
 */

const MOMENTS =
  'COUNT(*) AS members, CAST(SUM(p.weight) AS DOUBLE PRECISION) AS weight, ' +
  'CAST(SUM(p.weight * p.weight) AS DOUBLE PRECISION) AS squared_weight';

/** Members per segment: columns `segment_id, members`. */
export function segmentSizesQuery(): string {
  return 'SELECT segment_id, COUNT(*) AS members FROM membership GROUP BY segment_id';
}

/** Panel members by value and stratum of one trait: columns `value, stratum, members, weight, squared_weight`. */
export function panelTotalsQuery(trait: TraitColumn): string {
  const value = `p.${quoteIdentifier(trait.trait)}`;
  return `SELECT ${value} AS value, p.stratum AS stratum, ${MOMENTS} FROM panel p GROUP BY ${value}, p.stratum`;
}

/** Panel members by segment, value and stratum of one trait: columns `segment_id, value, stratum, members, weight, squared_weight`. */
export function cellsQuery(trait: TraitColumn): string {
  const value = `p.${quoteIdentifier(trait.trait)}`;
  return (
    `SELECT m.segment_id AS segment_id, ${value} AS value, p.stratum AS stratum, ${MOMENTS} ` +
    `FROM membership m JOIN panel p ON m.user_id = p.user_id GROUP BY m.segment_id, ${value}, p.stratum`
  );
}

/** The value of a trait as an SQL expression over the panel's own columns; NULL where it is not known. */
export function traitValue(trait: TraitColumn): string {
  switch (trait.kind) {
    case 'categorical':
      return knownCell(trait.column, trait.unknownValues);
    case 'banded':
      return bandOf(knownCell(trait.column, trait.unknownValues), trait.bands);
    case 'crossed':
      // Text joined with NULL is NULL, so the pair is known where both values are.
      return trait.of.map(traitValue).join(" || ' & ' || ");
  }
}

/** A column as text, its unknown values turned into NULL; they are compared without regard to letter case. */
function knownCell(column: string, unknownValues: readonly string[]): string {
  const cell = `CAST(${quoteIdentifier(column)} AS VARCHAR)`;
  const unknown = ['', ...unknownValues.map((value) => value.toLowerCase())].map(quoteLiteral).join(', ');
  return `CASE WHEN LOWER(${cell}) IN (${unknown}) THEN NULL ELSE ${cell} END`;
}

function bandOf(cell: string, bands: readonly number[]): string {
  const number = `TRY_CAST(${cell} AS DOUBLE PRECISION)`;
  const branches = bands.map((end, index) => {
    const start = bands[index - 1];
    return `WHEN ${number} < ${end} THEN ${quoteLiteral(start === undefined ? `under ${end}` : bandName(start, end))}`;
  });
  const last = bands.at(-1) ?? 0;
  return `(CASE WHEN ${number} IS NULL THEN NULL ${branches.join(' ')} ELSE ${quoteLiteral(`${last}+`)} END)`;
}

/** Bands of whole numbers are written as people do, both ends included: 18-24. */
function bandName(start: number, end: number): string {
  return Number.isInteger(start) && Number.isInteger(end) ? `${start}-${end - 1}` : `${start} to under ${end}`;
}
