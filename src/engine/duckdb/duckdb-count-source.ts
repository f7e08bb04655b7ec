import { compareText } from '../../domain/order.ts';
import type {
  AssignmentFiles,
  CellCount,
  ConsentFile,
  CountSource,
  ExportCounts,
  PanelCounts,
  PanelFile,
  ProbabilityCount,
  ProbabilityMoments,
  PseudoCounts,
  PseudoSegment,
  TableCount,
} from '../count-source.ts';
import { PSEUDO_PREFIX } from '../pseudo-segments.ts';
import {
  cellsQuery,
  flaggedQuery,
  mostMembershipsQuery,
  noSegmentQuery,
  panelMembershipQuery,
  panelUsersInExportQuery,
  probabilityCellsQuery,
  probabilityTotalsQuery,
  topScoresQuery,
} from '../sql/queries.ts';
import { tablesFromCells } from '../tables-from-cells.ts';
import { announcedSource } from './announced-source.ts';
import { openAttack } from './attack.ts';
import { type CountConsent, loadConsent } from './consent.ts';
import { type Cell, type Database, type DatabaseOptions, openDatabase, toCount, toText } from './database.ts';
import { countExposure } from './exposure.ts';
import { countLineage } from './lineage.ts';
import { loadMembership } from './load-membership.ts';
import { loadPanel, toMoments, toNullableText } from './load-panel.ts';
import { countPairs } from './pairs.ts';
import { countPlants } from './plants.ts';

/** What the embedded engine reads. */
export interface FileInputs {
  readonly assignments?: AssignmentFiles;
  readonly panel?: PanelFile;
  /** An earlier export, to find out what became of its segments. */
  readonly earlier?: AssignmentFiles;
  /** Which users have agreed to what. */
  readonly consent?: ConsentFile;
}

/**
 * Counts files with the embedded engine. Rows are read into a private in-memory database and never leave it.
 *
 * @throws {AuditError} E_INPUT_* when a file is broken or holds nothing usable
 */
export async function openDuckDbCountSource(inputs: FileInputs, options: DatabaseOptions = {}): Promise<CountSource> {
  const database = await openDatabase(options);
  try {
    return announcedSource(await load(database, inputs), database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function load(database: Database, inputs: FileInputs): Promise<CountSource> {
  const { assignments, panel: panelFile } = inputs;
  const exportCounts = assignments === undefined ? undefined : await loadMembership(database, assignments);
  if (panelFile !== undefined) database.begin('reading the panel');
  const panel = panelFile === undefined ? undefined : await loadPanel(database, panelFile, exportCounts !== undefined);
  const consent =
    inputs.consent === undefined || exportCounts === undefined
      ? undefined
      : await loadConsent(database, inputs.consent);
  const close = (): Promise<void> => database.close();
  const alone = exportAlone(database, inputs, exportCounts, consent);
  if (assignments === undefined || exportCounts === undefined || panelFile === undefined || panel === undefined) {
    return { ...unjoined({ exportCounts, panel, close }), ...alone };
  }
  await database.execute(`CREATE TEMP TABLE panel_membership AS ${panelMembershipQuery()}`);
  return { ...joined({ database, assignments, panelFile, exportCounts, panel }), ...alone };
}

/** Counts that need no panel. */
type ExportAlone = Pick<CountSource, 'countLineage' | 'countExposure' | 'countConsent'>;

function exportAlone(
  database: Database,
  { assignments, earlier }: FileInputs,
  exportCounts: Required<ExportCounts> | undefined,
  consent: CountConsent | undefined,
): ExportAlone {
  return {
    countLineage: async (named) =>
      earlier === undefined || exportCounts === undefined
        ? undefined
        : countLineage(database, earlier, { later: exportCounts, named }),
    countExposure: async () =>
      assignments === undefined || exportCounts === undefined
        ? undefined
        : countExposure(database, assignments, exportCounts),
    countConsent: async (demands) => consent?.(demands),
  };
}

type LoadedPanel = Awaited<ReturnType<typeof loadPanel>>;

/** Only one of export and panel: there is nothing to compare. */
function unjoined(parts: {
  exportCounts: Required<ExportCounts> | undefined;
  panel: LoadedPanel | undefined;
  close: () => Promise<void>;
}): Omit<CountSource, keyof ExportAlone> {
  return {
    countExport: async () => parts.exportCounts,
    countPanel: async () => parts.panel,
    countTables: async () => [],
    countPseudoSegments: async () => ({ segments: [], tables: [] }),
    countProbabilities: async () => [],
    countPlanted: async () => [],
    openAttack: async () => undefined,
    countPairs: async () => undefined,
    close: parts.close,
  };
}

interface JoinedParts {
  readonly database: Database;
  readonly assignments: AssignmentFiles;
  readonly panelFile: PanelFile;
  readonly exportCounts: Required<ExportCounts>;
  readonly panel: LoadedPanel;
}

function joined(parts: JoinedParts): Omit<CountSource, keyof ExportAlone> {
  const { database, panelFile, exportCounts, panel } = parts;
  const segments = exportCounts.segments.map((size) => size.segment);
  return {
    countExport: async () => exportCounts,
    countPanel: async (): Promise<PanelCounts> => {
      const [row] = await database.rows(panelUsersInExportQuery());
      return { ...panel, usersInExport: toCount(row?.[0]) };
    },
    countTables: async () => countTables(parts, segments, 'panel_membership'),
    countPseudoSegments: async (flagged) => countPseudoSegments(parts, flagged),
    countProbabilities: async () => countProbabilities(database, panelFile, segments),
    countPlanted: async (plants) => countPlants(database, panelFile, plants),
    openAttack: async (labels, split) => openAttack(database, labels, split),
    countPairs: async (labels, limits) => countPairs(database, labels, limits),
    close: () => database.close(),
  };
}

async function countTables(
  { database, panelFile, panel }: JoinedParts,
  segments: readonly string[],
  membership: string,
): Promise<readonly TableCount[]> {
  const cells: CellCount[] = [];
  for (const trait of panelFile.traits) {
    for (const [segment, value, stratum, ...moments] of await database.rows(
      cellsQuery(trait, panelFile.weightColumn !== undefined, membership),
    )) {
      cells.push({
        segment: toText(segment),
        trait: trait.trait,
        value: toNullableText(value),
        stratum: toText(stratum),
        ...toMoments(moments),
      });
    }
  }
  return tablesFromCells(segments, panel.totals, cells);
}

async function countPseudoSegments(parts: JoinedParts, flagged: readonly string[]): Promise<PseudoCounts> {
  const { database, assignments, exportCounts } = parts;
  if (exportCounts.segments.some(({ segment }) => segment.startsWith(PSEUDO_PREFIX)))
    return { segments: [], tables: [] };
  const queries = [
    noSegmentQuery(),
    mostMembershipsQuery(),
    ...(flagged.length === 0 ? [] : [flaggedQuery(flagged)]),
    ...(assignments.scoreColumn === undefined ? [] : [topScoresQuery()]),
  ];
  await database.execute('CREATE OR REPLACE TEMP TABLE pseudo_membership (user_id BIGINT, segment_id VARCHAR)');
  for (const query of queries) await database.execute(`INSERT INTO pseudo_membership ${query}`);
  const ids = await database.rows('SELECT DISTINCT segment_id FROM pseudo_membership');
  const segments = ids
    .map(([id]) => toText(id))
    .sort(compareText)
    .map(toPseudoSegment);
  const tables = await countTables(
    parts,
    segments.map(({ id }) => id),
    'pseudo_membership',
  );
  return { segments, tables };
}

function toPseudoSegment(id: string): PseudoSegment {
  const [kind = '', ...of] = id.slice(PSEUDO_PREFIX.length).split(':');
  return { id, kind: kind as PseudoSegment['kind'], ...(of.length === 0 ? {} : { of: of.join(':') }) };
}

async function countProbabilities(
  database: Database,
  { probabilities }: PanelFile,
  segments: readonly string[],
): Promise<readonly ProbabilityCount[]> {
  const counts: ProbabilityCount[] = [];
  for (const { trait, value } of probabilities) {
    const [totals] = await database.rows(probabilityTotalsQuery(trait, value));
    const total = toProbabilityMoments(totals ?? []);
    const cells = await database.rows(probabilityCellsQuery(trait, value));
    const bySegment = new Map(cells.map(([segment, ...moments]) => [toText(segment), toProbabilityMoments(moments)]));
    for (const segment of segments) {
      const inside = bySegment.get(segment) ?? toProbabilityMoments([]);
      counts.push({ segment, trait, value, inside, outside: minus(total, inside) });
    }
  }
  return counts;
}

function toProbabilityMoments(cells: readonly Cell[]): ProbabilityMoments {
  const [weight = 0, weightP = 0, squaredWeight = 0, squaredWeightP = 0, squaredWeightPP = 0] = cells
    .slice(1)
    .map(Number);
  return { members: toCount(cells[0]), weight, weightP, squaredWeight, squaredWeightP, squaredWeightPP };
}

function minus(whole: ProbabilityMoments, part: ProbabilityMoments): ProbabilityMoments {
  return {
    members: whole.members - part.members,
    weight: whole.weight - part.weight,
    weightP: whole.weightP - part.weightP,
    squaredWeight: whole.squaredWeight - part.squaredWeight,
    squaredWeightP: whole.squaredWeightP - part.squaredWeightP,
    squaredWeightPP: whole.squaredWeightPP - part.squaredWeightPP,
  };
}
