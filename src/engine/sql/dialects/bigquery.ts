import type { Dialect } from './dialect.ts';

/** GoogleSQL of BigQuery. */
export const bigquery: Dialect = {
  id: 'bigquery',
  title: 'BigQuery',
  quoting: { nameQuote: '`', nameEscape: 'backslash', text: 'backslash' },
  text: (expression) => `CAST(${expression} AS STRING)`,
  lower: (text) => `LOWER(${text})`,
  matches: (text, pattern) => `REGEXP_CONTAINS(${text}, '${pattern}')`,
  number: (text) => `SAFE_CAST(${text} AS FLOAT64)`,
  decimal: (text, places) => `ROUND(SAFE_CAST(${text} AS BIGNUMERIC), ${places})`,
  countType: 'INT64',
  byCodePoint: (text) => text,
  suffix: '',
  howToRun: ['bq query --use_legacy_sql=false --format=csv --max_rows=1000000000 < counts.sql > counts.csv'],
};
