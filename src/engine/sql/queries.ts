import type { TraitColumn } from '../count-source.ts';
import { PSEUDO_PREFIX, pseudoSegmentId } from '../pseudo-segments.ts';
import type { Dialect } from './dialects/dialect.ts';
import { duckdb } from './dialects/duckdb.ts';
import { quoteIdentifier, quoteLiteral } from './quote.ts';

/**
 * Every query that makes counts, in SQL that all engines share. They read two relations:
 *
 * - `membership(user_id, segment_id[, score])`: each pair once;
 * - `panel(user_id, user_key, <one column per trait>, stratum, weight)`: each user once; unknown values are NULL, the weight is a decimal. The
 *   key is the id as text, for an order that does not depend on how an engine numbers users.
 * - `panel_membership(user_id, segment_id[, score])`: the memberships of panel users, which `panelMembershipQuery` selects.
 *
 * In every join the smaller relation stands last.
 */

/** Memberships of panel users: the columns of `membership`. */
export function panelMembershipQuery(): string {
  return 'SELECT m.* FROM membership m JOIN panel p ON m.user_id = p.user_id';
}

/** Panel users that are in a segment: column `users`. */
export function panelUsersInExportQuery(): string {
  return 'SELECT COUNT(DISTINCT user_id) AS users FROM panel_membership';
}

/**
 * Without weights only people are counted, which takes half the time. Sums of weights leave the engine as text: its own casts of long decimals to
 * floating point are not always the nearest.
 */
function moments(isWeighted: boolean): string {
  if (!isWeighted) return 'COUNT(*) AS members';
  return 'COUNT(*) AS members, CAST(SUM(p.weight) AS VARCHAR) AS weight, CAST(SUM(p.weight * p.weight) AS VARCHAR) AS squared_weight';
}

/** Members per segment: columns `segment_id, members`. */
export function segmentSizesQuery(): string {
  return 'SELECT segment_id, COUNT(*) AS members FROM membership GROUP BY segment_id';
}

/** Panel members by value and stratum of one trait: columns `value, stratum, members`, and `weight, squared_weight` of a weighted panel. */
export function panelTotalsQuery(trait: TraitColumn, isWeighted: boolean): string {
  const value = `p.${quoteIdentifier(trait.trait)}`;
  return `SELECT ${value} AS value, p.stratum AS stratum, ${moments(isWeighted)} FROM panel p GROUP BY ${value}, p.stratum`;
}

/**
 * Panel members by segment, value and stratum of one trait: columns `segment_id, value, stratum, members`, and `weight, squared_weight` of a
 * weighted panel.
 *
 * @param membership - relation to read instead of `panel_membership`
 */
export function cellsQuery(trait: TraitColumn, isWeighted: boolean, membership: string = 'panel_membership'): string {
  const value = `p.${quoteIdentifier(trait.trait)}`;
  return (
    `SELECT m.segment_id AS segment_id, ${value} AS value, p.stratum AS stratum, ${moments(isWeighted)} ` +
    `FROM ${quoteIdentifier(membership)} m JOIN panel p ON m.user_id = p.user_id GROUP BY m.segment_id, ${value}, p.stratum`
  );
}

/** Panel members that are in no segment: columns `user_id, segment_id`. */
export function noSegmentQuery(): string {
  return (
    `SELECT p.user_id AS user_id, ${quoteLiteral(pseudoSegmentId('no-segment', ''))} AS segment_id FROM panel p ` +
    'LEFT JOIN (SELECT DISTINCT user_id FROM panel_membership) m ON m.user_id = p.user_id WHERE m.user_id IS NULL'
  );
}

/** Panel members with more memberships than nine tenths of the panel have at most: columns `user_id, segment_id`. */
export function mostMembershipsQuery(): string {
  const counts =
    'SELECT p.user_id AS user_id, COALESCE(m.memberships, 0) AS memberships FROM panel p ' +
    'LEFT JOIN (SELECT user_id, COUNT(*) AS memberships FROM panel_membership GROUP BY user_id) m ON m.user_id = p.user_id';
  return (
    `WITH counts AS (${counts}) SELECT user_id, ${quoteLiteral(pseudoSegmentId('most-memberships', ''))} AS segment_id FROM counts ` +
    'WHERE memberships > (SELECT PERCENTILE_DISC(0.9) WITHIN GROUP (ORDER BY memberships) FROM counts)'
  );
}

/** Panel members of any of the segments: columns `user_id, segment_id`. */
export function flaggedQuery(segments: readonly string[]): string {
  return (
    `SELECT DISTINCT m.user_id AS user_id, ${quoteLiteral(pseudoSegmentId('flagged', ''))} AS segment_id FROM panel_membership m ` +
    `WHERE m.segment_id IN (${segments.map((segment) => quoteLiteral(segment)).join(', ')})`
  );
}

/** The tenth of each segment's panel members that has the highest scores: columns `user_id, segment_id`. */
export function topScoresQuery(): string {
  const ranked =
    'SELECT m.user_id AS user_id, m.segment_id AS segment_id, ' +
    'NTILE(10) OVER (PARTITION BY m.segment_id ORDER BY m.score DESC, p.user_key) AS tenth ' +
    'FROM panel_membership m JOIN panel p ON p.user_id = m.user_id WHERE m.score IS NOT NULL';
  return `SELECT user_id, ${quoteLiteral(`${PSEUDO_PREFIX}top-scores:`)} || segment_id AS segment_id FROM (${ranked}) ranked WHERE tenth = 1`;
}

/** Name of the panel's column for a probability. */
export function probabilityColumn(trait: string, value: string): string {
  return `p:${trait}:${value}`;
}

/** Weights are cut to six places here, so that products with squared probabilities fit a decimal of 38 digits. */
const probabilityMoments = (p: string): string => {
  const weight = 'CAST(p.weight AS DECIMAL(18, 6))';
  const sum = (term: string, name: string): string => `CAST(SUM(${term}) AS DOUBLE PRECISION) AS ${name}`;
  return [
    'COUNT(*) AS members',
    sum(weight, 'weight'),
    sum(`${weight} * ${p}`, 'weight_p'),
    sum(`${weight} * ${weight}`, 'squared_weight'),
    sum(`${weight} * ${weight} * ${p}`, 'squared_weight_p'),
    sum(`${weight} * ${weight} * ${p} * ${p}`, 'squared_weight_pp'),
  ].join(', ');
};

/** Moments of a probability over the whole panel. */
export function probabilityTotalsQuery(trait: string, value: string): string {
  const p = `p.${quoteIdentifier(probabilityColumn(trait, value))}`;
  return `SELECT ${probabilityMoments(p)} FROM panel p WHERE ${p} IS NOT NULL`;
}

/** Moments of a probability by segment: `segment_id` and the moments. */
export function probabilityCellsQuery(trait: string, value: string): string {
  const p = `p.${quoteIdentifier(probabilityColumn(trait, value))}`;
  return (
    `SELECT m.segment_id AS segment_id, ${probabilityMoments(p)} FROM panel_membership m JOIN panel p ON m.user_id = p.user_id ` +
    `WHERE ${p} IS NOT NULL GROUP BY m.segment_id`
  );
}

/** How columns of rows are written. */
export interface ColumnWriter {
  readonly dialect: Dialect;
  /** A column by its name, quoted. */
  readonly column: (name: string) => string;
}

const EMBEDDED: ColumnWriter = { dialect: duckdb, column: (name) => quoteIdentifier(name) };

/** The value of a trait as an SQL expression over the panel's own columns; NULL where it is not known. */
export function traitValue(trait: TraitColumn, writer: ColumnWriter = EMBEDDED): string {
  switch (trait.kind) {
    case 'categorical':
      return knownCell(trait.column, trait.unknownValues, writer);
    case 'banded':
      return bandOf(knownCell(trait.column, trait.unknownValues, writer), trait.bands, writer);
    case 'crossed':
      // Text joined with NULL is NULL, so the pair is known where both values are.
      return trait.of.map((one) => traitValue(one, writer)).join(" || ' & ' || ");
  }
}

/** A column as text, its unknown values turned into NULL; they are compared without regard to letter case. */
function knownCell(column: string, unknownValues: readonly string[], writer: ColumnWriter): string {
  const { dialect } = writer;
  const cell = dialect.text(writer.column(column));
  const unknown = ['', ...unknownValues.map((value) => value.toLowerCase())]
    .map((value) => quoteLiteral(value, dialect.quoting))
    .join(', ');
  return `CASE WHEN ${dialect.lower(cell)} IN (${unknown}) THEN NULL ELSE ${cell} END`;
}

/** What counts as a number in every dialect; casts alone differ in spaces, underscores, `NaN` and how much they hold. */
const NUMBER = '^ *[+-]?([0-9]{1,30}([.][0-9]{0,30})?|[.][0-9]{1,30})([eE][+-]?[0-9]{1,2})? *$';

/** A text as a floating-point number, NULL where it is none. */
export function numberOf(text: string, { matches, number }: Dialect): string {
  return `CASE WHEN ${matches(text, NUMBER)} THEN ${number(`TRIM(${text})`)} END`;
}

/** A text as an exact decimal with so many places, NULL where it is none. */
export function decimalOf(text: string, places: number, { matches, decimal }: Dialect): string {
  return `CASE WHEN ${matches(text, NUMBER)} THEN ${decimal(`TRIM(${text})`, places)} END`;
}

function bandOf(cell: string, bands: readonly number[], { dialect }: ColumnWriter): string {
  const number = numberOf(cell, dialect);
  const literal = (text: string): string => quoteLiteral(text, dialect.quoting);
  const branches = bands.map((end, index) => {
    const start = bands[index - 1];
    return `WHEN ${number} < ${end} THEN ${literal(start === undefined ? `under ${end}` : bandName(start, end))}`;
  });
  const last = bands.at(-1) ?? 0;
  return `(CASE WHEN ${number} IS NULL THEN NULL ${branches.join(' ')} ELSE ${literal(`${last}+`)} END)`;
}

/** Bands of whole numbers are written as people do, both ends included: 18-24. */
function bandName(start: number, end: number): string {
  return Number.isInteger(start) && Number.isInteger(end) ? `${start}-${end - 1}` : `${start} to under ${end}`;
}
