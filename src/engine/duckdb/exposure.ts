import type { IdentifierShape } from '../../domain/exposure.ts';
import type { AssignmentFiles, ColumnShapes, ExportCounts, ExposureCounts } from '../count-source.ts';
import { DRAW_SEED, segmentColumnsOf } from '../count-source.ts';
import { identifierShape } from '../sql/identifier-shapes.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { type Database, toCount, toText } from './database.ts';
import { readFiles, relationOf } from './row-file.ts';

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
  counts: Required<ExportCounts>,
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

/** Memberships that an observer is taken to know of a user. */
const KNOWN_MEMBERSHIPS = [1, 2, 3];

/** Bits that are compared in all: drawn users times the users of the export. */
const LARGEST_COMPARISON = 2 ** 34;

/** Users whose bits stand in one bitmap, of 4 KiB, which the engine keeps in one piece. */
const BITMAP = 32_768;

/** Bitmaps of a segment that are made at a time: so few stay in the processor's cache. */
const BITMAPS_AT_ONCE = 8;

/** Most times that all memberships are gone through; of a larger export, more bitmaps are made at a time. */
const MOST_ROUNDS = 16;

/** Share of the engine's memory that the bitmaps may take. */
const MEMORY_SHARE = 1 / 8;

/**
 * Draws users, and of each one, two and three memberships (all, where there are fewer), and counts who else has them: the bits that the
 * segments' bitmaps of users have in common. Bitmaps are made for a part of the users at a time.
 */
async function countByMemberships(
  database: Database,
  { users }: Required<ExportCounts>,
): Promise<ExposureCounts['byMemberships']> {
  const drawn = Math.min(USERS_SAMPLED, Math.max(1, Math.floor(LARGEST_COMPARISON / (users + 1))));
  await database.execute(
    'CREATE TEMP TABLE drawn_user AS SELECT n.user_id AS user_id, n.user_key AS user_key FROM user_number n ' +
      `ORDER BY hash(n.user_key || ${quoteLiteral(`/${DRAW_SEED}`)}), n.user_key LIMIT ${drawn}`,
  );
  await database.execute(
    'CREATE TEMP TABLE drawn AS SELECT m.user_id AS user_id, m.segment_id AS segment_id, ' +
      "ROW_NUMBER() OVER (PARTITION BY m.user_id ORDER BY hash(d.user_key || '/' || CAST(m.segment_id AS VARCHAR)), m.segment_id) AS place " +
      'FROM membership m JOIN drawn_user d ON d.user_id = m.user_id',
  );
  await database.execute(
    `CREATE TEMP TABLE pick AS SELECT user_id${KNOWN_MEMBERSHIPS.map((place) => `, MAX(segment_id) FILTER (WHERE place = ${place}) AS s${place}`).join('')} ` +
      'FROM drawn GROUP BY user_id',
  );
  const [picked] = await database.rows('SELECT COUNT(*) FROM pick');
  await database.execute(
    'CREATE TEMP TABLE placed_user AS SELECT user_id, CAST(ROW_NUMBER() OVER (ORDER BY user_id) - 1 AS INTEGER) AS place FROM user_number',
  );
  await database.execute(
    `CREATE TEMP TABLE holder_count (user_id BIGINT${KNOWN_MEMBERSHIPS.map((known) => `, n${known} BIGINT`).join('')})`,
  );
  const atOnce = await usersAtOnce(database, users);
  for (let from = 0; from < users; from += atOnce) await countHolders(database, { from, to: from + atOnce - 1 });
  const sums = KNOWN_MEMBERSHIPS.map((known) => `COALESCE(SUM(n${known}), 0) AS n${known}`);
  const [unique] = await database.rows(
    `SELECT ${KNOWN_MEMBERSHIPS.map((known) => `COUNT(*) FILTER (WHERE n${known} = 1)`).join(', ')} ` +
      `FROM (SELECT ${sums.join(', ')} FROM holder_count GROUP BY user_id)`,
  );
  for (const table of ['drawn_user', 'drawn', 'pick', 'placed_user', 'holder_count'])
    await database.execute(`DROP TABLE ${table}`);
  return KNOWN_MEMBERSHIPS.map((memberships, index) => ({
    memberships,
    sampled: toCount(picked?.[0]),
    unique: toCount(unique?.[index]),
  }));
}

/** Segments whose bitmaps are needed. */
const COMPARED_SEGMENTS = `SELECT segment_id FROM drawn WHERE place <= ${KNOWN_MEMBERSHIPS.length}`;

/** How many users are compared at a time. */
async function usersAtOnce(database: Database, users: number): Promise<number> {
  const [row] = await database.rows(`SELECT COUNT(DISTINCT segment_id) FROM (${COMPARED_SEGMENTS})`);
  const wanted = Math.max(BITMAPS_AT_ONCE, Math.ceil(users / MOST_ROUNDS / BITMAP));
  const bytesOfOne = (BITMAP / 8) * Math.max(1, toCount(row?.[0]));
  const fitting = Math.floor(((await database.memoryLimit()) * MEMORY_SHARE) / bytesOfOne);
  return BITMAP * Math.max(1, Math.min(wanted, fitting));
}

/** Adds the users of a range of places who have the first memberships of each drawn user. */
async function countHolders(
  database: Database,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  await database.execute(
    `CREATE OR REPLACE TEMP TABLE bitmap AS SELECT m.segment_id AS segment_id, u.place // ${BITMAP} AS part, bitstring_agg(u.place % ${BITMAP}, 0, ${BITMAP - 1}) AS members ` +
      `FROM membership m JOIN (SELECT user_id, place FROM placed_user WHERE place BETWEEN ${from} AND ${to}) u ON m.user_id = u.user_id ` +
      `WHERE m.segment_id IN (${COMPARED_SEGMENTS}) GROUP BY m.segment_id, part`,
  );
  const [, ...others] = KNOWN_MEMBERSHIPS;
  const joins = others.map(
    (place) => `LEFT JOIN bitmap d${place} ON d${place}.segment_id = p.s${place} AND d${place}.part = d1.part`,
  );
  // A user with fewer memberships has all of them known; one whose segment has nobody in this part shares it with nobody here.
  const shared = (known: number): string =>
    known === 1
      ? 'd1.members'
      : `CASE WHEN p.s${known} IS NULL THEN ${shared(known - 1)} ELSE ${shared(known - 1)} & d${known}.members END`;
  await database.execute(
    `INSERT INTO holder_count SELECT p.user_id${KNOWN_MEMBERSHIPS.map((known) => `, SUM(bit_count(${shared(known)}))`).join('')} ` +
      `FROM pick p JOIN bitmap d1 ON d1.segment_id = p.s1 ${joins.join(' ')} GROUP BY p.user_id`,
  );
  await database.execute('DROP TABLE bitmap');
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

async function otherColumnShapes(database: Database, assignments: AssignmentFiles): Promise<readonly ColumnShapes[]> {
  const { files, userColumn } = assignments;
  const [first, ...rest] = files;
  const known = new Set([userColumn, ...segmentColumnsOf(assignments)]);
  const columns = (first?.columns ?? [])
    .filter((column) => !known.has(column))
    .filter((column) => rest.every((file) => file.columns.includes(column)))
    .slice(0, COLUMNS_EXAMINED);
  const found: ColumnShapes[] = [];
  for (const column of columns) {
    const text = `NULLIF(CAST(${quoteIdentifier(column)} AS VARCHAR), '')`;
    const rows = files.map((file) => `SELECT ${text} AS value FROM ${relationOf(file)}`).join(' UNION ALL ');
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
