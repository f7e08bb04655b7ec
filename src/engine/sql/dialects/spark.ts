import type { Dialect } from './dialect.ts';

/** Spark SQL 3.4 and later, and Databricks SQL, with the default `spark.sql.parser.escapedStringLiterals=false`. */
export const spark: Dialect = {
  id: 'spark',
  title: 'Spark SQL or Databricks SQL',
  quoting: {
    nameQuote: '`',
    nameEscape: 'doubled',
    text: 'backslash',
    // Its command line puts variables in the place of ${…}, in literals too.
    rewrites: [['${', '\\u0024{']],
  },
  text: (expression) => `CAST(${expression} AS STRING)`,
  lower: (text) => `LOWER(${text})`,
  matches: (text, pattern) => `${text} RLIKE '${pattern}'`,
  number: (text) => `TRY_CAST(${text} AS DOUBLE)`,
  decimal: (text, places) => `TRY_CAST(${text} AS DECIMAL(18, ${places}))`,
  countType: 'BIGINT',
  byCodePoint: (text) => text,
  suffix: '',
  howToRun: [
    "In PySpark: spark.sql(open('counts.sql').read().rstrip().rstrip(';')).toPandas().to_csv('counts.csv', index=False)",
    'In Databricks: run it in the SQL editor, then download the full result as CSV.',
  ],
};
