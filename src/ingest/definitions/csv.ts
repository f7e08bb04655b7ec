import { CsvError, parse } from 'csv-parse/sync';
import type { SourceLocation } from '../../domain/location.ts';
import { AuditError, messageOf } from '../../errors.ts';
import { checkHeader, guessDelimiter, requireColumn } from '../csv-header.ts';
import { refuseTooMany } from '../row-file.ts';
import type { RawDefinition } from './definition-record.ts';
import { parseTopics } from './topics.ts';

interface ParsedRecord {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

/** Reads definitions from CSV, TSV, semicolon or pipe separated text. */
export function readCsvDefinitions(text: string, file: string): readonly RawDefinition[] {
  const delimiter = guessDelimiter(text);
  const records = parseRecords(text, file, delimiter);
  const header = records[0];
  if (header === undefined) throw new AuditError('E_INPUT_EMPTY', 'The file holds no header.', { location: { file } });
  refuseTooMany(header.record, file);
  const columns = checkHeader(header.record, file);
  requireColumn(columns, 'segment_id', file);
  let line = header.info.lines + 1;
  return records.slice(1).map(({ record, raw, info }) => {
    const leading = raw.match(/^[\r\n]*/)?.[0] ?? '';
    const start = line + (leading.match(/\r\n|\r|\n/g)?.length ?? 0);
    line = info.lines + 1;
    const body = raw.slice(leading.length);
    const at = (column: string): SourceLocation =>
      placeOfField(body, Math.max(0, columns.indexOf(column)), delimiter, start, file);
    if (record.length !== columns.length) {
      const fields = `${record.length} ${record.length === 1 ? 'field' : 'fields'}`;
      throw new AuditError('E_INPUT_CSV', `The line has ${fields} where the header has ${columns.length}.`, {
        location: { file, line: start },
      });
    }
    const cells = Object.fromEntries(columns.map((column, i) => [column, record[i] ?? '']));
    return {
      record: toRecord(cells, at),
      locate: (path) => at(String(path[0] ?? 'segment_id')),
      location: at(columns.includes('name') ? 'name' : 'segment_id'),
    };
  });
}

function parseRecords(text: string, file: string, delimiter: string): readonly ParsedRecord[] {
  try {
    return parse(text, {
      bom: true,
      delimiter,
      info: true,
      raw: true,
      skip_empty_lines: true,
      relax_column_count: true,
      // Every kind of line ending ends a line; a file may mix them.
      record_delimiter: ['\r\n', '\n', '\r'],
    }) as unknown as ParsedRecord[];
  } catch (cause) {
    throw explain(cause, text, file);
  }
}

function explain(cause: unknown, text: string, file: string): AuditError {
  if (!(cause instanceof CsvError))
    return new AuditError('E_INPUT_CSV', messageOf(cause), { location: { file }, cause });
  if (cause.code === 'CSV_QUOTE_NOT_CLOSED') {
    const location = { file, line: lineOfOpenQuote(text) };
    return new AuditError('E_INPUT_CSV', 'A quote is opened and never closed.', { location, cause });
  }
  const { lines } = cause as CsvError & { lines?: number };
  const location = { file, ...(lines === undefined ? {} : { line: lines }) };
  return new AuditError('E_INPUT_CSV', 'A quote stands inside a field without being doubled.', { location, cause });
}

/** Line of the last quote that opens a field, in text whose last quote is never closed. */
function lineOfOpenQuote(text: string): number {
  let line = 1;
  let lineOfQuote = 1;
  let isQuoted = false;
  for (const [mark] of text.matchAll(/"|\r\n|\r|\n/g)) {
    if (mark !== '"') line += 1;
    else if (isQuoted) isQuoted = false;
    else {
      isQuoted = true;
      lineOfQuote = line;
    }
  }
  return lineOfQuote;
}

function toRecord(
  cells: Readonly<Record<string, string>>,
  at: (column: string) => SourceLocation,
): Record<string, unknown> {
  const { topics, ...rest } = cells;
  const attributes = Object.entries(rest).filter(([column, cell]) => cell !== '' || column === 'segment_id');
  const record = Object.fromEntries(attributes) as Record<string, unknown>;
  if (topics !== undefined && topics !== '') record.topics = parseTopics(topics, at('topics'));
  return record;
}

/** Line and column of the field with the given index inside the raw text of one record. */
function placeOfField(raw: string, index: number, delimiter: string, line: number, file: string): SourceLocation {
  let field = 0;
  let isQuoted = false;
  let currentLine = line;
  let lineStart = 0;
  for (let i = 0; i < raw.length && field < index; i += 1) {
    const character = raw[i];
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === delimiter) field += 1;
    if (character === '\n') {
      currentLine += 1;
      lineStart = i + 1;
    }
    if (field === index) return { file, line: currentLine, column: i + 2 - lineStart };
  }
  return { file, line: currentLine, column: 1 };
}
