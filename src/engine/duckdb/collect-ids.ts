import { AuditError } from '../../errors.ts';
import type { RowFile } from '../count-source.ts';
import type { Database } from './database.ts';
import { forgetRejects, readFiles } from './row-file.ts';

/** Memory that a distinct id takes while the ids are collected on two threads. Measured with 20 million of them. */
const BYTES_OF_ID = 140;

/** Bytes of a file that are taken to bring one more user: ten rows of a text file, which a packed one holds in a fourth. */
const BYTES_OF_USER = { plain: 200, packed: 50 };

/** Share of the memory that the ids may take; the rest is for reading, and for what has been collected. */
const SHARE_OF_IDS = 0.7;

/** Parts of which one that does not fit into memory is not worth another try. */
const MOST_PARTS = 64;

/**
 * Collects the distinct ids of all rows in the relation `id(user_key, is_used, segment_key, file, fault, head, is_user, entries)`: users with
 * `is_user`, segments without. `entries` counts the rows of a segment; a user whose rows are all faulty is there, but not `is_used`.
 *
 * The engine keeps the text of groups in memory, whatever its limit. Where the users may be too many for that, they are collected in several
 * readings, each of a part of them. How many there are is not known before; where the guess was too low, the parts become smaller.
 *
 * @param rows - query; see `assignmentRowsQuery`
 * @throws {AuditError} E_INPUT_* when a file is broken; E_MEMORY when even a small part of the users does not fit
 */
export async function collectIds(
  database: Database,
  rows: string,
  { files, bytes }: { readonly files: readonly RowFile[]; readonly bytes: number },
): Promise<void> {
  const isPacked = files.some(({ format, path }) => format === 'parquet' || /\.(gz|zst)$/i.test(path));
  const guess = (bytes / BYTES_OF_USER[isPacked ? 'packed' : 'plain']) * BYTES_OF_ID;
  let parts = Math.min(MOST_PARTS, Math.max(1, Math.ceil(guess / ((await database.memoryLimit()) * SHARE_OF_IDS))));
  for (;;) {
    try {
      await collectInParts(database, rows, { files, parts });
      return;
    } catch (error) {
      if (!(error instanceof AuditError) || error.code !== 'E_MEMORY' || parts >= MOST_PARTS) throw error;
      await database.execute('DROP TABLE IF EXISTS id');
      await forgetRejects(database);
      parts *= 2;
    }
  }
}

async function collectInParts(
  database: Database,
  rows: string,
  { files, parts }: { readonly files: readonly RowFile[]; readonly parts: number },
): Promise<void> {
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
