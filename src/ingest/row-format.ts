import type { RowFile } from '../engine/count-source.ts';
import { AuditError } from '../errors.ts';

export type RowFormat = RowFile['format'];

/** What people call the formats. */
export const FORMAT_NAMES: Readonly<Record<RowFormat, string>> = {
  csv: 'CSV',
  jsonl: 'JSON lines',
  parquet: 'Parquet',
};

const ENDINGS: readonly (readonly [RowFormat, RegExp])[] = [
  ['csv', /\.(csv|tsv|psv|txt)(\.gz|\.zst)?$/i],
  ['jsonl', /\.(jsonl|ndjson)(\.gz|\.zst)?$/i],
  ['parquet', /\.(parquet|pq)$/i],
];

/** The format of a file of rows by the ending of its name, if it is one. */
export function formatByName(name: string): RowFormat | undefined {
  return ENDINGS.find(([, ending]) => ending.test(name))?.[0];
}

/** How a file is compressed, by the ending of its name. */
export function compressionByName(name: string): 'gzip' | 'zstd' | undefined {
  if (/\.gz$/i.test(name)) return 'gzip';
  return /\.zst$/i.test(name) ? 'zstd' : undefined;
}

/** Formats that are not read, and what to do about them. */
const NOT_READ: readonly (readonly [RegExp, string])[] = [
  [
    /\.(arrow|feather|ipc|arrows)$/i,
    "Arrow and Feather files are not read. Write Parquet, such as with pandas: `pd.read_feather('a.feather').to_parquet('a.parquet')`.",
  ],
  [/\.(avro|orc)$/i, 'Avro and ORC files are not read. Write Parquet.'],
  [/\.xlsx?$/i, 'Spreadsheets are not read. Save the sheet as CSV.'],
  [
    /\.json(\.gz|\.zst)?$/i,
    'A file of JSON lines ends with .jsonl or .ndjson; for this name say `format: jsonl`. One large JSON value is not read.',
  ],
];

/** @returns the error for a file whose ending no reader knows */
export function unknownFormat(name: string, shown: string): AuditError {
  const hint = NOT_READ.find(([ending]) => ending.test(name))?.[1];
  return new AuditError(
    'E_INPUT_FORMAT',
    'Rows are read from .csv, .tsv, .psv, .txt, .jsonl, .ndjson (all also .gz, .zst) and .parquet files.',
    { location: { file: shown }, ...(hint === undefined ? {} : { hint }) },
  );
}
