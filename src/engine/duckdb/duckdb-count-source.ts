import type {
  AssignmentFiles,
  CellCount,
  CountSource,
  ExportCounts,
  PanelCounts,
  PanelFile,
  TableCount,
} from '../count-source.ts';
import { cellsQuery } from '../sql/queries.ts';
import { tablesFromCells } from '../tables-from-cells.ts';
import { type DatabaseOptions, openDatabase, toCount, toText } from './database.ts';
import { loadMembership } from './load-membership.ts';
import { loadPanel, toMoments, toNullableText } from './load-panel.ts';

/** What the embedded engine reads. */
export interface FileInputs {
  readonly assignments?: AssignmentFiles;
  readonly panel?: PanelFile;
}

/**
 * Counts files with the embedded engine. Rows are read into a private in-memory database and never leave it.
 *
 * @throws {AuditError} E_INPUT_* when a file is broken or holds nothing usable
 */
export async function openDuckDbCountSource(inputs: FileInputs, options: DatabaseOptions = {}): Promise<CountSource> {
  const database = await openDatabase(options);
  try {
    const exportCounts: ExportCounts | undefined =
      inputs.assignments === undefined ? undefined : await loadMembership(database, inputs.assignments);
    const panel = inputs.panel === undefined ? undefined : await loadPanel(database, inputs.panel);
    const isJoined = exportCounts !== undefined && panel !== undefined;

    const countPanel = async (): Promise<PanelCounts | undefined> => {
      if (panel === undefined || !isJoined) return panel;
      const [row] = await database.rows('SELECT COUNT(*) FROM panel WHERE user_id IN (SELECT user_id FROM membership)');
      return { ...panel, usersInExport: toCount(row?.[0]) };
    };

    const countTables = async (): Promise<readonly TableCount[]> => {
      if (!isJoined) return [];
      const cells: CellCount[] = [];
      for (const trait of inputs.panel?.traits ?? []) {
        for (const [segment, value, stratum, ...moments] of await database.rows(cellsQuery(trait))) {
          cells.push({
            segment: toText(segment),
            trait: trait.trait,
            value: toNullableText(value),
            stratum: toText(stratum),
            ...toMoments(moments),
          });
        }
      }
      const segments = exportCounts.segments.map((size) => size.segment);
      return tablesFromCells(segments, panel.totals, cells);
    };

    return { countExport: async () => exportCounts, countPanel, countTables, close: () => database.close() };
  } catch (error) {
    await database.close();
    throw error;
  }
}
