import { STANDARD_QUOTING } from '../quote.ts';
import type { Dialect } from './dialect.ts';

/** Trino, and engines that speak as it does (Amazon Athena 3, Starburst). */
export const trino: Dialect = {
  id: 'trino',
  title: 'Trino',
  quoting: STANDARD_QUOTING,
  text: (expression) => `CAST(${expression} AS VARCHAR)`,
  lower: (text) => `LOWER(${text})`,
  matches: (text, pattern) => `REGEXP_LIKE(${text}, '${pattern}')`,
  number: (text) => `TRY_CAST(${text} AS DOUBLE)`,
  decimal: (text, places) => `TRY_CAST(${text} AS DECIMAL(18, ${places}))`,
  countType: 'BIGINT',
  byCodePoint: (text) => text,
  suffix: '',
  howToRun: ['trino --server URL --catalog CATALOG --file counts.sql --output-format CSV_HEADER > counts.csv'],
};
