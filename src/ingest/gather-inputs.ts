import { resolve } from 'node:path';
import type { AuditConfig } from '../config/config.ts';
import type { Notice } from '../domain/notice.ts';
import type { InputRecord } from '../domain/report.ts';
import type { SegmentDefinition } from '../domain/segment.ts';
import type { Baseline, WaiverEntry } from '../domain/waiver.ts';
import type { AssignmentFiles, ConsentFile, RowFile } from '../engine/count-source.ts';
import { AuditError } from '../errors.ts';
import { readBaseline } from './baseline.ts';
import { recogniseColumn, SCORE_COLUMNS, SEGMENT_COLUMNS, USER_COLUMNS } from './column-names.ts';
import { understandConsent } from './consent.ts';
import { requireColumn } from './csv-header.ts';
import { readDefinitions } from './definitions/read-definitions.ts';
import { fileDigest } from './digest.ts';
import { type InputPath, resolveInputs, toShown } from './input-path.ts';
import { type Panel, requireRecognised, understandPanel } from './panel.ts';
import { describeRowFile, type ParquetColumns } from './row-file.ts';
import { readWaivers } from './waivers.ts';

/** The files of an audit, understood but, for rows of users, not read. */
export interface GatheredInputs {
  readonly definitions: readonly SegmentDefinition[];
  readonly assignments?: AssignmentFiles;
  readonly panel?: Panel;
  readonly counts?: InputPath;
  /** Which users have agreed to what. */
  readonly consent?: ConsentFile;
  /** An earlier export. */
  readonly previous?: { readonly definitions: readonly SegmentDefinition[]; readonly assignments?: AssignmentFiles };
  /** What people accepted, and what was there before. */
  readonly waivers?: readonly WaiverEntry[];
  readonly baseline?: Baseline;
  /** Makes the records of the manifest; hashes every file, so it runs beside the counting. */
  readonly records: (rows: RowCounts) => Promise<readonly InputRecord[]>;
  readonly notices: readonly Notice[];
}

/** Rows of the files that the engine reads. */
export interface RowCounts {
  /** Of each file, in the order of the files. */
  readonly assignments: readonly number[];
  readonly traits: number | null;
  readonly counts: number | null;
  readonly previousAssignments: number | null;
}

/**
 * Finds and describes every input of an audit, and reads the definitions.
 *
 * @throws {AuditError} E_INPUT_*, E_DEFINITION_*, E_PANEL_INVALID with the place of the fault
 */
export async function gatherInputs(config: AuditConfig, parquetColumns: ParquetColumns): Promise<GatheredInputs> {
  if (config.definitions.length === 0 && config.assignments.files.length === 0 && config.counts === undefined) {
    throw new AuditError(
      'E_CONFIG_NOT_FOUND',
      'There is nothing to audit: no definitions, no assignments and no counts are named.',
    );
  }
  const accepted = await gatherAccepted(config);
  const definitionPaths = await resolveInputs(config.definitions, config.folder);
  const definitionFiles = await readDefinitions(definitionPaths);
  const assignmentPaths = await resolveInputs(config.assignments.files, config.folder);
  const assignments =
    assignmentPaths.length === 0
      ? undefined
      : await describeAssignments(assignmentPaths, config.assignments, parquetColumns);
  const previous = await gatherPrevious(config, parquetColumns);
  const traitPaths = config.traits === undefined ? [] : await resolveInputs([config.traits.file], config.folder);
  const panel = await describePanel(traitPaths, config, parquetColumns);
  const consentPaths = config.consent === undefined ? [] : await resolveInputs([config.consent.file], config.folder);
  const consent = await describeConsent(consentPaths, config, parquetColumns);
  const countPaths = config.counts === undefined ? [] : await resolveInputs([config.counts], config.folder);
  const [counts] = countPaths;
  const configPath = config.file === undefined ? [] : [{ path: config.file.path, shown: config.file.shown }];

  const records = async (rows: RowCounts): Promise<readonly InputRecord[]> => {
    const files: FileRecord[] = [
      ...configPath.map((input): FileRecord => ['config', input, null]),
      ...definitionFiles.map(({ input, definitions }): FileRecord => ['definitions', input, definitions.length]),
      ...assignmentPaths.map((input, index): FileRecord => ['assignments', input, rows.assignments[index] ?? null]),
      ...traitPaths.map((input): FileRecord => ['traits', input, rows.traits]),
      ...previous.records(rows),
      ...countPaths.map((input): FileRecord => ['counts', input, rows.counts]),
      ...consentPaths.map((input): FileRecord => ['consent', input, null]),
      ...accepted.records,
    ];
    return Promise.all(
      files.map(async ([role, input, count]) => ({
        role,
        path: input.shown,
        sha256: await fileDigest(input),
        rows: count,
      })),
    );
  };

  return {
    definitions: definitionFiles.flatMap((file) => file.definitions),
    ...(assignments === undefined ? {} : { assignments }),
    ...(panel === undefined ? {} : { panel }),
    ...(counts === undefined ? {} : { counts }),
    ...(consent === undefined ? {} : { consent: consent.file }),
    ...(previous.gathered === undefined ? {} : { previous: previous.gathered }),
    ...(accepted.waivers === undefined ? {} : { waivers: accepted.waivers }),
    ...(accepted.baseline === undefined ? {} : { baseline: accepted.baseline }),
    records,
    notices: [
      ...assignmentNotices(assignments),
      ...(panel?.notices ?? []),
      ...(consent === undefined ? [] : [consent.notice]),
    ],
  };
}

/** Says which columns were taken for what. */
function assignmentNotices(assignments: AssignmentFiles | undefined): readonly Notice[] {
  const [file] = assignments?.files ?? [];
  if (assignments === undefined || file === undefined) return [];
  const { userColumn, segmentColumn, scoreColumn } = assignments;
  const score = scoreColumn === undefined ? '' : `, score ${scoreColumn}`;
  return [
    {
      code: 'assignment-columns',
      level: 'info',
      message: `Columns of the assignments: user ${userColumn}, segment ${segmentColumn}${score}.`,
      location: { file: file.shown, line: 1 },
    },
  ];
}

type FileRecord = [InputRecord['role'], InputPath, number | null];

/** The files of what was accepted, where the config names them. */
async function gatherAccepted({ waivers, baseline, folder }: AuditConfig): Promise<{
  readonly waivers: readonly WaiverEntry[] | undefined;
  readonly baseline: Baseline | undefined;
  readonly records: readonly FileRecord[];
}> {
  const inputOf = (path: string): InputPath => ({ path: resolve(folder, path), shown: toShown(path) });
  const waiverFile = waivers === undefined ? undefined : inputOf(waivers);
  const baselineFile = baseline === undefined ? undefined : inputOf(baseline);
  const entries = waiverFile === undefined ? undefined : await readWaivers(waiverFile);
  const known = baselineFile === undefined ? undefined : await readBaseline(baselineFile);
  return {
    waivers: entries,
    baseline: known,
    records: [
      ...(waiverFile === undefined ? [] : [['waivers', waiverFile, entries?.length ?? 0] as FileRecord]),
      ...(baselineFile === undefined ? [] : [['baseline', baselineFile, known?.entries.length ?? 0] as FileRecord]),
    ],
  };
}

/** The files of the earlier export, where the config names one. */
async function gatherPrevious(
  { previous, folder }: AuditConfig,
  parquetColumns: ParquetColumns,
): Promise<{
  readonly gathered: GatheredInputs['previous'];
  readonly records: (rows: RowCounts) => readonly FileRecord[];
}> {
  if (previous === undefined) return { gathered: undefined, records: () => [] };
  const definitionFiles = await readDefinitions(await resolveInputs(previous.definitions, folder));
  const paths = await resolveInputs(previous.assignments.files, folder);
  const assignments =
    paths.length === 0 ? undefined : await describeAssignments(paths, previous.assignments, parquetColumns);
  return {
    gathered: {
      definitions: definitionFiles.flatMap((file) => file.definitions),
      ...(assignments === undefined ? {} : { assignments }),
    },
    records: (rows) => [
      ...definitionFiles.map(
        ({ input, definitions }): FileRecord => ['previous-definitions', input, definitions.length],
      ),
      ...paths.map(
        (input): FileRecord => ['previous-assignments', input, paths.length === 1 ? rows.previousAssignments : null],
      ),
    ],
  };
}

async function describeAssignments(
  paths: readonly InputPath[],
  assignments: AuditConfig['assignments'],
  parquetColumns: ParquetColumns,
): Promise<AssignmentFiles> {
  const files = await Promise.all(paths.map((path) => describeRowFile(path, parquetColumns)));
  const [first] = files;
  if (first === undefined) throw new RangeError('no assignment file');
  const userColumn =
    assignments.user ?? requireRecognised(first, USER_COLUMNS, 'user id', 'assignments: { files: …, user: <column> }');
  const others = { ...first, columns: first.columns.filter((column) => column !== userColumn) };
  const segmentColumn =
    assignments.segment ??
    requireRecognised(others, SEGMENT_COLUMNS, 'segment id', 'assignments: { files: …, segment: <column> }');
  for (const file of files) {
    requireColumn(file.columns, userColumn, file.shown);
    requireColumn(file.columns, segmentColumn, file.shown);
  }
  const scoreColumn = assignments.score ?? recogniseColumn(others.columns, SCORE_COLUMNS);
  if (assignments.score !== undefined) requireColumn(first.columns, assignments.score, first.shown);
  return { files, userColumn, segmentColumn, ...(isInAll(files, scoreColumn) ? { scoreColumn } : {}) };
}

function isInAll(files: readonly RowFile[], column: string | undefined): column is string {
  return column !== undefined && files.every((file) => file.columns.includes(column));
}

async function describePanel(
  paths: readonly InputPath[],
  { traits }: AuditConfig,
  parquetColumns: ParquetColumns,
): Promise<Panel | undefined> {
  const [path] = paths;
  if (path === undefined || traits === undefined) return undefined;
  if (paths.length > 1)
    throw new AuditError('E_PANEL_INVALID', 'The traits panel must be one file.', { location: { file: traits.file } });
  return understandPanel(await describeRowFile(path, parquetColumns), traits);
}

async function describeConsent(
  paths: readonly InputPath[],
  { consent }: AuditConfig,
  parquetColumns: ParquetColumns,
): Promise<ReturnType<typeof understandConsent> | undefined> {
  const [path] = paths;
  if (path === undefined || consent === undefined) return undefined;
  if (paths.length > 1)
    throw new AuditError('E_INPUT_MISSING', 'Consent must be one file.', { location: { file: consent.file } });
  return understandConsent(await describeRowFile(path, parquetColumns), consent);
}
