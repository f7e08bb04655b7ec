import { compareText } from '../../domain/order.ts';
import { AuditError } from '../../errors.ts';
import type { AssignmentFiles, ExportCounts } from '../count-source.ts';
import { segmentSizesQuery } from '../sql/queries.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { type Database, toCount, toText } from './database.ts';
import { readFiles, tableFunction } from './row-file.ts';

const USABLE = 'user_id IS NOT NULL AND segment_id IS NOT NULL';

/**
 * Reads the assignments into the relation `membership(user_id, segment_id)`, each pair once, and counts them.
 *
 * @throws {AuditError} E_INPUT_* when a file is broken; E_INPUT_EMPTY when no row can be used
 */
export async function loadMembership(database: Database, input: AssignmentFiles): Promise<ExportCounts> {
  const user = quoteIdentifier(input.userColumn);
  const segment = quoteIdentifier(input.segmentColumn);
  const score =
    input.scoreColumn === undefined ? '' : `, TRY_CAST(${quoteIdentifier(input.scoreColumn)} AS DOUBLE) AS score`;
  const selects = input.files.map(
    (file) =>
      `SELECT NULLIF(CAST(${user} AS VARCHAR), '') AS user_id, NULLIF(CAST(${segment} AS VARCHAR), '') AS segment_id${score} FROM ${tableFunction(file)}`,
  );
  await readFiles(database, `CREATE TEMP TABLE assignment AS ${selects.join(' UNION ALL ')}`, input.files);
  const [summary] = await database.rows(
    'SELECT COUNT(*), COUNT(*) FILTER (WHERE user_id IS NULL), COUNT(*) FILTER (WHERE segment_id IS NULL), ' +
      'COUNT(*) FILTER (WHERE user_id IS NOT NULL AND segment_id IS NOT NULL), ' +
      'COUNT(*) FILTER (WHERE contains(user_id, chr(0)) OR contains(segment_id, chr(0))) FROM assignment',
  );
  const [rows, rowsWithoutUser, rowsWithoutSegment, usable, withNul] = (summary ?? []).map(toCount);
  if ((withNul ?? 0) > 0) {
    throw new AuditError('E_INPUT_CSV', `${withNul} rows hold a NUL byte in the user or segment column.`, {
      location: { file: input.files.map((file) => file.shown).join(', ') },
      hint: 'The file is damaged or is not text. Write it again from its source.',
    });
  }
  await database.execute(
    input.scoreColumn === undefined
      ? `CREATE TEMP TABLE membership AS SELECT DISTINCT user_id, segment_id FROM assignment WHERE ${USABLE}`
      : `CREATE TEMP TABLE membership AS SELECT user_id, segment_id, MAX(score) AS score FROM assignment WHERE ${USABLE} GROUP BY user_id, segment_id`,
  );
  await database.execute('DROP TABLE assignment');
  const [distinct] = await database.rows('SELECT COUNT(*), COUNT(DISTINCT user_id) FROM membership');
  const sizes = await database.rows(segmentSizesQuery());
  return {
    rows: rows ?? 0,
    rowsWithoutUser: rowsWithoutUser ?? 0,
    rowsWithoutSegment: rowsWithoutSegment ?? 0,
    duplicateRows: (usable ?? 0) - toCount(distinct?.[0]),
    users: toCount(distinct?.[1]),
    segments: sizes
      .map(([id, members]) => ({ segment: toText(id), members: toCount(members) }))
      .sort((a, b) => compareText(a.segment, b.segment)),
  };
}
