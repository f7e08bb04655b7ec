import { AuditError, messageOf } from '../../errors.ts';
import { quoteLiteral } from '../sql/quote.ts';
import { openDatabase, toText } from './database.ts';

/**
 * Names of a Parquet file's columns, in order.
 *
 * @throws {AuditError} E_INPUT_UNREADABLE when it is not Parquet
 */
export async function parquetColumns(path: string, shown: string): Promise<readonly string[]> {
  const database = await openDatabase();
  try {
    const rows = await database.rows(
      `SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet(${quoteLiteral(path)}))`,
    );
    return rows.map((row) => toText(row[0]));
  } catch (cause) {
    throw new AuditError(
      'E_INPUT_UNREADABLE',
      `The file is not readable Parquet: ${messageOf(cause).split('\n', 1)[0]}`,
      {
        location: { file: shown },
        cause,
      },
    );
  } finally {
    await database.close();
  }
}
