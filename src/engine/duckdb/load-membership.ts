import { compareText } from '../../domain/order.ts';
import { AuditError } from '../../errors.ts';
import type { AssignmentFiles, ExportCounts } from '../count-source.ts';
import { segmentSizesQuery } from '../sql/queries.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { type Database, toCount, toText } from './database.ts';
import { readFiles, tableFunction } from './row-file.ts';

/** What a row of the relation `id` counts: the value of `GROUPING(user_key, segment_key)`. */
const KIND = { user: 1, segment: 2, file: 3 } as const;

/** Bits that finding repeated rows may take: one per user and segment. */
const LARGEST_BITMAP = 2 ** 32;

/**
 * Reads the assignments into the relation `membership(user_id, segment_id[, score])`, each pair once, and counts them.
 *
 * The files are read twice: once for the distinct ids, which then become small numbers in the relations `user_number(user_key, user_id)` and
 * the type `segment_name`, and once for the pairs. That takes a fifth of the memory of keeping the text of every row.
 *
 * @throws {AuditError} E_INPUT_* when a file is broken; E_INPUT_EMPTY when no row can be used
 */
export async function loadMembership(database: Database, input: AssignmentFiles): Promise<ExportCounts> {
  const rows = assignmentRows(input);
  await readFiles(
    database,
    `CREATE TEMP TABLE id AS SELECT user_key, segment_key, file, GROUPING(user_key, segment_key) AS kind, COUNT(*) AS occurrences ` +
      `FROM (${rows}) GROUP BY GROUPING SETS ((user_key), (segment_key), (file))`,
    input.files,
  );
  const summary = await summarise(database);
  const rowsByFile = await countRowsByFile(database, input.files.length);
  await refuseNul(database, input);
  await database.execute(
    'CREATE TEMP TABLE user_number AS SELECT user_key, CAST(ROW_NUMBER() OVER () AS INTEGER) AS user_id ' +
      `FROM id WHERE kind = ${KIND.user} AND user_key IS NOT NULL`,
  );
  await database.execute(
    `CREATE TYPE segment_name AS ENUM (SELECT segment_key FROM id WHERE kind = ${KIND.segment} AND segment_key IS NOT NULL ORDER BY segment_key)`,
  );
  await database.execute('DROP TABLE id');
  const score = input.scoreColumn === undefined ? '' : ', a.score AS score';
  await readFiles(
    database,
    `CREATE TEMP TABLE assignment AS SELECT u.user_id AS user_id, CAST(a.segment_key AS segment_name) AS segment_id${score} ` +
      `FROM (${rows}) a JOIN user_number u ON a.user_key = u.user_key WHERE a.segment_key IS NOT NULL`,
    input.files,
  );
  const duplicateRows = await dropRepeats(database, summary, input.scoreColumn !== undefined);
  const sizes = await database.rows(segmentSizesQuery());
  if (sizes.length === 0) {
    throw new AuditError('E_INPUT_EMPTY', 'No assignment row names both a user and a segment.', {
      location: { file: input.files.map((file) => file.shown).join(', ') },
    });
  }
  const [users] = await database.rows('SELECT COUNT(DISTINCT user_id) FROM membership');
  return {
    rows: summary.rows,
    rowsByFile,
    rowsWithoutUser: summary.rowsWithoutUser,
    rowsWithoutSegment: summary.rowsWithoutSegment,
    duplicateRows,
    users: toCount(users?.[0]),
    segments: sizes
      .map(([id, members]) => ({ segment: toText(id), members: toCount(members) }))
      .sort((a, b) => compareText(a.segment, b.segment)),
  };
}

/** All rows of all files: `user_key, segment_key, file[, score]`; the file is its position in the list. */
export function assignmentRows({ files, userColumn, segmentColumn, scoreColumn }: AssignmentFiles): string {
  const text = (column: string): string => `NULLIF(CAST(${quoteIdentifier(column)} AS VARCHAR), '')`;
  const score = scoreColumn === undefined ? '' : `, TRY_CAST(${quoteIdentifier(scoreColumn)} AS DOUBLE) AS score`;
  return files
    .map(
      (file, index) =>
        `SELECT ${text(userColumn)} AS user_key, ${text(segmentColumn)} AS segment_key, ${index} AS file${score} FROM ${tableFunction(file)}`,
    )
    .join(' UNION ALL ');
}

interface RowSummary {
  readonly rows: number;
  readonly rowsWithoutUser: number;
  readonly rowsWithoutSegment: number;
  readonly users: number;
  readonly segments: number;
}

async function summarise(database: Database): Promise<RowSummary> {
  const ofUsers = `kind = ${KIND.user}`;
  const ofSegments = `kind = ${KIND.segment}`;
  const [summary] = await database.rows(
    `SELECT COALESCE(SUM(occurrences) FILTER (WHERE ${ofUsers}), 0), ` +
      `COALESCE(SUM(occurrences) FILTER (WHERE ${ofUsers} AND user_key IS NULL), 0), ` +
      `COALESCE(SUM(occurrences) FILTER (WHERE ${ofSegments} AND segment_key IS NULL), 0), ` +
      `COUNT(*) FILTER (WHERE ${ofUsers}), COUNT(*) FILTER (WHERE ${ofSegments}) FROM id`,
  );
  const [rows = 0, rowsWithoutUser = 0, rowsWithoutSegment = 0, users = 0, segments = 0] = (summary ?? []).map(toCount);
  return { rows, rowsWithoutUser, rowsWithoutSegment, users, segments };
}

async function countRowsByFile(database: Database, files: number): Promise<readonly number[]> {
  const counts = await database.rows(`SELECT file, occurrences FROM id WHERE kind = ${KIND.file}`);
  const byFile = new Map(counts.map(([file, occurrences]) => [Number(file), toCount(occurrences)]));
  return Array.from({ length: files }, (_, index) => byFile.get(index) ?? 0);
}

async function refuseNul(database: Database, input: AssignmentFiles): Promise<void> {
  const [row] = await database.rows(
    'SELECT COALESCE(SUM(occurrences), 0) FROM id WHERE contains(user_key, chr(0)) OR contains(segment_key, chr(0))',
  );
  const damaged = toCount(row?.[0]);
  if (damaged === 0) return;
  throw new AuditError(
    'E_INPUT_CSV',
    `${damaged} ${damaged === 1 ? 'row holds' : 'rows hold'} a NUL byte in the user or segment column.`,
    {
      location: { file: input.files.map((file) => file.shown).join(', ') },
      hint: 'The file is damaged or is not text. Write it again from its source.',
    },
  );
}

/**
 * Turns `assignment` into `membership`, each pair once, and returns how many rows repeat an earlier one. Most exports repeat none, and a bitmap
 * of users per segment shows that in a fraction of the time and memory of a sort.
 */
async function dropRepeats(database: Database, { users, segments }: RowSummary, hasScore: boolean): Promise<number> {
  const [before] = await database.rows('SELECT COUNT(*) FROM assignment');
  const rows = toCount(before?.[0]);
  const isBitmapSmall = users * segments <= LARGEST_BITMAP;
  if (rows > 0 && isBitmapSmall && (await countPairs(database, users)) === rows) {
    await database.execute('ALTER TABLE assignment RENAME TO membership');
    return 0;
  }
  await database.execute(
    hasScore
      ? 'CREATE TEMP TABLE membership AS SELECT user_id, segment_id, MAX(score) AS score FROM assignment GROUP BY user_id, segment_id'
      : 'CREATE TEMP TABLE membership AS SELECT DISTINCT user_id, segment_id FROM assignment',
  );
  await database.execute('DROP TABLE assignment');
  const [after] = await database.rows('SELECT COUNT(*) FROM membership');
  return rows - toCount(after?.[0]);
}

/** Distinct pairs of user and segment. */
async function countPairs(database: Database, users: number): Promise<number> {
  const [row] = await database.rows(
    `SELECT CAST(SUM(members) AS BIGINT) FROM (SELECT bit_count(bitstring_agg(user_id, 0, ${users + 1})) AS members FROM assignment GROUP BY segment_id)`,
  );
  return toCount(row?.[0]);
}
