import { stat } from 'node:fs/promises';
import { compareText } from '../../domain/order.ts';
import { AuditError } from '../../errors.ts';
import {
  type AssignmentFiles,
  type ExportCounts,
  NOT_USED_REASONS,
  type NotUsed,
  type NotUsedReason,
  type RowFile,
} from '../count-source.ts';
import { assignmentRowsQuery, newestQuery } from '../sql/assignment-rows.ts';
import { segmentSizesQuery } from '../sql/queries.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { collectIds } from './collect-ids.ts';
import { type Database, toCount, toText } from './database.ts';
import { NUL_HINT } from './refuse-nul.ts';
import { readFiles, relationOf } from './row-file.ts';
import { chooseUserNumber } from './user-numbers.ts';

/**
 * Reads the assignments into the relation `membership(user_id, segment_id[, score])`, each pair once, and counts them. Leaves the view
 * `user_number(user_key, user_id)` behind, which tells the number of every user that is in a segment.
 *
 * The files are read twice: once for the distinct ids (see `collectIds`), and once for the pairs, with a number in the place of the user's id and a value of the
 * type `segment_name` in the place of the segment's. That takes a fifth of the memory of keeping the text of every row, and about the same time.
 *
 * @throws {AuditError} E_INPUT_* when a file is broken; E_INPUT_EMPTY when no row can be used
 */
export async function loadMembership(database: Database, input: AssignmentFiles): Promise<Required<ExportCounts>> {
  const bytes = await bytesOf(input.files);
  database.begin('reading assignments', { count: bytes, unit: 'bytes' });
  const rows = await readAssignments(database, input, 'newest');
  await collectIds(database, rows, { files: input.files, bytes });
  const summary = await summarise(database);
  const rowsByFile = await countRowsByFile(database, input.files.length);
  const notUsed = await countNotUsed(
    database,
    'SELECT fault, SUM(entries) AS entries, SUM(entries * head) AS heads FROM id WHERE NOT is_user GROUP BY fault',
  );
  await refuseNul(database, input);
  const users = 'SELECT user_key FROM id WHERE is_user AND is_used AND user_key IS NOT NULL';
  const userNumber = await chooseUserNumber(database, users);
  await database.execute(
    `CREATE TEMP VIEW user_number AS SELECT user_key, ${userNumber('user_key')} AS user_id FROM (${users})`,
  );
  await database.execute(
    'CREATE TYPE segment_name AS ENUM (SELECT DISTINCT segment_key FROM id WHERE NOT is_user AND fault IS NULL ORDER BY segment_key)',
  );
  database.begin('collecting memberships', { count: summary.rows, unit: 'rows' });
  const pair = `${userNumber('a.user_key')} AS user_id, CAST(a.segment_key AS segment_name) AS segment_id`;
  const pairs = `FROM (${rows}) a WHERE a.fault IS NULL`;
  await readFiles(
    database,
    input.scoreColumn === undefined
      ? `CREATE TEMP TABLE membership AS SELECT DISTINCT ${pair} ${pairs}`
      : `CREATE TEMP TABLE membership AS SELECT ${pair}, MAX(a.score) AS score ${pairs} GROUP BY ALL`,
    input.files,
  );
  if (input.latestBy !== undefined) await database.execute('DROP TABLE newest');
  const sizes = await database.rows(segmentSizesQuery());
  if (sizes.length === 0) {
    throw new AuditError('E_INPUT_EMPTY', `No assignment row names both a user and a segment.${whyNone(notUsed)}`, {
      location: { file: input.files.map((file) => file.shown).join(', ') },
    });
  }
  const segments = sizes
    .map(([id, members]) => ({ segment: toText(id), members: toCount(members) }))
    .sort((a, b) => compareText(a.segment, b.segment));
  return {
    rows: summary.rows,
    rowsByFile,
    notUsed,
    duplicateRows: summary.memberships - segments.reduce((sum, { members }) => sum + members, 0),
    users: summary.users,
    segments,
  };
}

/** Bytes of all files, for the progress; a compressed file is smaller than what is read, but the share is the same. */
async function bytesOf(files: readonly RowFile[]): Promise<number> {
  // A file that is gone by now counts nothing here, and is told when it is read.
  const sizes = await Promise.all(
    files.map(({ path }) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * All entries of all files, as a query; see `assignmentRowsQuery`. Where only the newest rows of a user count, their times are read into a
 * relation first.
 *
 * @param newest - name for that relation
 * @throws {AuditError} E_INPUT_* when a file is broken
 */
export async function readAssignments(database: Database, input: AssignmentFiles, newest: string): Promise<string> {
  const { files, shape, userColumn, latestBy } = input;
  const forms = {
    ids: shape.kind === 'long' ? [userColumn, shape.column] : [userColumn],
    ...(shape.kind === 'list' ? { list: shape } : {}),
  };
  const relations = files.map((file) => relationOf(file, forms));
  if (latestBy === undefined) return assignmentRowsQuery(input, relations);
  const bare = files.map((file) => relationOf(file, { ids: [userColumn] }));
  await readFiles(
    database,
    `CREATE TEMP TABLE ${quoteIdentifier(newest)} AS ${newestQuery(input, bare, latestBy)}`,
    files,
  );
  return assignmentRowsQuery(input, relations, newest);
}

/** Adds up what is not used, by reason. What is wrong with a whole row counts the row once, whatever it lists. */
export async function countNotUsed(database: Database, faults: string): Promise<NotUsed> {
  const ofEntries: readonly NotUsedReason[] = ['no-segment', 'cell-unreadable'];
  const rows = await database.rows(
    `SELECT fault, CAST(SUM(entries) AS BIGINT), CAST(SUM(heads) AS BIGINT) FROM (${faults}) f WHERE fault IS NOT NULL GROUP BY fault ORDER BY fault`,
  );
  return Object.fromEntries(
    rows.flatMap(([code, entries, heads]) => {
      const reason = NOT_USED_REASONS[Number(code)];
      return reason === undefined ? [] : [[reason, toCount(ofEntries.includes(reason) ? entries : heads)]];
    }),
  );
}

/** In words, when nothing at all can be used for one other reason. */
function whyNone(notUsed: NotUsed): string {
  if ((notUsed['list-unreadable'] ?? 0) > 0)
    return ' No list can be read: it is no JSON array, and no separator is given.';
  if ((notUsed['below-threshold'] ?? 0) > 0) return ' Every score is below the threshold.';
  if ((notUsed['score-unreadable'] ?? 0) > 0) return ' No score can be read.';
  if ((notUsed['time-unreadable'] ?? 0) > 0) return ' No time can be read.';
  return '';
}

interface RowSummary {
  readonly rows: number;
  /** Entries that name a user and a segment and are used, repeated ones too. */
  readonly memberships: number;
  /** Distinct users that are in a segment. */
  readonly users: number;
}

async function summarise(database: Database): Promise<RowSummary> {
  const [summary] = await database.rows(
    'SELECT CAST(COALESCE(SUM(entries * head) FILTER (WHERE NOT is_user), 0) AS BIGINT), ' +
      'CAST(COALESCE(SUM(entries) FILTER (WHERE NOT is_user AND fault IS NULL), 0) AS BIGINT), ' +
      'COUNT(*) FILTER (WHERE is_user AND is_used AND user_key IS NOT NULL) FROM id',
  );
  const [rows = 0, memberships = 0, users = 0] = (summary ?? []).map(toCount);
  return { rows, memberships, users };
}

async function countRowsByFile(database: Database, files: number): Promise<readonly number[]> {
  const counts = await database.rows(
    'SELECT file, CAST(SUM(entries * head) AS BIGINT) FROM id WHERE NOT is_user GROUP BY file',
  );
  const byFile = new Map(counts.map(([file, rows]) => [Number(file), toCount(rows)]));
  return Array.from({ length: files }, (_, index) => byFile.get(index) ?? 0);
}

async function refuseNul(database: Database, input: AssignmentFiles): Promise<void> {
  const [row] = await database.rows(
    'SELECT CAST(COALESCE(SUM(entries), 0) AS BIGINT) FROM id WHERE contains(user_key, chr(0)) OR contains(segment_key, chr(0))',
  );
  const damaged = toCount(row?.[0]);
  if (damaged === 0) return;
  throw new AuditError(
    'E_INPUT_CSV',
    `${damaged} ${damaged === 1 ? 'row holds' : 'rows hold'} a NUL byte in the user or segment column.`,
    {
      location: { file: input.files.map((file) => file.shown).join(', ') },
      hint: NUL_HINT,
    },
  );
}
