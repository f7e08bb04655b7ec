import { AuditError, messageOf } from '../../errors.ts';
import type { RowFile } from '../count-source.ts';
import { quoteFile, quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { type Database, toCount } from './database.ts';

/** How many faulty lines the engine remembers; the first is reported, the rest are only counted up to this. */
const REJECTS_LIMIT = 1000;

/**
 * Bytes of a CSV file that a thread reads at a time. With the engine's own 32 MB, a small memory limit would go to these buffers; a line may
 * have 2 MB.
 */
const CSV_BUFFER = 1 << 23;

/** In parallel, the engine loses rows of several buffers; what is not Zstandard is looked through for them as it is hashed or inflated. */
function zstdOption(path: string): string {
  return /\.zst$/i.test(path) ? ', parallel = false' : '';
}

/** What the cells of some columns have to be. */
export interface CellForms {
  /** Columns of ids. A JSON number is an id by its digits; one with a fraction, or anything nested, stops the audit. */
  readonly ids?: readonly string[];
  /** A column of lists. */
  readonly list?: { readonly column: string; readonly separator?: string };
}

/**
 * Relation that reads all columns of a file as text, as they are written; a list column as a list of text: empty for an empty cell, NULL for
 * one that is no list.
 */
export function relationOf(file: RowFile, { ids = [], list }: CellForms = {}): string {
  const { partitions = [] } = file;
  const inFile = file.columns.filter((name) => !partitions.some(({ column }) => column === name));
  const isPlain = file.format === 'csv' && list === undefined && partitions.length === 0;
  const reader = readerOf(file, inFile, [...ids, ...(list === undefined ? [] : [list.column])]);
  if (isPlain) return reader;
  const cells = [
    ...inFile.map(
      (column) =>
        `${list?.column === column ? listCell(file, list) : textCell(file, column, ids.includes(column))} AS ${quoteIdentifier(column)}`,
    ),
    ...partitions.map(({ column, value }) => {
      const text = value === null ? 'CAST(NULL AS VARCHAR)' : quoteLiteral(value);
      const cell = list?.column === column ? `[${text}]` : text;
      return `${cell} AS ${quoteIdentifier(column)}`;
    }),
  ];
  return `(SELECT ${cells.join(', ')} FROM ${reader})`;
}

function readerOf(file: RowFile, inFile: readonly string[], asJson: readonly string[]): string {
  const path = quoteFile(file.path);
  switch (file.format) {
    case 'csv': {
      const columns = inFile.map((name) => `${quoteLiteral(name)}: 'VARCHAR'`).join(', ');
      return (
        `read_csv(${path}, auto_detect = false, header = true, columns = {${columns}}, ` +
        `delim = ${quoteLiteral(file.delimiter)}, quote = '"', escape = '"', hive_partitioning = false, ` +
        `buffer_size = ${CSV_BUFFER}, store_rejects = true, rejects_limit = ${REJECTS_LIMIT}${zstdOption(file.path)})`
      );
    }
    case 'jsonl': {
      // Read as text, a string and a number look the same; where it matters the cell is kept as JSON.
      const type = (name: string): string => (asJson.includes(name) ? 'JSON' : 'VARCHAR');
      const columns = inFile.map((name) => `${quoteLiteral(name)}: '${type(name)}'`).join(', ');
      return `read_json(${path}, format = 'newline_delimited', records = true, columns = {${columns}}, hive_partitioning = false)`;
    }
    case 'parquet':
      return `read_parquet(${path}, binary_as_string = true, hive_partitioning = false)`;
  }
}

function textCell(file: RowFile, column: string, isId: boolean): string {
  const name = quoteIdentifier(column);
  switch (file.format) {
    case 'csv':
      return name;
    case 'jsonl':
      return isId ? jsonId(name, file, column) : name;
    case 'parquet':
      return `CAST(${name} AS VARCHAR)`;
  }
}

/** Begins the message of an error that a query raises by itself. */
const NOT_AN_ID = 'traitleak: not an id';

/** A JSON value as an id: a string, or a whole number by its digits. */
function jsonId(json: string, file: RowFile, column: string): string {
  const fault = quoteLiteral(`${NOT_AN_ID}: ${column} in ${file.path}`);
  return (
    `CASE WHEN ${json} IS NULL OR json_type(${json}) = 'NULL' THEN NULL ` +
    `WHEN json_type(${json}) = 'VARCHAR' OR regexp_full_match(CAST(${json} AS VARCHAR), '-?[0-9]+') THEN (${json} ->> '$') ELSE error(${fault}) END`
  );
}

function listCell(file: RowFile, { column, separator }: NonNullable<CellForms['list']>): string {
  const name = quoteIdentifier(column);
  if (file.format === 'parquet' && file.listColumns?.includes(column) === true)
    return `COALESCE(CAST(${name} AS VARCHAR[]), [])`;
  const elements = (json: string): string =>
    `list_transform(CAST(${json} AS JSON[]), lambda element: ${jsonId('element', file, column)})`;
  const split = (text: string): string =>
    separator === undefined ? 'NULL' : `string_split(${text}, ${quoteLiteral(separator)})`;
  if (file.format === 'jsonl') {
    return (
      `CASE WHEN ${name} IS NULL OR json_type(${name}) = 'NULL' OR (${name} ->> '$') = '' THEN [] ` +
      `WHEN json_type(${name}) = 'ARRAY' THEN ${elements(name)} WHEN json_type(${name}) = 'VARCHAR' THEN ${split(`(${name} ->> '$')`)} END`
    );
  }
  const text = `CAST(${name} AS VARCHAR)`;
  if (separator !== undefined) return `CASE WHEN COALESCE(${text}, '') = '' THEN [] ELSE ${split(text)} END`;
  const json = `TRY_CAST(${text} AS JSON)`;
  return `CASE WHEN COALESCE(${text}, '') = '' THEN [] WHEN json_type(${json}) = 'ARRAY' THEN ${elements(json)} END`;
}

/**
 * Runs a statement that reads files, and turns what the engine says about a broken file into one clear error.
 *
 * @throws {AuditError} E_INPUT_CSV, E_INPUT_ENCODING or E_INPUT_UNREADABLE, with the line where it is known
 */
export async function readFiles(database: Database, sql: string, files: readonly RowFile[]): Promise<void> {
  try {
    await database.execute(sql);
  } catch (cause) {
    throw explainFailure(cause, files);
  }
  if (files.some((file) => file.format === 'csv')) await refuseRejects(database, files);
}

/** Forgets the faulty lines of what was read so far, such as of a reading that is to be done again. */
export async function forgetRejects(database: Database): Promise<void> {
  await database.execute('DROP TABLE IF EXISTS reject_errors');
  await database.execute('DROP TABLE IF EXISTS reject_scans');
}

async function refuseRejects(database: Database, files: readonly RowFile[]): Promise<void> {
  const rejects = await database.rows(
    'SELECT s.file_path, e.line, e.error_type, e.error_message, COUNT(*) OVER () FROM reject_errors e ' +
      'JOIN reject_scans s ON e.scan_id = s.scan_id AND e.file_id = s.file_id ORDER BY s.file_path, e.line, e.error_type LIMIT 1',
  );
  await forgetRejects(database);
  const first = rejects[0];
  if (first === undefined) return;
  const [path, line, type, detail] = first.map(String);
  const faults = toCount(first[4]);
  const file = files.find((candidate) => candidate.path === path);
  const atLeast = faults >= REJECTS_LIMIT ? 'at least ' : '';
  const more = faults > 1 ? ` (and ${atLeast}${faults - 1} more ${faults === 2 ? 'fault' : 'faults'})` : '';
  const location = { file: file?.shown ?? String(path), line: Number(line) };
  if (type === 'INVALID ENCODING') {
    throw new AuditError('E_INPUT_ENCODING', `The line is not valid UTF-8${more}.`, { location });
  }
  throw new AuditError('E_INPUT_CSV', `${faultText(type ?? '', detail ?? '')}${more}.`, { location });
}

function faultText(type: string, detail: string): string {
  switch (type) {
    case 'UNQUOTED VALUE':
      return 'A quote is opened and never closed, or stands inside a quoted field without being doubled';
    case 'TOO MANY COLUMNS':
    case 'MISSING COLUMNS': {
      const [expected = 'another number', found = 'another number of'] = detail.match(/\d+/g) ?? [];
      return `The line has ${found} ${found === '1' ? 'field' : 'fields'} where the header has ${expected}`;
    }
    case 'LINE SIZE OVER MAXIMUM':
      return 'The line is longer than 2,000,000 bytes';
    default:
      return `The line cannot be read (${type.toLowerCase()})`;
  }
}

function explainFailure(cause: unknown, files: readonly RowFile[]): AuditError {
  if (cause instanceof AuditError) return cause;
  const text = messageOf(cause);
  const file = files.find((candidate) => text.includes(candidate.path)) ?? files[0];
  const location = { file: file?.shown ?? 'input' };
  if (text.includes(NOT_AN_ID)) return notAnId(text, location.file, cause);
  if (/Malformed JSON|JSON transform error|maximum_object_size/.test(text))
    return explainJson(text, location.file, cause);
  if (/state machine reached an invalid state/.test(text)) {
    return new AuditError(
      'E_INPUT_CSV',
      'The file mixes line endings (CRLF and LF), so its lines cannot be told apart safely.',
      {
        location,
        hint: 'Write the file again with one kind of line ending.',
        cause,
      },
    );
  }
  return new AuditError('E_INPUT_UNREADABLE', `The file cannot be read: ${firstLine(text)}`, { location, cause });
}

function notAnId(text: string, file: string, cause: unknown): AuditError {
  const column = text.slice(text.indexOf(NOT_AN_ID) + NOT_AN_ID.length + 2).split(' in ', 1)[0] ?? '';
  return new AuditError('E_INPUT_COLUMN', `The column "${column}" holds JSON values that are no ids.`, {
    location: { file },
    hint: 'Ids are strings or whole numbers. A number with a fraction or an exponent has no one way to be written: write it as a string.',
    cause,
  });
}

/** The engine's messages on JSON may quote the line, which must not be shown. */
function explainJson(text: string, file: string, cause: unknown): AuditError {
  const [, found] = text.match(/ in line ([0-9]+)/) ?? [];
  // Of lines that are not JSON the engine tells the number of the next one.
  const line = Number(found) - (text.includes('Malformed JSON') ? 1 : 0);
  const location = line >= 1 ? { file, line } : { file };
  if (/UTF-8/.test(text))
    return new AuditError('E_INPUT_ENCODING', 'The line is not valid UTF-8.', { location, cause });
  const what = /duplicate key/.test(text)
    ? 'The JSON object has the same key twice'
    : /Expected OBJECT/.test(text)
      ? 'The line is JSON, but not an object'
      : /maximum_object_size/.test(text)
        ? 'A line is longer than 16 MiB, or the file is not JSON lines'
        : 'The line is not one JSON object';
  return new AuditError('E_INPUT_JSON', `${what}.`, { location, cause });
}

/** First line of an engine message; the lines after it may quote rows, which must not be shown, nor must a value that was converted. */
function firstLine(text: string): string {
  if (text.startsWith('Conversion Error')) return 'a value of it is not what its column should hold';
  return (text.split('\n', 1)[0] ?? '').replace(/^[A-Za-z ]*Error: /, '').slice(0, 200);
}
