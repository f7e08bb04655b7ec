import type { Command } from 'commander';
import type { SqlFlags } from '../flags.ts';

const EXAMPLES = `
Examples:
  traitleak sql
      dialect, tables, columns from the config's \`warehouse\`
  traitleak sql --dialect postgres -o counts.sql \\
    --assignments-table export.members \\
    --traits-table research.panel

Run it where the rows are, with a header line in the CSV:
  DuckDB
    duckdb warehouse.duckdb -csv -c '.read counts.sql' \\
      > counts.csv
  PostgreSQL
    psql --no-psqlrc --quiet --csv --file counts.sql \\
      DATABASE > counts.csv
  Trino
    trino --server URL --catalog CATALOG \\
      --file counts.sql --output-format CSV_HEADER \\
      > counts.csv
  Spark
    query = open('counts.sql').read().rstrip().rstrip(';')
    rows = spark.sql(query).toPandas()
    rows.to_csv('counts.csv', index=False)
  BigQuery
    bq query --use_legacy_sql=false --format=csv \\
      --max_rows=1000000000 < counts.sql > counts.csv
  Snowflake
    snowsql -f counts.sql -o output_format=csv \\
      -o header=true -o timing=false -o friendly=false \\
      -o quiet=true -o variable_substitution=false \\
      -o output_file=counts.csv
  ClickHouse
    clickhouse-client --queries-file counts.sql \\
      --format CSVWithNames > counts.csv

Then judge the counts, and delete them: they hold counts of
single people.
  traitleak audit --counts counts.csv \\
    --definitions clusters.csv
`;

/** Adds `traitleak sql`. */
export function registerSql(program: Command): void {
  program
    .command('sql')
    .summary('print the query that counts in a warehouse, for `audit --counts`')
    .description(
      'Prints one query whose result is what `traitleak audit --counts` reads, so that rows of users never leave the warehouse. Nothing is run.',
    )
    .argument('[config]', 'config file, or a folder with one or with files that have the columns of the tables')
    .option('--dialect <dialect>', 'duckdb, postgres, trino, spark, bigquery, snowflake or clickhouse')
    .option('--assignments-table <name>', 'table that says who is in which segment, as schema.table')
    .option('--traits-table <name>', 'table of the panel, as schema.table')
    .option('--assignments <file...>', 'a file with the columns of that table; only its header is read')
    .option('--traits <file>', 'a file with the columns of the panel; only its header is read')
    .option('--flagged-by <results.json>', 'count users in any segment that these results flag, taken together, too')
    .option('-o, --output <file>', 'where to; `-` is stdout', '-')
    .option('--set <key=value>', 'override any key of the config; repeat for several', collect)
    .option('-q, --quiet', 'no notes on stderr')
    .addHelpText('after', EXAMPLES)
    .action(async (configArgument: string | undefined, flags: SqlFlags) => {
      const { runSql } = await import('../run-sql.ts');
      await runSql(configArgument, flags);
    });
}

function collect(value: string, earlier: string[] = []): string[] {
  return [...earlier, value];
}
