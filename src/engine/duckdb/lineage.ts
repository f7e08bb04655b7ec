import { AuditError } from '../../errors.ts';
import type { AssignmentFiles, ExportCounts, LineageCounts, SegmentPair } from '../count-source.ts';
import { lineageOverlapsQuery } from '../sql/lineage-queries.ts';
import { type Database, toCount, toText } from './database.ts';
import { countNotUsed, readAssignments } from './load-membership.ts';
import { readFiles } from './row-file.ts';

/** Bits of the numbers of two segments up to which their counts are kept in an array. */
const PAIR_BITS = 22;

/**
 * Reads an earlier export into `earlier_membership(user_id, stranger, segment_id)` and counts what each of its segments has in common with each
 * of the later export. Users take over the numbers that the later export gave them; those that it does not hold keep their id as `stranger`.
 *
 * Runs after `loadMembership`.
 *
 * @param named - pairs whose overlap is wanted however small it is
 * @returns sizes of the earlier segments, and the overlaps that are large enough to mean anything: at least a quarter of the smaller segment
 * @throws {AuditError} E_INPUT_* when a file is broken
 */
export async function countLineage(
  database: Database,
  earlier: AssignmentFiles,
  { later, named }: { readonly later: Required<ExportCounts>; readonly named: readonly SegmentPair[] },
): Promise<LineageCounts> {
  const entries = await readAssignments(database, earlier, 'earlier_newest');
  await readFiles(
    database,
    'CREATE TEMP TABLE earlier_row AS SELECT u.user_id AS user_id, CASE WHEN u.user_id IS NULL THEN r.user_key END AS stranger, ' +
      `r.segment_key AS segment_key, r.head AS head, r.fault AS fault FROM (${entries}) r LEFT JOIN user_number u ON r.user_key = u.user_key`,
    earlier.files,
  );
  if (earlier.latestBy !== undefined) await database.execute('DROP TABLE earlier_newest');
  const rows = await requireUsableRows(database, earlier);
  const notUsed = await countNotUsed(
    database,
    'SELECT fault, COUNT(*) AS entries, SUM(head) AS heads FROM earlier_row GROUP BY fault',
  );
  await database.execute(
    'CREATE TYPE earlier_name AS ENUM (SELECT DISTINCT segment_key FROM earlier_row WHERE fault IS NULL ORDER BY segment_key)',
  );
  const [strangers] = await database.rows('SELECT COUNT(DISTINCT stranger) FROM earlier_row WHERE fault IS NULL');
  // Without the text of strangers, repeats are found in half the time; most exports have none.
  const who = toCount(strangers?.[0]) === 0 ? 'user_id' : 'user_id, stranger';
  await database.execute(
    `CREATE TEMP TABLE earlier_membership AS SELECT DISTINCT ${who}, CAST(segment_key AS earlier_name) AS segment_id ` +
      'FROM earlier_row WHERE fault IS NULL',
  );
  await database.execute('DROP TABLE earlier_row');
  await database.execute(
    'CREATE TEMP TABLE earlier_size AS SELECT segment_id, COUNT(*) AS members FROM earlier_membership GROUP BY segment_id',
  );
  await database.execute(
    'CREATE TEMP TABLE later_size AS SELECT segment_id, COUNT(*) AS members FROM membership GROUP BY segment_id',
  );
  const sizes = await database.rows('SELECT segment_id, members FROM earlier_size ORDER BY segment_id');
  // Counts of all pairs in one array, addressed by the numbers of both segments: half the time of a hash table, where the array is not too large.
  await database.execute(`SET perfect_ht_threshold = ${PAIR_BITS}`);
  const pairs = await database.rows(lineageOverlapsQuery(named));
  await database.execute('RESET perfect_ht_threshold');
  for (const table of ['earlier_membership', 'earlier_size', 'later_size']) {
    await database.execute(`DROP TABLE ${table}`);
  }
  return {
    rows,
    notUsed,
    users: later.users + toCount(strangers?.[0]),
    before: sizes.map(([segment, members]) => ({ segment: toText(segment), members: toCount(members) })),
    after: later.segments,
    overlaps: pairs.map(([before, after, members]) => ({
      before: toText(before),
      after: toText(after),
      members: toCount(members),
    })),
  };
}

/** Counts the rows, and makes sure that some name a user and a segment, and that none is damaged. */
async function requireUsableRows(database: Database, { files }: AssignmentFiles): Promise<number> {
  const [row] = await database.rows(
    'SELECT CAST(COALESCE(SUM(head), 0) AS BIGINT), COUNT(*) FILTER (WHERE fault IS NULL), ' +
      'COUNT(*) FILTER (WHERE contains(segment_key, chr(0)) OR contains(stranger, chr(0))) FROM earlier_row',
  );
  const [rows = 0, usable = 0, damaged = 0] = (row ?? []).map(toCount);
  const location = { file: files.map((file) => file.shown).join(', ') };
  if (damaged > 0) {
    throw new AuditError('E_INPUT_CSV', `${damaged} rows hold a NUL byte in the user or segment column.`, {
      location,
      hint: 'The file is damaged or is not text. Write it again from its source.',
    });
  }
  if (usable > 0) return rows;
  throw new AuditError('E_INPUT_EMPTY', 'No row of the earlier assignments names both a user and a segment.', {
    location,
  });
}
