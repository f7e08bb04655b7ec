import { STANDARD_QUOTING } from '../quote.ts';
import type { Dialect } from './dialect.ts';

/** DuckDB; also what the embedded engine speaks. */
export const duckdb: Dialect = {
  id: 'duckdb',
  title: 'DuckDB',
  quoting: STANDARD_QUOTING,
  text: (expression) => `CAST(${expression} AS VARCHAR)`,
  lower: (text) => `LOWER(${text})`,
  matches: (text, pattern) => `REGEXP_MATCHES(${text}, '${pattern}')`,
  number: (text) => `TRY_CAST(${text} AS DOUBLE)`,
  decimal: (text, places) => `TRY_CAST(${text} AS DECIMAL(18, ${places}))`,
  countType: 'BIGINT',
  byCodePoint: (text) => text,
  suffix: '',
  howToRun: ["duckdb warehouse.duckdb -csv -c '.read counts.sql' > counts.csv"],
};
