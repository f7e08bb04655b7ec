import { AuditError, messageOf } from '../../errors.ts';
import type { RowFile } from '../count-source.ts';
import { isBinary } from '../sql/assignment-rows.ts';
import { quoteFile, quoteIdentifier } from '../sql/quote.ts';
import { type Database, openDatabase, toCount, toText } from './database.ts';
import { readFiles, relationOf } from './row-file.ts';

/** A column of a Parquet file. */
export interface ParquetColumn {
  readonly name: string;
  /** As the engine calls it, such as `VARCHAR`, `BIGINT`, `DOUBLE` or `VARCHAR[]`. */
  readonly type: string;
}

/** What the cells of a column look like in the first rows. */
export interface CellSample {
  readonly column: string;
  /** Cells that hold something. */
  readonly filled: number;
  /** Of these, 0, 1, true or false. */
  readonly binary: number;
}

/** Rows that are looked at to see what a column holds. */
const ROWS_SAMPLED = 1000;

/** Columns that one query counts the cells of. */
const COLUMNS_AT_ONCE = 100;

/**
 * Columns of a Parquet file, in order.
 *
 * @throws {AuditError} E_INPUT_UNREADABLE when it is not Parquet
 */
export async function parquetColumns(path: string, shown: string): Promise<readonly ParquetColumn[]> {
  return ask(async (database) => {
    try {
      const rows = await database.rows(
        `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet(${quoteFile(path)}, binary_as_string = true, hive_partitioning = false))`,
      );
      return rows.map(([name, type]) => ({ name: toText(name), type: toText(type) }));
    } catch (cause) {
      const reason = messageOf(cause).split('\n', 1)[0];
      throw new AuditError('E_INPUT_UNREADABLE', `The file is not readable Parquet: ${reason}`, {
        location: { file: shown },
        cause,
      });
    }
  });
}

/**
 * Counts, in the first rows of a file, the cells that are a yes or a no.
 *
 * @throws {AuditError} E_INPUT_* when the file is broken
 */
export async function sampleCells(file: RowFile, columns: readonly string[]): Promise<readonly CellSample[]> {
  return ask(async (database) => {
    // The time that the engine plans for grows with the columns of a query times their number and the length of their names: a few at a
    // time, by short names, thousands are counted in a moment.
    const short = (index: number): string => `c${index}`;
    const cells = columns.map((column, index) => `${quoteIdentifier(column)} AS ${short(index)}`).join(', ');
    await readFiles(
      database,
      `CREATE TEMP TABLE cell_sample AS SELECT ${cells} FROM ${relationOf(file)} LIMIT ${ROWS_SAMPLED}`,
      [file],
    );
    const samples: CellSample[] = [];
    for (let from = 0; from < columns.length; from += COLUMNS_AT_ONCE) {
      const chunk = columns.slice(from, from + COLUMNS_AT_ONCE);
      const counts = chunk.map((_, index) => {
        const text = `NULLIF(${short(from + index)}, '')`;
        return `COUNT(${text}), COUNT(CASE WHEN ${isBinary(text)} THEN ${text} END)`;
      });
      const [row = []] = await database.rows(`SELECT ${counts.join(', ')} FROM cell_sample`);
      for (const [index, column] of chunk.entries())
        samples.push({ column, filled: toCount(row[2 * index]), binary: toCount(row[2 * index + 1]) });
    }
    return samples;
  });
}

/**
 * The first lines of a file that is compressed with Zstandard, which Node reads from 22.15 on only.
 *
 * @throws {AuditError} E_INPUT_UNREADABLE
 */
export async function firstLines(path: string, shown: string, lines: number): Promise<string> {
  return ask(async (database) => {
    try {
      const rows = await database.rows(
        `SELECT line FROM read_csv(${quoteFile(path)}, auto_detect = false, header = false, columns = {'line': 'VARCHAR'}, ` +
          `delim = '\\0', quote = '', escape = '', compression = 'zstd', hive_partitioning = false) LIMIT ${lines}`,
      );
      return rows.map(([line]) => `${line === null ? '' : toText(line)}\n`).join('');
    } catch (cause) {
      throw new AuditError('E_INPUT_UNREADABLE', 'The file cannot be decompressed, or is not UTF-8 text.', {
        location: { file: shown },
        hint: 'The file is truncated, damaged, or not compressed as its name says.',
        cause,
      });
    }
  });
}

async function ask<T>(question: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ threads: 1 });
  try {
    return await question(database);
  } finally {
    await database.close();
  }
}
