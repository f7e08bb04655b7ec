import type { RowFile } from '../count-source.ts';
import { type Database, toCount } from './database.ts';
import { readFiles } from './row-file.ts';

/** Memory that a distinct id takes while the ids are collected on two threads, besides its text. Measured with 20 million of them. */
const BYTES_OF_ID = 140;

/** Ids of up to this many bytes take no memory of their own. */
const INLINE_BYTES = 12;

/** Copies of a longer text that are in memory at a time. */
const COPIES_OF_TEXT = 2;

/** Share of the memory that the ids may take; the rest is for reading, and for what has been collected. */
const SHARE_OF_IDS = 0.7;

/** A file that is smaller than this share of the memory cannot hold more ids than fit: a row takes bytes too, packed ones fewer. */
const HARMLESS_SHARE = { plain: 0.1, packed: 0.02 };

/**
 * Collects the distinct ids of all rows in the relation `id(user_key, is_used, segment_key, file, fault, head, is_user, entries)`: users with
 * `is_user`, segments without. `entries` counts the rows of a segment; a user whose rows are all faulty is there, but not `is_used`.
 *
 * The engine keeps the text of groups in memory, whatever its limit. Where the users may be too many for that, their number is estimated first,
 * and they are collected in several readings, each of a part of them.
 *
 * @param rows - query; see `assignmentRowsQuery`
 * @throws {AuditError} E_INPUT_* when a file is broken
 */
export async function collectIds(
  database: Database,
  rows: string,
  { files, bytes }: { readonly files: readonly RowFile[]; readonly bytes: number },
): Promise<void> {
  const parts = await partsOfUsers(database, rows, { files, bytes });
  const entries = (part: number): string =>
    parts === 1
      ? 'SELECT *, fault IS NULL AS is_used'
      : `SELECT * REPLACE (CASE WHEN hash(user_key) % ${parts} = ${part} THEN user_key END AS user_key), fault IS NULL AS is_used`;
  // One aggregate and few groups: what a group of users carries is carried twenty million times.
  await readFiles(
    database,
    'CREATE TEMP TABLE id AS SELECT user_key, is_used, segment_key, file, fault, head, GROUPING(user_key) = 0 AS is_user, COUNT(*) AS entries ' +
      `FROM (${entries(0)} FROM (${rows})) GROUP BY GROUPING SETS ((user_key, is_used), (segment_key, file, fault, head))`,
    files,
  );
  for (let part = 1; part < parts; part++) {
    await readFiles(
      database,
      'INSERT INTO id BY NAME SELECT user_key, is_used, true AS is_user, COUNT(*) AS entries ' +
        `FROM (${entries(part)} FROM (${rows})) WHERE user_key IS NOT NULL GROUP BY user_key, is_used`,
      files,
    );
  }
}

/** How many parts the users have to be collected in. */
async function partsOfUsers(
  database: Database,
  rows: string,
  { files, bytes }: { readonly files: readonly RowFile[]; readonly bytes: number },
): Promise<number> {
  const isPacked = files.some(({ format, path }) => format === 'parquet' || /\.(gz|zst)$/i.test(path));
  const memory = await database.memoryLimit();
  if (bytes <= memory * (isPacked ? HARMLESS_SHARE.packed : HARMLESS_SHARE.plain)) return 1;
  await readFiles(
    database,
    'CREATE OR REPLACE TEMP TABLE id_estimate AS SELECT approx_count_distinct(user_key) AS users, ' +
      `COALESCE(AVG(strlen(user_key)), 0) AS length FROM (${rows})`,
    files,
  );
  const [estimate] = await database.rows(
    `SELECT users, CAST(users * (${BYTES_OF_ID} + CASE WHEN length > ${INLINE_BYTES} THEN ${COPIES_OF_TEXT} * length ELSE 0 END) AS BIGINT) FROM id_estimate`,
  );
  await database.execute('DROP TABLE id_estimate');
  return Math.max(1, Math.ceil(toCount(estimate?.[1]) / (memory * SHARE_OF_IDS)));
}
