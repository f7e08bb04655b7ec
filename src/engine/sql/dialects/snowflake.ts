import type { Dialect } from './dialect.ts';

/** Snowflake. Its names are upper case unless they were quoted when they were made. */
export const snowflake: Dialect = {
  id: 'snowflake',
  title: 'Snowflake',
  quoting: { nameQuote: '"', nameEscape: 'doubled', text: 'doubled-quote' },
  text: (expression) => `CAST(${expression} AS VARCHAR)`,
  lower: (text) => `LOWER(${text})`,
  matches: (text, pattern) => `REGEXP_LIKE(${text}, '${pattern}')`,
  number: (text) => `TRY_CAST(${text} AS DOUBLE)`,
  decimal: (text, places) => `TRY_CAST(${text} AS NUMBER(18, ${places}))`,
  countType: 'BIGINT',
  byCodePoint: (text) => text,
  suffix: '',
  howToRun: [
    'snowsql -f counts.sql -o output_format=csv -o header=true -o timing=false -o friendly=false -o quiet=true \\',
    '  -o variable_substitution=false -o output_file=counts.csv',
  ],
};
