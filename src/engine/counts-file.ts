import { CsvError, parse } from 'csv-parse/sync';
import { AuditError, messageOf } from '../errors.ts';
import type { CountSource, Moments, TableCount } from './count-source.ts';

/** Columns of a counts file. */
export const COUNTS_COLUMNS = [
  'segment_id',
  'trait',
  'value',
  'in_value',
  'in_other',
  'out_value',
  'out_other',
] as const;

/**
 * Reads ready-made counts: one row per segment, trait and value, with the columns `segment_id, trait, value, in_value, in_other, out_value,
 * out_other` (panel members in or out of the segment, with or without the value), and perhaps `stratum`.
 *
 * @param text - CSV with a header
 * @param file - its name as shown to people
 * @throws {AuditError} E_COUNTS_INVALID with the line: a missing column, a count that is not a whole number, a row given twice
 */
export function openCountsFile(text: string, file: string): CountSource & { readonly tables: readonly TableCount[] } {
  const tables = parseTables(text, file);
  return {
    tables,
    countExport: async () => undefined,
    countPanel: async () => undefined,
    countTables: async () => tables,
    countPseudoSegments: async () => ({ segments: [], tables: [] }),
    countProbabilities: async () => [],
    openAttack: async () => undefined,
    countPairs: async () => undefined,
    countPlanted: async () => {
      throw new AuditError('E_USAGE', 'The self-test draws from the panel, and ready-made counts hold none.');
    },
    countLineage: async () => undefined,
    countExposure: async () => undefined,
    countConsent: async () => undefined,
    close: async () => undefined,
  };
}

function parseTables(text: string, file: string): readonly TableCount[] {
  const records = parseRecords(text, file);
  if (records.length === 0) throw new AuditError('E_INPUT_EMPTY', 'The file holds no counts.', { location: { file } });
  const seen = new Set<string>();
  return records.map(({ record, info }) => {
    const location = { file, line: info.lines };
    const missing = COUNTS_COLUMNS.find((column) => record[column] === undefined);
    if (missing !== undefined) {
      throw new AuditError(
        'E_COUNTS_INVALID',
        `There is no column "${missing}". Columns: ${Object.keys(record).join(', ')}.`,
        {
          location: { file, line: 1 },
        },
      );
    }
    const key = JSON.stringify([record.segment_id, record.trait, record.value, record.stratum ?? '']);
    if (seen.has(key))
      throw new AuditError('E_COUNTS_INVALID', 'This segment, trait and value stand on an earlier line too.', {
        location,
      });
    seen.add(key);
    const text = (column: string): string => {
      const cell = record[column] ?? '';
      if (cell !== '') return cell;
      throw new AuditError('E_COUNTS_INVALID', `The column "${column}" is empty.`, { location });
    };
    const count = (column: string): Moments => {
      const cell = record[column] ?? '';
      const number = Number(cell);
      if (/^[0-9]+$/.test(cell) && Number.isSafeInteger(number))
        return { members: number, weight: number, squaredWeight: number };
      throw new AuditError(
        'E_COUNTS_INVALID',
        `The column "${column}" holds "${cell.slice(0, 40)}", which is not a whole number of people.`,
        { location },
      );
    };
    return {
      segment: text('segment_id'),
      trait: text('trait'),
      value: text('value'),
      stratum: record.stratum ?? '',
      inValue: count('in_value'),
      inOther: count('in_other'),
      outValue: count('out_value'),
      outOther: count('out_other'),
      inUnknown: 0,
      outUnknown: 0,
    };
  });
}

interface CountsRecord {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

function parseRecords(text: string, file: string): readonly CountsRecord[] {
  try {
    return parse(text, { bom: true, columns: true, info: true, skip_empty_lines: true }) as unknown as CountsRecord[];
  } catch (cause) {
    const line = cause instanceof CsvError ? (cause as CsvError & { lines?: number }).lines : undefined;
    throw new AuditError('E_INPUT_CSV', `The line cannot be read: ${messageOf(cause)}.`, {
      location: { file, ...(line === undefined ? {} : { line }) },
      cause,
    });
  }
}
