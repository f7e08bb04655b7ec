import { type DuckDBConnection, DuckDBInstance, version } from '@duckdb/node-api';
import type { PhaseMeasure, ProgressListener } from '../../domain/progress.ts';
import { bytesOf, explainLimits, threadsWithin } from './engine-limits.ts';

/** Limits of the embedded engine. */
export interface DatabaseOptions {
  /** Worker threads; results do not depend on it. */
  readonly threads?: number;
  /** Such as `2GiB`; beyond it the engine spills to `temporaryDirectory`. */
  readonly memoryLimit?: string;
  readonly temporaryDirectory?: string;
  /** Hears what the engine is doing. */
  readonly progress?: ProgressListener;
  /** Stops the query at hand, which then fails. A process cannot end before its queries have. */
  readonly signal?: AbortSignal;
}

/** One value of a result row, as the engine hands it over. */
export type Cell = string | bigint | number | boolean | null;

/** A private in-memory database that reaches no network and loads no extension. */
export interface Database {
  /** Says what the queries that follow are for, and what they go through. */
  begin(phase: string, amount?: PhaseMeasure['amount']): void;
  execute(sql: string): Promise<void>;
  rows(sql: string): Promise<readonly (readonly Cell[])[]>;
  /** The same by column, which is much faster for many rows. */
  columns(sql: string): Promise<readonly (readonly Cell[])[]>;
  /** Bytes that the engine may take. */
  memoryLimit(): Promise<number>;
  close(): Promise<void>;
}

/** Opens a fresh in-memory database. */
export async function openDatabase(options: DatabaseOptions = {}): Promise<Database> {
  const { memoryLimit } = options;
  const threads = options.threads ?? (memoryLimit === undefined ? undefined : threadsWithin(memoryLimit));
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'false',
    ...(threads === undefined ? {} : { threads: String(threads) }),
    ...(memoryLimit === undefined ? {} : { memory_limit: memoryLimit }),
    ...(options.temporaryDirectory === undefined ? {} : { temp_directory: options.temporaryDirectory }),
  }).catch((cause: unknown) => {
    throw explainLimits(cause, memoryLimit);
  });
  const connection: DuckDBConnection = await instance.connect();
  const interrupt = (): void => connection.interrupt();
  options.signal?.addEventListener('abort', interrupt);
  // The optimizer does not know how many rows a file has and would put the large side of a join into memory. Every query here names the
  // smaller side last.
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run("SET disabled_optimizers = 'join_order,build_side_probe_side'");
  // The engine works out how far a query is only when it is told to show it.
  if (options.progress !== undefined) {
    for (const setting of ['enable_progress_bar = true', 'enable_progress_bar_print = false', 'progress_bar_time = 0'])
      await connection.run(`SET ${setting}`);
  }
  const within = <Result>(run: () => Promise<Result>): Promise<Result> =>
    run().catch((cause: unknown) => {
      throw explainLimits(cause, memoryLimit);
    });
  return {
    begin(phase, amount) {
      // Of a join, the engine's share says nothing: it goes by guesses of how many rows a file has. Bytes stand for a plain scan.
      const share = amount?.unit === 'bytes' ? { share: scanShare(connection) } : {};
      options.progress?.begin(phase, amount === undefined ? undefined : { amount, ...share });
    },
    async execute(sql) {
      await within(() => connection.run(sql));
    },
    async rows(sql) {
      const reader = await within(() => connection.runAndReadAll(sql));
      return reader.getRows() as Cell[][];
    },
    async columns(sql) {
      const reader = await within(() => connection.runAndReadAll(sql));
      return reader.getColumns() as Cell[][];
    },
    async memoryLimit() {
      const reader = await connection.runAndReadAll("SELECT current_setting('memory_limit')");
      return bytesOf(String(reader.getRows()[0]?.[0])) ?? Number.POSITIVE_INFINITY;
    },
    async close() {
      options.signal?.removeEventListener('abort', interrupt);
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** How much of a scan is done; it never goes back. */
function scanShare(connection: DuckDBConnection): () => number | undefined {
  let most: number | undefined;
  return () => {
    const { percentage } = connection.progress;
    if (percentage >= 0) most = Math.max(most ?? 0, percentage / 100);
    return most;
  };
}

/** Version of the engine, for the manifest. */
export function engineVersion(): string {
  return version();
}

/**
 * Reads a count.
 *
 * @throws {RangeError} beyond 2^53 - 1, where JavaScript numbers stop being exact
 */
export function toCount(cell: Cell | undefined): number {
  const count = Number(cell ?? 0);
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`not a count: ${String(cell)}`);
  return count;
}

/** Reads text that a query cannot give as NULL. */
export function toText(cell: Cell | undefined): string {
  if (typeof cell !== 'string') throw new TypeError('expected text from the engine');
  return cell;
}
