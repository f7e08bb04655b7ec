import type { AuditConfig } from './config/config.ts';
import type { ProgressListener } from './domain/progress.ts';
import type {
  CountSource,
  ExportCounts,
  LineageCounts,
  NotUsed,
  PanelCounts,
  SegmentPair,
  TableCount,
} from './engine/count-source.ts';
import { openCountsFile } from './engine/counts-file.ts';
import type { DatabaseOptions } from './engine/duckdb/database.ts';
import { AuditError } from './errors.ts';
import { agreeingSegments, namesOf } from './evidence/lineage-names.ts';
import type { GatheredInputs, RowCounts } from './ingest/gather-inputs.ts';
import { type Panel, requireProtectedValues } from './ingest/panel.ts';
import type { RowFileProbe } from './ingest/row-file.ts';

/** The engine's first answers, and the open engine for more. Rows of users stay behind. */
export interface InputCounts {
  readonly exportCounts: ExportCounts | undefined;
  readonly panel: PanelCounts | undefined;
  readonly tables: readonly TableCount[];
  /** What the panel's columns are for. */
  readonly panelUse: PanelUse;
  /** Undefined without an earlier export. */
  readonly lineage: LineageCounts | undefined;
  readonly rows: RowCounts;
  readonly engine: { readonly name: string; readonly version: string };
  /** Undefined for definitions alone. To be closed by the caller. */
  readonly source: CountSource | undefined;
}

/** How the panel is to be tested, whether it is a file or was counted in a warehouse. */
export interface PanelUse {
  /** Values to test by trait; a trait that is not here has all its values tested. */
  readonly protectedValues: ReadonlyMap<string, readonly string[]>;
  /** Columns that make the strata. */
  readonly stratumColumns: readonly string[];
  readonly isWeighted: boolean;
}

/** What the engine takes from outside the config. */
export interface EngineEnvironment {
  /** Folder for its temporary files. */
  readonly temporaryDirectory: string;
  readonly progress?: ProgressListener;
  /** Stops the engine. */
  readonly signal?: AbortSignal;
}

/**
 * Counts the inputs with the engine that fits them: ready-made counts, the embedded engine for files, or none for definitions alone.
 * The embedded engine is loaded only when it is needed.
 */
export async function countInputs(
  inputs: GatheredInputs,
  config: AuditConfig,
  environment: EngineEnvironment,
): Promise<InputCounts> {
  if (inputs.counts !== undefined) {
    if (inputs.assignments !== undefined || inputs.panel !== undefined) {
      throw new AuditError('E_USAGE', 'Give either ready-made counts, or assignments with a traits panel, not both.');
    }
    const counts = openCountsFile(inputs.counts.text, inputs.counts.shown);
    const gathered = await gather(counts, { name: 'ready-made counts', version: '1' }, counts);
    if (gathered.panel !== undefined)
      requireProtectedValues(counts.protectedValues, gathered.panel, inputs.counts.shown);
    return { ...gathered, rows: { ...gathered.rows, traits: null, assignments: [], counts: counts.rows } };
  }
  if (inputs.assignments === undefined && inputs.panel === undefined) {
    return gather(undefined, { name: 'none', version: '0' }, usePanel(undefined));
  }
  const [{ openDuckDbCountSource }, { engineVersion }] = await Promise.all([
    import('./engine/duckdb/duckdb-count-source.ts'),
    import('./engine/duckdb/database.ts'),
  ]);
  const source = await openDuckDbCountSource(
    {
      ...(inputs.assignments === undefined ? {} : { assignments: inputs.assignments }),
      ...(inputs.panel === undefined ? {} : { panel: inputs.panel.file }),
      ...(inputs.consent === undefined ? {} : { consent: inputs.consent }),
      ...(inputs.previous?.assignments === undefined ? {} : { earlier: inputs.previous.assignments }),
    },
    databaseOptions(config, environment),
  );
  try {
    const engine = { name: 'duckdb', version: engineVersion() };
    const gathered = await gather(source, engine, usePanel(inputs.panel), config.minCell, namedAlike(inputs));
    if (inputs.panel !== undefined && gathered.panel !== undefined)
      requireProtectedValues(inputs.panel.protectedValues, gathered.panel, inputs.panel.file.file.shown);
    return gathered;
  } catch (error) {
    await source.close();
    throw error;
  }
}

function usePanel(panel: Panel | undefined): PanelUse {
  return {
    protectedValues: panel?.protectedValues ?? new Map(),
    stratumColumns: panel?.file.stratumColumns ?? [],
    isWeighted: panel?.file.weightColumn !== undefined,
  };
}

/** Segments of both exports that have the same name: what they have in common is wanted in any case. */
function namedAlike({ previous, definitions }: GatheredInputs): readonly SegmentPair[] {
  if (previous === undefined) return [];
  return agreeingSegments([], [], { before: namesOf(previous.definitions), after: namesOf(definitions) });
}

/** What the embedded engine finds out about a file before it is read; it is loaded only when it is asked. */
export const ROW_FILE_PROBE: RowFileProbe = {
  parquetColumns: async (path, shown) => (await loadProbe()).parquetColumns(path, shown),
  firstLines: async (path, shown, lines) => (await loadProbe()).firstLines(path, shown, lines),
  sampleCells: async (file, columns) => (await loadProbe()).sampleCells(file, columns),
};

function loadProbe(): Promise<typeof import('./engine/duckdb/probe-row-file.ts')> {
  return import('./engine/duckdb/probe-row-file.ts');
}

function databaseOptions(
  { engine }: AuditConfig,
  { temporaryDirectory, progress, signal }: EngineEnvironment,
): DatabaseOptions {
  return {
    ...(engine.threads === undefined ? {} : { threads: engine.threads }),
    ...(engine.memory === undefined ? {} : { memoryLimit: engine.memory }),
    temporaryDirectory,
    ...(progress === undefined ? {} : { progress }),
    ...(signal === undefined ? {} : { signal }),
  };
}

async function gather(
  source: CountSource | undefined,
  engine: InputCounts['engine'],
  { protectedValues, stratumColumns, isWeighted }: PanelUse,
  minCell = 0,
  named: readonly SegmentPair[] = [],
): Promise<InputCounts> {
  const exportCounts = await source?.countExport();
  const panel = await source?.countPanel();
  const tables = (await source?.countTables()) ?? [];
  const lineage = await source?.countLineage(named);
  return {
    exportCounts,
    panel,
    tables,
    panelUse: { protectedValues, stratumColumns, isWeighted },
    lineage,
    rows: {
      assignments: hidesFew(exportCounts?.notUsed, minCell) ? [] : (exportCounts?.rowsByFile ?? []),
      traits: panel?.rows ?? null,
      counts: null,
      previousAssignments: hidesFew(lineage?.notUsed, minCell) ? null : (lineage?.rows ?? null),
    },
    engine,
    source,
  };
}

/** Where rows are users, their number less the number of users in segments is the number of users in none, which may be too small to tell. */
function hidesFew(notUsed: NotUsed | undefined, minCell: number): boolean {
  const outside = notUsed?.['in-no-segment'] ?? 0;
  return outside > 0 && outside < minCell;
}
