import type { IdentifierShape } from '../../domain/exposure.ts';
import type { AssignmentFiles, ColumnShapes, ExportCounts, ExposureCounts } from '../count-source.ts';
import { EXPOSURE_SEED } from '../count-source.ts';
import { identifierShape } from '../sql/identifier-shapes.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { type Database, toCount, toText } from './database.ts';
import { readFiles, tableFunction } from './row-file.ts';

/** Distinct values of a column that are looked at, and users whose memberships are drawn. */
const VALUES_SAMPLED = 10_000;
const USERS_SAMPLED = 1_000;

/** Most other columns that are looked at. */
const COLUMNS_EXAMINED = 20;

/**
 * Counts how far memberships single users out, and what identifiers look like. Samples are drawn by a hash of the value, so they do not depend on
 * the order of rows; values stay in the engine. Runs after `loadMembership`.
 */
export async function countExposure(
  database: Database,
  assignments: AssignmentFiles,
  counts: ExportCounts,
): Promise<ExposureCounts> {
  const [sets] = await database.rows(
    'SELECT COUNT(*) FILTER (WHERE holders = 1) FROM (SELECT COUNT(*) AS holders FROM ' +
      '(SELECT BIT_XOR(hash(segment_id)) AS memberships, COUNT(*) AS size FROM membership GROUP BY user_id) GROUP BY memberships, size)',
  );
  return {
    users: counts.users,
    uniqueUsers: toCount(sets?.[0]),
    byMemberships: await countByMemberships(database, counts),
    columns: [
      await userColumnShapes(database, assignments.userColumn),
      ...(await otherColumnShapes(database, assignments)),
    ],
  };
}

/** Bits that the members of all drawn segments may take. */
const LARGEST_BITMAP = 2 ** 32;

/** Memberships that an observer is taken to know of a user. */
const KNOWN_MEMBERSHIPS = [1, 2, 3];

/** Drawn users whose bitmaps are compared in one query; each takes a bit per user. */
const BATCH = 50;

/**
 * Draws users, and of each one, two and three memberships (all, where there are fewer), and counts who else has them: the bits that the
 * segments' bitmaps of users have in common.
 */
async function countByMemberships(
  database: Database,
  { users, segments }: ExportCounts,
): Promise<ExposureCounts['byMemberships']> {
  // One bit of a bitmap stands for one number of a user; numbers run from 1 to the number of users.
  const most = Math.max(1, Math.floor(LARGEST_BITMAP / (users + 2)));
  const drawn =
    segments.length <= most ? USERS_SAMPLED : Math.min(USERS_SAMPLED, Math.ceil(most / KNOWN_MEMBERSHIPS.length));
  await database.execute(
    'CREATE TEMP TABLE drawn_user AS SELECT n.user_id AS user_id, n.user_key AS user_key FROM user_number n ' +
      'JOIN (SELECT DISTINCT user_id FROM membership) m ON m.user_id = n.user_id ' +
      `ORDER BY hash(n.user_key || ${quoteLiteral(`/${EXPOSURE_SEED}`)}), n.user_key LIMIT ${drawn}`,
  );
  await database.execute(
    'CREATE TEMP TABLE drawn AS SELECT m.user_id AS user_id, m.segment_id AS segment_id, ' +
      "ROW_NUMBER() OVER (PARTITION BY m.user_id ORDER BY hash(d.user_key || '/' || CAST(m.segment_id AS VARCHAR)), m.segment_id) AS place " +
      'FROM membership m JOIN drawn_user d ON d.user_id = m.user_id',
  );
  await database.execute(
    `CREATE TEMP TABLE drawn_segment AS SELECT segment_id, bitstring_agg(user_id, 0, ${users + 1}) AS members FROM membership ` +
      `WHERE segment_id IN (SELECT segment_id FROM drawn WHERE place <= ${KNOWN_MEMBERSHIPS.length}) GROUP BY segment_id`,
  );
  await database.execute(
    'CREATE TEMP TABLE pick AS SELECT ROW_NUMBER() OVER (ORDER BY user_id) AS pick, ' +
      KNOWN_MEMBERSHIPS.map((place) => `MAX(segment_id) FILTER (WHERE place = ${place}) AS s${place}`).join(', ') +
      ' FROM drawn GROUP BY user_id',
  );
  const [row] = await database.rows('SELECT COUNT(*) FROM pick');
  const picks = toCount(row?.[0]);
  const counts: { memberships: number; sampled: number; unique: number }[] = [];
  for (const memberships of KNOWN_MEMBERSHIPS) {
    counts.push({ memberships, sampled: picks, unique: await countUnique(database, memberships, picks) });
  }
  for (const table of ['drawn_user', 'drawn', 'drawn_segment', 'pick']) await database.execute(`DROP TABLE ${table}`);
  return counts;
}

/** Drawn users that no other user shares the first memberships with. */
async function countUnique(database: Database, memberships: number, picks: number): Promise<number> {
  const places = KNOWN_MEMBERSHIPS.filter((place) => place <= memberships);
  const joins = places
    .map((place) => `LEFT JOIN drawn_segment d${place} ON d${place}.segment_id = p.s${place}`)
    .join(' ');
  const shared = places
    .map((place) => (place === 1 ? 'd1.members' : `COALESCE(d${place}.members, d1.members)`))
    .join(' & ');
  let unique = 0;
  for (let from = 1; from <= picks; from += BATCH) {
    const [row] = await database.rows(
      `SELECT COUNT(*) FROM (SELECT bit_count(${shared}) AS holders FROM pick p ${joins} ` +
        `WHERE p.pick BETWEEN ${from} AND ${from + BATCH - 1}) WHERE holders = 1`,
    );
    unique += toCount(row?.[0]);
  }
  return unique;
}

/** Integers are sequential when they fill at least this share of the numbers between the lowest and the highest. */
const DENSITY = 0.25;

async function userColumnShapes(database: Database, column: string): Promise<ColumnShapes> {
  const sample = `SELECT user_key AS value FROM user_number ORDER BY hash(user_key), user_key LIMIT ${VALUES_SAMPLED}`;
  const shapes = await countShapes(database, sample, { column, role: 'user' });
  const [row] = await database.rows(
    `SELECT COUNT(*) >= 2 AND COUNT(*) = COUNT(number) AND COUNT(*) >= ${DENSITY} * (MAX(number) - MIN(number) + 1) ` +
      "FROM (SELECT CASE WHEN regexp_full_match(user_key, '[0-9]{1,15}') THEN TRY_CAST(user_key AS HUGEINT) END AS number FROM user_number)",
  );
  if (row?.[0] !== true) return shapes;
  return { ...shapes, shapes: [...shapes.shapes, { shape: 'sequential', values: shapes.values }] };
}

async function otherColumnShapes(
  database: Database,
  { files, userColumn, segmentColumn }: AssignmentFiles,
): Promise<readonly ColumnShapes[]> {
  const [first, ...rest] = files;
  const columns = (first?.columns ?? [])
    .filter((column) => column !== userColumn && column !== segmentColumn)
    .filter((column) => rest.every((file) => file.columns.includes(column)))
    .slice(0, COLUMNS_EXAMINED);
  const found: ColumnShapes[] = [];
  for (const column of columns) {
    const text = `NULLIF(CAST(${quoteIdentifier(column)} AS VARCHAR), '')`;
    const rows = files.map((file) => `SELECT ${text} AS value FROM ${tableFunction(file)}`).join(' UNION ALL ');
    // The smallest hashes are the same values in any order of rows, and no more than these are kept at any time.
    await readFiles(
      database,
      `CREATE OR REPLACE TEMP TABLE column_sample AS SELECT value FROM (${rows}) WHERE value IS NOT NULL ORDER BY hash(value), value LIMIT ${VALUES_SAMPLED}`,
      files,
    );
    found.push(await countShapes(database, 'SELECT DISTINCT value FROM column_sample', { column, role: 'other' }));
    await database.execute('DROP TABLE column_sample');
  }
  return found;
}

async function countShapes(
  database: Database,
  sample: string,
  named: Pick<ColumnShapes, 'column' | 'role'>,
): Promise<ColumnShapes> {
  const rows = await database.rows(
    `SELECT shape, COUNT(*) FROM (SELECT ${identifierShape('value')} AS shape FROM (${sample})) GROUP BY shape ORDER BY shape`,
  );
  const shapes = rows.flatMap(([shape, values]) =>
    shape === null ? [] : [{ shape: toText(shape) as IdentifierShape, values: toCount(values) }],
  );
  return { ...named, values: rows.reduce((sum, row) => sum + toCount(row[1]), 0), shapes };
}
