import type { AuditConfig } from './config/config.ts';
import { ROW_FILE_PROBE } from './count-inputs.ts';
import type { Dialect } from './engine/sql/dialects/dialect.ts';
import { DIALECTS, dialectOf } from './engine/sql/dialects/index.ts';
import { warehouseQuery } from './engine/sql/warehouse-query.ts';
import { AuditError } from './errors.ts';
import { fileWatch } from './ingest/file-watch.ts';
import { understandTables } from './ingest/warehouse-tables.ts';
import { toolVersion } from './version.ts';

/** Ids of the dialects that a query can be written in. */
export function dialectNames(): readonly string[] {
  return DIALECTS.map(({ id }) => id);
}

/**
 * Writes the query whose result is a counts file, with a comment that says what it is and how to run it.
 *
 * @param dialect - id of a dialect
 * @param flagged - segments whose members, taken together, are a group to be tested too
 * @returns the script, and what was assumed, in words
 * @throws {AuditError} E_USAGE for an unknown dialect; E_CONFIG_INVALID, E_INPUT_*, E_PANEL_INVALID where tables or columns are not clear
 */
export async function printQueries(
  config: AuditConfig,
  dialect: string,
  flagged: readonly string[] = [],
): Promise<{ readonly script: string; readonly notes: readonly string[] }> {
  const target = dialectOf(dialect);
  // Only headers are read, so a file that is cut off further down does no harm.
  const readers = {
    probe: ROW_FILE_PROBE,
    sources: { temporaryFolder: '' },
    checks: { begin: () => undefined, finish: async () => undefined },
    watch: fileWatch(),
  };
  const { notes, ...tables } = await understandTables(config, readers);
  return { script: `${header(target)}\n${writeQuery(() => warehouseQuery({ ...tables, flagged }, target))}`, notes };
}

/** Text of the config that no SQL can hold is a fault of the config. */
function writeQuery(write: () => string): string {
  try {
    return write();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new AuditError('E_CONFIG_INVALID', `The config names something that cannot stand in SQL: ${cause.message}.`, {
      hint: 'Names of tables and columns must not be empty, and no text may hold a NUL character.',
      cause,
    });
  }
}

/** No text of the config stands in the comment, so nothing can end it. */
function header({ title, howToRun }: Dialect): string {
  const lines = [
    `traitleak ${toolVersion().version}: counts of panel members by segment and trait value, for ${title}.`,
    '',
    'It reads the assignments and the panel, changes nothing, and returns counts; no row of a user leaves the warehouse.',
    'Save it as counts.sql and run it, with a header line in the CSV:',
    ...howToRun.map((line) => `  ${line}`),
    'Then judge the counts, with the definitions if there are any:',
    '  traitleak audit --counts counts.csv --definitions DEFINITIONS',
    '',
    'The result holds counts of single people: small cells are hidden by traitleak, in its outputs, not here.',
    'Treat the CSV as confidential as the panel itself, and delete it after the audit.',
  ];
  return `${lines.map((line) => `-- ${line}`.trimEnd()).join('\n')}\n`;
}
