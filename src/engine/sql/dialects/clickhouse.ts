import type { Dialect } from './dialect.ts';

/** ClickHouse 23.8 and later. Its types have no NULL unless they say so. */
export const clickhouse: Dialect = {
  id: 'clickhouse',
  title: 'ClickHouse',
  quoting: { nameQuote: '`', nameEscape: 'backslash', text: 'backslash' },
  text: (expression) => `CAST(${expression} AS Nullable(String))`,
  lower: (text) => `lowerUTF8(${text})`,
  matches: (text, pattern) => `match(${text}, '${pattern}')`,
  number: (text) => `toFloat64OrNull(${text})`,
  decimal: (text, places) =>
    `CAST(ROUND(toDecimal128OrNull(${text}, 18), ${places}) AS Nullable(Decimal(38, ${places})))`,
  countType: 'Int64',
  byCodePoint: (text) => text,
  suffix: 'SETTINGS join_use_nulls = 1',
  howToRun: ['clickhouse-client --queries-file counts.sql --format CSVWithNames > counts.csv'],
};
