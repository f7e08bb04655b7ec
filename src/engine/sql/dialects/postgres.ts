import type { Dialect } from './dialect.ts';

/** PostgreSQL 12 and later. It knows no cast that gives NULL, so a pattern stands before every cast. */
export const postgres: Dialect = {
  id: 'postgres',
  title: 'PostgreSQL',
  quoting: { nameQuote: '"', nameEscape: 'doubled', text: 'extended' },
  text: (expression) => `CAST(${expression} AS TEXT)`,
  lower: (text) => `LOWER(${text})`,
  matches: (text, pattern) => `${text} ~ '${pattern}'`,
  number: (text) => `CAST(${text} AS NUMERIC)`,
  decimal: (text, places) =>
    `CASE WHEN ABS(ROUND(CAST(${text} AS NUMERIC), ${places})) < ${10 ** (18 - places)} THEN ROUND(CAST(${text} AS NUMERIC), ${places}) END`,
  countType: 'BIGINT',
  byCodePoint: (text) => `${text} COLLATE "C"`,
  suffix: '',
  howToRun: ['psql --no-psqlrc --quiet --csv --file counts.sql DATABASE > counts.csv'],
};
