import type { RowFile } from '../engine/count-source.ts';
import { AuditError } from '../errors.ts';
import { mayBeData, shortened } from './column-list.ts';
import { guessDelimiter, parseHeader } from './csv-header.ts';
import { type FileHead, fileHead } from './file-head.ts';
import type { InputPath } from './input-path.ts';
import { jsonColumns } from './json-columns.ts';
import { partitionsOf } from './partition-folders.ts';
import { formatByName, type RowFormat, unknownFormat } from './row-format.ts';

/** What the engine has to find out about a file before it can be described. */
export interface RowFileProbe {
  /** Columns of a Parquet file and their types. */
  parquetColumns(path: string, shown: string): Promise<readonly { readonly name: string; readonly type: string }[]>;
  /** First lines of a file that is compressed with Zstandard. */
  firstLines(path: string, shown: string, lines: number): Promise<string>;
  /** How many cells of the first rows hold something, and how many of these 0, 1, true or false. */
  sampleCells(
    file: RowFile,
    columns: readonly string[],
  ): Promise<readonly { readonly column: string; readonly filled: number; readonly binary: number }[]>;
}

/** What the config says of a file. */
export interface RowFileOptions {
  /** Instead of what the ending of the name says. */
  readonly format?: RowFormat | undefined;
  /** Between the fields of a CSV line, instead of what the header shows. */
  readonly delimiter?: string;
}

const HEADER_BYTES = 1 << 16;
const JSON_BYTES = 1 << 18;

/**
 * Finds out how a file of rows is to be read: its format by the file name or the config, its columns and delimiter by its beginning.
 *
 * @throws {AuditError} E_INPUT_FORMAT for an unknown file name ending, E_INPUT_EMPTY, E_INPUT_COLUMN, E_INPUT_JSON, E_INPUT_UNREADABLE
 */
export async function describeRowFile(
  input: InputPath,
  probe: RowFileProbe,
  options: RowFileOptions = {},
): Promise<RowFile> {
  const format = options.format ?? formatByName(input.path);
  if (format === undefined) throw unknownFormat(input.path, input.shown);
  const file = await describeAs(format, input, probe, options);
  refuseTooMany(file.columns, file.shown);
  refuseCaseTwins(file.columns, file.shown);
  const partitions = partitionsOf(input.shown).filter(({ column }) => !isAmong(file.columns, column));
  if (partitions.length === 0) return file;
  return { ...file, columns: [...file.columns, ...partitions.map(({ column }) => column)], partitions };
}

async function describeAs(
  format: RowFormat,
  input: InputPath,
  probe: RowFileProbe,
  options: RowFileOptions,
): Promise<RowFile> {
  const { path, shown } = input;
  const head = (bytes: number): Promise<FileHead> =>
    fileHead(input, bytes, (...question) => probe.firstLines(...question));
  switch (format) {
    case 'csv': {
      const { text } = await head(HEADER_BYTES);
      const delimiter = options.delimiter ?? guessDelimiter(text.replace(/^\ufeff/, ''));
      return { path, shown, format, delimiter, columns: parseHeader(text, delimiter, shown) };
    }
    case 'jsonl': {
      const beginning = await head(JSON_BYTES);
      if (beginning.text.startsWith('\ufeff')) throw byteOrderMark(shown);
      return { path, shown, format, delimiter: '', ...jsonColumns(beginning, shown) };
    }
    case 'parquet': {
      const columns = await probe.parquetColumns(path, shown);
      return {
        path,
        shown,
        format,
        delimiter: '',
        columns: columns.map(({ name }) => name),
        listColumns: columns.filter(({ type }) => isList(type)).map(({ name }) => name),
        notIds: columns.flatMap(({ name, type }) => (isId(type) ? [] : [{ column: name, type }])),
      };
    }
  }
}

/** RFC 8259, 8.1: a byte order mark is no part of JSON; the engine does not skip it. */
function byteOrderMark(shown: string): AuditError {
  return new AuditError('E_INPUT_ENCODING', 'The file begins with a byte order mark, which is no part of JSON.', {
    location: { file: shown, line: 1 },
    hint: 'Write the file again as UTF-8 without a byte order mark.',
  });
}

function isList(type: string): boolean {
  return /\[[0-9]*\]$/.test(type);
}

/** Whole numbers and text have one way to be written; fractions and nested values have not. A list is judged by its elements. */
function isId(type: string): boolean {
  const element = type.replace(/\[[0-9]*\]$/, '');
  if (/^DECIMAL\([0-9]+,0\)$/.test(element)) return true;
  return !/^(FLOAT|DOUBLE|DECIMAL|STRUCT|MAP|UNION|BLOB|.*\[[0-9]*\]$)/.test(element);
}

/**
 * Refuses a file with more columns than anybody makes.
 *
 * @throws {AuditError} E_INPUT_COLUMN
 */
export function refuseTooMany(columns: readonly string[], shown: string): void {
  if (columns.length <= MOST_COLUMNS) return;
  throw new AuditError('E_INPUT_COLUMN', `The file has ${columns.length} columns; at most ${MOST_COLUMNS} are read.`, {
    location: { file: shown, line: 1 },
    hint: 'Where every segment has a column of its own, write one row per user and segment instead.',
  });
}

const MOST_COLUMNS = 100_000;

/** The engine's column names do not tell upper from lower case. */
function refuseCaseTwins(columns: readonly string[], shown: string): void {
  const seen = new Map<string, string>();
  for (const column of columns) {
    const folded = column.toLowerCase();
    const twin = seen.get(folded);
    if (twin !== undefined) {
      const which = mayBeData(columns) ? 'Two columns' : `The columns "${shortened(twin)}" and "${shortened(column)}"`;
      throw new AuditError('E_INPUT_COLUMN', `${which} differ in letter case only.`, {
        location: { file: shown, line: 1 },
        hint: 'Give each column a name of its own.',
      });
    }
    seen.set(folded, column);
  }
}

function isAmong(columns: readonly string[], name: string): boolean {
  return columns.some((column) => column.toLowerCase() === name.toLowerCase());
}

/**
 * Makes sure that a column can hold ids.
 *
 * @throws {AuditError} E_INPUT_COLUMN when its type is a number with a fraction, or nested
 */
export function requireIds(file: RowFile, column: string): void {
  const found = file.notIds?.find((candidate) => candidate.column === column);
  if (found === undefined) return;
  throw new AuditError('E_INPUT_COLUMN', `The column "${column}" holds ${found.type}, which is no type of ids.`, {
    location: { file: file.shown },
    hint: 'Ids are text or whole numbers. A number with a fraction has no one way to be written, and loses digits beyond 15: write the ids as text.',
  });
}
