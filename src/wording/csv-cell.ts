import { gather, type Pieces } from '../domain/pieces.ts';

/**
 * Starts that spreadsheets take for a formula, after any apostrophes and spaces; full-width signs count in East Asian settings (OWASP, CSV
 * injection).
 */
const FORMULA = /^(?:['\s]*[=+\-@＝＋－＠]|'*[\t\r\n])/;

/** Text that is a number and nothing else, which a spreadsheet may well read as one. */
const NUMBER = /^[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** What needs quotes: RFC 4180, and the other separators that spreadsheets split at. */
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;

/** Control characters that readers of CSV stumble over, and halves of surrogate pairs, which UTF-8 cannot hold. */
const UNREADABLE = /[^\P{Cc}\t\r\n]|\p{Cs}/gu;

/** What a cell may hold; `null` and `undefined` make an empty one. */
export type CsvValue = string | number | boolean | null | undefined;

/**
 * Writes one CSV cell (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in front, and so does text that already
 * has one there, so that taking off one apostrophe before a formula gives back the text. Numbers are written as they are.
 */
export function csvCell(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const text = value.replace(UNREADABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  const inert = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** Writes a CSV table with a header, in pieces. Lines end in a line feed, which every reader takes and line tools need. */
export function csvTable(header: readonly string[], rows: Iterable<readonly CsvValue[]>): Pieces {
  return gather(csvLines(header, rows));
}

function* csvLines(header: readonly string[], rows: Iterable<readonly CsvValue[]>): Generator<string> {
  yield csvLine(header);
  for (const row of rows) yield csvLine(row);
}

function csvLine(row: readonly CsvValue[]): string {
  return `${row.map(csvCell).join(',')}\n`;
}
