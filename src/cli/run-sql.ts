import { resolve } from 'node:path';
import type { AuditConfig, WarehouseConfig } from '../config/config.ts';
import { parseTableName } from '../config/parse-config.ts';
import type { AuditReport } from '../domain/report.ts';
import { AuditError } from '../errors.ts';
import { printQueries } from '../print-queries.ts';
import type { SqlFlags } from './flags.ts';
import { checkOutputs, writeStdout } from './output.ts';
import { readResults } from './read-results.ts';
import { filesNamedBy, refuseInputs } from './refuse-inputs.ts';
import { resolveConfig } from './resolve-config.ts';
import { writeAtomically } from './stage-files.ts';
import { writeNote } from './write-note.ts';

/** Runs `traitleak sql`. */
export async function runSql(configArgument: string | undefined, flags: SqlFlags): Promise<void> {
  const { output, quiet, dialect: asked } = flags;
  const path = output === '-' ? undefined : resolve(output);
  if (path !== undefined) await checkOutputs([{ format: 'sql', path }]);
  const { config, notes } = await resolveConfig(configArgument, flags, process.cwd());
  const read = [...filesNamedBy(config), ...(flags.flaggedBy === undefined ? [] : [resolve(flags.flaggedBy)])];
  if (path !== undefined) await refuseInputs([{ format: 'sql', path }], read);
  const warehouse = withFlags(config, flags);
  const dialect = asked ?? warehouse.dialect;
  if (dialect === undefined)
    throw new AuditError('E_USAGE', 'No dialect is named.', {
      hint: 'Name it with --dialect, such as --dialect postgres, or in the config: `warehouse: { dialect: postgres }`.',
    });
  const flagged =
    flags.flaggedBy === undefined ? [] : flaggedSegments(await readResults(flags.flaggedBy, ['findings', 'segments']));
  const printed = await printQueries({ ...config, warehouse }, dialect, flagged);
  if (quiet !== true) for (const note of [...notes, ...printed.notes]) writeNote(note);
  await (path === undefined ? writeStdout(printed.script) : writeAtomically(path, printed.script));
}

/** Segments whose membership was found to stand in for a trait. */
function flaggedSegments({ findings, segments }: Pick<AuditReport, 'findings' | 'segments'>): readonly string[] {
  const flagged = new Set(
    findings
      .filter(({ evidence }) => evidence.some(({ kind }) => kind === 'association' || kind === 'probability'))
      .map(({ segment }) => segment),
  );
  return segments.map(({ segment }) => segment).filter((segment) => flagged.has(segment));
}

function withFlags({ warehouse = {} }: AuditConfig, { assignmentsTable, traitsTable }: SqlFlags): WarehouseConfig {
  return {
    ...warehouse,
    ...(assignmentsTable === undefined
      ? {}
      : { assignments: { ...warehouse.assignments, table: parseTableName(assignmentsTable) } }),
    ...(traitsTable === undefined ? {} : { traits: { ...warehouse.traits, table: parseTableName(traitsTable) } }),
  };
}
