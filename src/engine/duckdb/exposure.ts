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
  { users }: ExportCounts,
): Promise<ExposureCounts> {
  const [sets] = await database.rows(
    'SELECT COUNT(*) FILTER (WHERE holders = 1) FROM (SELECT COUNT(*) AS holders FROM ' +
      '(SELECT BIT_XOR(hash(segment_id)) AS memberships, COUNT(*) AS size FROM membership GROUP BY user_id) GROUP BY memberships, size)',
  );
  return {
    users,
    uniqueUsers: toCount(sets?.[0]),
    byMemberships: await countByMemberships(database),
    columns: [
      await userColumnShapes(database, assignments.userColumn),
      ...(await otherColumnShapes(database, assignments)),
    ],
  };
}

/**
 * Draws users, and of each one, two and three memberships (all, where there are fewer), and counts who else has them. The smallest of the drawn
 * segments gives the candidates; the rest of their memberships is compared.
 */
async function countByMemberships(database: Database): Promise<ExposureCounts['byMemberships']> {
  await database.execute(
    'CREATE TEMP TABLE segment_size AS SELECT segment_id, COUNT(*) AS members FROM membership GROUP BY segment_id',
  );
  await database.execute(
    'CREATE TEMP TABLE user_segments AS SELECT user_id, LIST(segment_id) AS segments FROM membership GROUP BY user_id',
  );
  await database.execute(
    'CREATE TEMP TABLE drawn_user AS SELECT n.user_id AS user_id, n.user_key AS user_key FROM user_number n ' +
      'JOIN user_segments s ON s.user_id = n.user_id ' +
      `ORDER BY hash(n.user_key || ${quoteLiteral(`/${EXPOSURE_SEED}`)}), n.user_key LIMIT ${USERS_SAMPLED}`,
  );
  await database.execute(
    'CREATE TEMP TABLE drawn AS SELECT m.user_id AS user_id, m.segment_id AS segment_id, ' +
      "ROW_NUMBER() OVER (PARTITION BY m.user_id ORDER BY hash(d.user_key || '/' || CAST(m.segment_id AS VARCHAR)), m.segment_id) AS place " +
      'FROM membership m JOIN drawn_user d ON d.user_id = m.user_id',
  );
  await database.execute(
    'CREATE TEMP TABLE known AS SELECT d.user_id AS pick, k.memberships AS memberships, ' +
      'LIST(d.segment_id ORDER BY s.members, d.segment_id) AS segments FROM drawn d JOIN segment_size s ON s.segment_id = d.segment_id ' +
      'JOIN (VALUES (2), (3)) k(memberships) ON d.place <= k.memberships GROUP BY d.user_id, k.memberships',
  );
  // Who else has one membership is a matter of the segment's size.
  const one = await database.rows(
    'SELECT 1, COUNT(*), COUNT(*) FILTER (WHERE s.members = 1) FROM drawn d JOIN segment_size s ON s.segment_id = d.segment_id WHERE d.place = 1',
  );
  const more = await database.rows(
    'SELECT memberships, COUNT(*), COUNT(*) FILTER (WHERE holders = 1) FROM (' +
      'SELECT k.pick, k.memberships, COUNT(*) AS holders FROM membership m JOIN known k ON m.segment_id = k.segments[1] ' +
      'JOIN user_segments u ON u.user_id = m.user_id WHERE list_has_all(u.segments, k.segments) GROUP BY k.pick, k.memberships' +
      ') GROUP BY memberships ORDER BY memberships',
  );
  for (const table of ['segment_size', 'user_segments', 'drawn_user', 'drawn', 'known']) {
    await database.execute(`DROP TABLE ${table}`);
  }
  return [...one, ...more].map(([memberships, sampled, unique]) => ({
    memberships: toCount(memberships),
    sampled: toCount(sampled),
    unique: toCount(unique),
  }));
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
