import type { AuditConfig, TraitColumnConfig, WarehouseConfig } from '../config/config.ts';
import type { AssignmentTable, PanelTable, RowFile } from '../engine/count-source.ts';
import { AuditError } from '../errors.ts';
import { describePanel, gatherAssignments, type InputReaders } from './gather-inputs.ts';
import { type InputPath, resolveInputs } from './input-path.ts';
import { type Panel, understandPanel } from './panel.ts';

/** Tables whose columns are understood. */
export interface UnderstoodTables {
  readonly assignments: AssignmentTable;
  readonly panel: PanelTable;
  readonly protectedValues: Panel['protectedValues'];
  /** What was assumed, in words. */
  readonly notes: readonly string[];
}

/** Names of tables and columns where nothing says otherwise. */
const DEFAULT = { assignments: 'assignments', traits: 'traits', user: 'user_id', segment: 'segment_id' } as const;

/**
 * Decides which tables and columns of a warehouse are what: by `warehouse` in the config; what that leaves open is as in the files that the config
 * names, or as the defaults.
 *
 * @throws {AuditError} E_CONFIG_INVALID when nothing says which columns hold traits; E_USAGE for shapes of rows that have no query
 */
export async function understandTables(config: AuditConfig, readers: InputReaders): Promise<UnderstoodTables> {
  const { assignments: members, traits: people } = config.warehouse ?? {};
  const assignments = await understandAssignmentTable(config, members, readers);
  const panel = await understandPanelTable(config, people, readers);
  const { file: _, ...columns } = panel.file;
  const notes = [
    ...(members === undefined
      ? [`assignments: table ${DEFAULT.assignments}; name another with --assignments-table`]
      : []),
    ...(people === undefined ? [`traits: table ${DEFAULT.traits}; name another with --traits-table`] : []),
    `columns of the assignments: user ${assignments.userColumn}, segment ${assignments.segmentColumn}${assignments.scoreColumn === undefined ? '' : `, score ${assignments.scoreColumn}`}`,
    ...panel.notices.map(({ message }) => message),
    ...columns.probabilities.map(
      ({ column }) => `${column} holds probabilities, which ready-made counts cannot; it is not tested`,
    ),
  ];
  if (columns.traits.length === 0) {
    throw new AuditError(
      'E_PANEL_INVALID',
      'The panel has traits as probabilities only, which ready-made counts cannot hold.',
      {
        hint: 'Audit the files themselves, or add a column with the value of a trait.',
      },
    );
  }
  return {
    assignments,
    panel: { ...columns, table: people?.table ?? [DEFAULT.traits] },
    protectedValues: panel.protectedValues,
    notes,
  };
}

async function understandAssignmentTable(
  { assignments: files, folder }: AuditConfig,
  named: WarehouseConfig['assignments'],
  readers: InputReaders,
): Promise<UnderstoodTables['assignments']> {
  const table = named?.table ?? [DEFAULT.assignments];
  const isComplete = named?.user !== undefined && named.segment !== undefined;
  const { assignments } =
    isComplete || files.files.length === 0
      ? { assignments: undefined }
      : await gatherAssignments(files, folder, readers);
  if (assignments !== undefined && (assignments.shape.kind !== 'long' || assignments.latestBy !== undefined)) {
    throw new AuditError(
      'E_USAGE',
      'Queries are written for tables with one row per user and segment, all of which count.',
      {
        hint: 'Make a view with one row per user and segment, and name it and its columns: `warehouse: { assignments: { table: …, user: …, segment: … } }`.',
      },
    );
  }
  const scoreColumn = named?.score ?? assignments?.scoreColumn;
  const threshold = named?.threshold ?? assignments?.threshold;
  if (threshold !== undefined && scoreColumn === undefined)
    throw new AuditError('E_CONFIG_INVALID', '`warehouse.assignments.threshold` needs a column: `score`.');
  return {
    table,
    userColumn: named?.user ?? assignments?.userColumn ?? DEFAULT.user,
    segmentColumn: named?.segment ?? (assignments?.shape.kind === 'long' ? assignments.shape.column : DEFAULT.segment),
    ...(scoreColumn === undefined ? {} : { scoreColumn }),
    ...(threshold === undefined ? {} : { threshold }),
  };
}

async function understandPanelTable(
  config: AuditConfig,
  named: WarehouseConfig['traits'],
  readers: InputReaders,
): Promise<Panel> {
  if (named?.columns !== undefined) return panelOfTable(named, named.columns);
  const { traits } = config;
  if (traits === undefined) {
    throw new AuditError('E_CONFIG_INVALID', 'Nothing says which columns of the panel hold which traits.', {
      hint: 'Say it in the config: `warehouse: { traits: { table: schema.table, user: …, columns: { column: trait } } }`, or name a file with the same columns: --traits FILE.',
    });
  }
  const { table: _, columns: __, ...said } = named ?? { table: [] };
  const resolved = await describePanel(
    [await panelPath(config)],
    { ...config, traits: { ...traits, ...said } },
    readers.probe,
  );
  if (resolved === undefined) throw new RangeError('no panel file');
  return resolved;
}

async function panelPath({ traits, folder }: AuditConfig): Promise<InputPath> {
  const [path, ...more] = await resolveInputs(traits === undefined ? [] : [traits.file], folder);
  if (path !== undefined && more.length === 0) return path;
  throw new AuditError('E_PANEL_INVALID', 'The traits panel must be one file.');
}

/** A table has the columns that the config names; nobody looks into the warehouse. */
function panelOfTable(
  { table, user = DEFAULT.user, strata = [], weight, intersections = [] }: NonNullable<WarehouseConfig['traits']>,
  columns: Readonly<Record<string, TraitColumnConfig>>,
): Panel {
  const shown = table.join('.');
  const named = [user, ...Object.keys(columns), ...strata, ...(weight === undefined ? [] : [weight])];
  const file: RowFile = { path: shown, shown, format: 'parquet', delimiter: '', columns: [...new Set(named)] };
  return understandPanel(file, { user, columns, strata, intersections, ...(weight === undefined ? {} : { weight }) });
}
