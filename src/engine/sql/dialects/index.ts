import { didYouMean } from '../../../did-you-mean.ts';
import { AuditError } from '../../../errors.ts';
import { bigquery } from './bigquery.ts';
import { clickhouse } from './clickhouse.ts';
import type { Dialect } from './dialect.ts';
import { duckdb } from './duckdb.ts';
import { postgres } from './postgres.ts';
import { snowflake } from './snowflake.ts';
import { spark } from './spark.ts';
import { trino } from './trino.ts';

/** Every dialect that queries are printed in. */
export const DIALECTS: readonly Dialect[] = [duckdb, postgres, trino, spark, bigquery, snowflake, clickhouse];

/**
 * Finds a dialect by its id.
 *
 * @throws {AuditError} E_USAGE with the nearest id
 */
export function dialectOf(id: string): Dialect {
  const dialect = DIALECTS.find((candidate) => candidate.id === id);
  if (dialect !== undefined) return dialect;
  const known = DIALECTS.map((candidate) => candidate.id);
  throw new AuditError(
    'E_USAGE',
    `There is no dialect "${id}".${didYouMean(id, known)} Dialects: ${known.join(', ')}.`,
  );
}
