import { parse } from 'csv-parse/sync';
import { didYouMean } from '../did-you-mean.ts';
import { AuditError } from '../errors.ts';
import { columnList, mayBeData, shortened } from './column-list.ts';

const DELIMITERS = [',', '\t', ';', '|'] as const;

/** Takes as delimiter what splits the first line into the most fields; the comma when nothing does. */
export function guessDelimiter(text: string): string {
  const firstLine = text.slice(0, 65_536).split(/\r\n|\r|\n/, 1)[0] ?? '';
  let best: string = ',';
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const unquoted = firstLine.replace(/"[^"]*"/g, '');
    const count = unquoted.split(delimiter).length - 1;
    if (count > most) {
      best = delimiter;
      most = count;
    }
  }
  return best;
}

/**
 * Parses the header line of delimited text.
 *
 * @throws {AuditError} E_INPUT_EMPTY, E_INPUT_CSV, E_INPUT_COLUMN
 */
export function parseHeader(text: string, delimiter: string, file: string): readonly string[] {
  const [header] = firstRecord(text, delimiter, file);
  if (header === undefined) throw new AuditError('E_INPUT_EMPTY', 'The file is empty.', { location: { file } });
  return checkHeader(header, file);
}

function firstRecord(text: string, delimiter: string, file: string): string[][] {
  try {
    return parse(text, { bom: true, delimiter, to: 1, relax_quotes: true, skip_empty_lines: true }) as string[][];
  } catch (cause) {
    // With quotes taken as they come, nothing else is refused.
    throw new AuditError('E_INPUT_CSV', 'A quote is opened in the header and never closed.', {
      location: { file, line: 1 },
      cause,
    });
  }
}

/**
 * Checks that no column name is empty or occurs twice, which would make one column shadow another.
 *
 * @throws {AuditError} E_INPUT_COLUMN
 */
export function checkHeader(header: readonly string[], file: string): readonly string[] {
  const location = { file, line: 1 };
  const seen = new Set<string>();
  for (const [index, name] of header.entries()) {
    if (name.trim() === '') {
      throw new AuditError('E_INPUT_COLUMN', `Column ${index + 1} has no name.`, {
        location,
        hint: 'Name every column in the first line.',
      });
    }
    if (seen.has(name)) {
      const which = mayBeData(header)
        ? `Column ${index + 1} has the name of an earlier one`
        : `The column "${shortened(name)}" occurs twice`;
      throw new AuditError('E_INPUT_COLUMN', `${which}.`, {
        location,
        hint: 'Give each column a name of its own.',
      });
    }
    seen.add(name);
  }
  return header;
}

/**
 * Makes sure that a column is there.
 *
 * @throws {AuditError} E_INPUT_COLUMN with the columns that are, and the nearest name
 */
export function requireColumn(columns: readonly string[], name: string, file: string): string {
  if (columns.includes(name)) return name;
  throw new AuditError(
    'E_INPUT_COLUMN',
    `There is no column "${shortened(name)}".${didYouMean(name, shownOf(columns))} ${columnList(columns)}`,
    {
      location: { file, line: 1 },
    },
  );
}

/** Names that may be proposed: of what may be data, those without a digit or a sign of an address. */
function shownOf(columns: readonly string[]): readonly string[] {
  return mayBeData(columns) ? columns.filter((column) => !/[0-9@]/.test(column)) : columns;
}
