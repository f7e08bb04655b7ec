import { AuditError, messageOf } from '../../errors.ts';
import type { RowFile } from '../count-source.ts';
import { quoteLiteral } from '../sql/quote.ts';
import { type Database, toCount } from './database.ts';

/** How many faulty lines the engine remembers; the first is reported, the rest are only counted up to this. */
const REJECTS_LIMIT = 1000;

/** Table function that reads all columns of a file as text. */
export function tableFunction(file: RowFile): string {
  switch (file.format) {
    case 'csv': {
      const columns = file.columns.map((name) => `${quoteLiteral(name)}: 'VARCHAR'`).join(', ');
      return (
        `read_csv(${quoteLiteral(file.path)}, auto_detect = false, header = true, columns = {${columns}}, ` +
        `delim = ${quoteLiteral(file.delimiter)}, quote = '"', escape = '"', ` +
        `store_rejects = true, rejects_limit = ${REJECTS_LIMIT})`
      );
    }
    case 'parquet':
      return `read_parquet(${quoteLiteral(file.path)})`;
  }
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

async function refuseRejects(database: Database, files: readonly RowFile[]): Promise<void> {
  const rejects = await database.rows(
    'SELECT s.file_path, e.line, e.error_type, e.error_message, COUNT(*) OVER () FROM reject_errors e ' +
      'JOIN reject_scans s ON e.scan_id = s.scan_id AND e.file_id = s.file_id ORDER BY s.file_path, e.line, e.error_type LIMIT 1',
  );
  await database.execute('DROP TABLE IF EXISTS reject_errors');
  await database.execute('DROP TABLE IF EXISTS reject_scans');
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
  const text = messageOf(cause);
  const file = files.find((candidate) => text.includes(candidate.path)) ?? files[0];
  const location = { file: file?.shown ?? 'input' };
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
  if (/No space left|Out of Memory|memory limit|temp_directory/i.test(text)) {
    return new AuditError(
      'E_OUTPUT',
      `The engine ran out of memory or of room for temporary files: ${firstLine(text)}`,
      {
        hint: 'Free disk space, point TMPDIR at a larger disk, or raise --memory.',
        cause,
      },
    );
  }
  return new AuditError('E_INPUT_UNREADABLE', `The file cannot be read: ${firstLine(text)}`, { location, cause });
}

/** First line of an engine message; the lines after it may quote rows, which must not be shown. */
function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').replace(/^[A-Za-z ]*Error: /, '').slice(0, 200);
}
