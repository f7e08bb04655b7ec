import { AuditError } from '../../errors.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { type Database, toCount } from './database.ts';

/** Why rows with a NUL byte are refused: it is never part of a value. */
export const NUL_HINT = 'The file is damaged or is not text. Write it again from its source.';

/**
 * Refuses a relation in which a value holds a NUL byte.
 *
 * @param kind - what its rows are called, such as `panel`
 * @throws {AuditError} E_INPUT_CSV
 */
export async function refuseNulRows(
  database: Database,
  { relation, columns, kind, shown }: { relation: string; columns: readonly string[]; kind: string; shown: string },
): Promise<void> {
  const isDamaged = columns.map((column) => `contains(${quoteIdentifier(column)}, chr(0))`).join(' OR ');
  const [row] = await database.rows(`SELECT COUNT(*) FROM ${quoteIdentifier(relation)} WHERE ${isDamaged}`);
  const rows = toCount(row?.[0]);
  if (rows === 0) return;
  throw new AuditError('E_INPUT_CSV', `${rows} ${kind} ${rows === 1 ? 'row holds' : 'rows hold'} a NUL byte.`, {
    location: { file: shown },
    hint: NUL_HINT,
  });
}
