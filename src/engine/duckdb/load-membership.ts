import { stat } from 'node:fs/promises';
import { compareText } from '../../domain/order.ts';
import { AuditError } from '../../errors.ts';
import type { AssignmentFiles, ExportCounts, RowFile } from '../count-source.ts';
import { segmentSizesQuery } from '../sql/queries.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { type Database, toCount, toText } from './database.ts';
import { readFiles, tableFunction } from './row-file.ts';

/** What a row of the relation `id` counts: the value of `GROUPING(user_key, segment_key)`. */
const KIND = { user: 1, segment: 2, file: 3 } as const;

/**
 * Reads the assignments into the relation `membership(user_id, segment_id[, score])`, each pair once, and counts them.
 *
 * The files are read twice: once for the distinct ids, which then become small numbers in the relations `user_number(user_key, user_id)` and
 * the type `segment_name`, and once for the pairs. That takes a fifth of the memory of keeping the text of every row, and about the same time.
 *
 * @throws {AuditError} E_INPUT_* when a file is broken; E_INPUT_EMPTY when no row can be used
 */
export async function loadMembership(database: Database, input: AssignmentFiles): Promise<ExportCounts> {
  const rows = assignmentRows(input);
  database.begin('reading assignments', await bytesOf(input.files));
  await readFiles(
    database,
    `CREATE TEMP TABLE id AS SELECT user_key, segment_key, file, usable, GROUPING(user_key, segment_key) AS kind, COUNT(*) AS occurrences ` +
      `FROM (SELECT *, user_key IS NOT NULL AND segment_key IS NOT NULL AS usable FROM (${rows})) ` +
      'GROUP BY GROUPING SETS ((user_key), (segment_key), (file, usable))',
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
  database.begin('collecting memberships', { count: summary.rows, unit: 'rows' });
  const pair = 'u.user_id AS user_id, CAST(a.segment_key AS segment_name) AS segment_id';
  const pairs = `FROM (${rows}) a JOIN user_number u ON a.user_key = u.user_key WHERE a.segment_key IS NOT NULL`;
  await readFiles(
    database,
    input.scoreColumn === undefined
      ? `CREATE TEMP TABLE membership AS SELECT DISTINCT ${pair} ${pairs}`
      : `CREATE TEMP TABLE membership AS SELECT ${pair}, MAX(a.score) AS score ${pairs} GROUP BY ALL`,
    input.files,
  );
  const sizes = await database.rows(segmentSizesQuery());
  if (sizes.length === 0) {
    throw new AuditError('E_INPUT_EMPTY', 'No assignment row names both a user and a segment.', {
      location: { file: input.files.map((file) => file.shown).join(', ') },
    });
  }
  const segments = sizes
    .map(([id, members]) => ({ segment: toText(id), members: toCount(members) }))
    .sort((a, b) => compareText(a.segment, b.segment));
  return {
    rows: summary.rows,
    rowsByFile,
    rowsWithoutUser: summary.rowsWithoutUser,
    rowsWithoutSegment: summary.rowsWithoutSegment,
    duplicateRows: summary.usableRows - segments.reduce((sum, { members }) => sum + members, 0),
    users: await countUsers(database, summary),
    segments,
  };
}

/** Size of files; a compressed one is smaller than what is read, but the share is the same. */
async function bytesOf(files: readonly RowFile[]): Promise<{ readonly count: number; readonly unit: 'bytes' }> {
  const sizes = await Promise.all(files.map(async ({ path }) => (await stat(path)).size));
  return { count: sizes.reduce((sum, size) => sum + size, 0), unit: 'bytes' };
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
  /** Rows that name both. */
  readonly usableRows: number;
  /** Distinct users, also those that are in no segment. */
  readonly users: number;
}

async function summarise(database: Database): Promise<RowSummary> {
  const ofUsers = `kind = ${KIND.user}`;
  const ofSegments = `kind = ${KIND.segment}`;
  const [summary] = await database.rows(
    `SELECT COALESCE(SUM(occurrences) FILTER (WHERE ${ofUsers}), 0), ` +
      `COALESCE(SUM(occurrences) FILTER (WHERE ${ofUsers} AND user_key IS NULL), 0), ` +
      `COALESCE(SUM(occurrences) FILTER (WHERE ${ofSegments} AND segment_key IS NULL), 0), ` +
      `COALESCE(SUM(occurrences) FILTER (WHERE kind = ${KIND.file} AND usable), 0), ` +
      `COUNT(*) FILTER (WHERE ${ofUsers} AND user_key IS NOT NULL) FROM id`,
  );
  const [rows = 0, rowsWithoutUser = 0, rowsWithoutSegment = 0, usableRows = 0, users = 0] = (summary ?? []).map(
    toCount,
  );
  return { rows, rowsWithoutUser, rowsWithoutSegment, usableRows, users };
}

/** Users that are in a segment. */
async function countUsers(database: Database, { users, rowsWithoutSegment }: RowSummary): Promise<number> {
  if (rowsWithoutSegment === 0) return users;
  const [row] = await database.rows('SELECT COUNT(DISTINCT user_id) FROM membership');
  return toCount(row?.[0]);
}

async function countRowsByFile(database: Database, files: number): Promise<readonly number[]> {
  const counts = await database.rows(`SELECT file, SUM(occurrences) FROM id WHERE kind = ${KIND.file} GROUP BY file`);
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
