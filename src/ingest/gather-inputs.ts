import { resolve } from 'node:path';
import type { AssignmentsConfig, AuditConfig } from '../config/config.ts';
import type { Notice } from '../domain/notice.ts';
import type { InputRecord } from '../domain/report.ts';
import type { SegmentDefinition } from '../domain/segment.ts';
import type { Baseline, WaiverEntry } from '../domain/waiver.ts';
import type { AssignmentFiles, ConsentFile } from '../engine/count-source.ts';
import { AuditError } from '../errors.ts';
import { assignmentNotices, understandAssignments } from './assignment-files.ts';
import { readBaseline } from './baseline.ts';
import type { CompressedFileChecks } from './check-compressed.ts';
import { understandConsent } from './consent.ts';
import { readDefinitions } from './definitions/read-definitions.ts';
import { fileDigest } from './digest.ts';
import type { FileWatch } from './file-watch.ts';
import { inTurns } from './in-turns.ts';
import { type InputPath, resolveInputs, toShown } from './input-path.ts';
import { lineGauge } from './line-gauge.ts';
import { type Panel, understandPanel } from './panel.ts';
import { readTextFile, type TextFile } from './read-text.ts';
import { describeRowFile, type RowFileProbe, requireIds } from './row-file.ts';
import { compressionByName } from './row-format.ts';
import { type RowSources, resolveRowInputs } from './row-inputs.ts';
import { readWaivers } from './waivers.ts';

/** The files of an audit, understood but, for rows of users, not read. */
export interface GatheredInputs {
  readonly definitions: readonly SegmentDefinition[];
  readonly assignments?: AssignmentFiles;
  readonly panel?: Panel;
  readonly counts?: TextFile & { readonly shown: string };
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

/** What reads files. */
export interface InputReaders {
  readonly probe: RowFileProbe;
  readonly sources: RowSources;
  /** Told of every file of rows as soon as it is found. */
  readonly checks: CompressedFileChecks;
  readonly watch: FileWatch;
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
export async function gatherInputs(config: AuditConfig, readers: InputReaders): Promise<GatheredInputs> {
  if (config.definitions.length === 0 && config.assignments.files.length === 0 && config.counts === undefined) {
    throw new AuditError(
      'E_CONFIG_NOT_FOUND',
      'There is nothing to audit: no definitions, no assignments and no counts are named.',
    );
  }
  const accepted = await gatherAccepted(config);
  const definitionPaths = await resolveInputs(config.definitions, config.folder);
  const definitionFiles = await readDefinitions(definitionPaths);
  const gathered = await gatherAssignments(config.assignments, config.folder, readers);
  const { assignments } = gathered;
  const previous = await gatherPrevious(config, readers);
  const traitPaths = config.traits === undefined ? [] : await resolveInputs([config.traits.file], config.folder);
  await beginReading(traitPaths, readers);
  const panel = await describePanel(traitPaths, config, readers.probe);
  const consentPaths = config.consent === undefined ? [] : await resolveInputs([config.consent.file], config.folder);
  await beginReading(consentPaths, readers);
  const consent = await describeConsent(consentPaths, config, readers.probe);
  const countPaths = config.counts === undefined ? [] : await resolveInputs([config.counts], config.folder);
  const [counts] = await inTurns(countPaths, async ({ path, shown }) => ({
    ...(await readTextFile(path, shown)),
    shown,
  }));
  const { file: configFile } = config;

  const rowFiles = [
    ...(assignments?.files ?? []),
    ...(previous.gathered?.assignments?.files ?? []),
    ...(panel === undefined ? [] : [panel.file.file]),
    ...(consent === undefined ? [] : [consent.file.file]),
  ];
  const isPlainCsv = new Set(
    rowFiles
      .filter(({ format, path }) => format === 'csv' && compressionByName(path) === undefined)
      .map(({ path }) => path),
  );
  const records = async (rows: RowCounts): Promise<readonly InputRecord[]> => {
    const files: FileRecord[] = [
      ...(configFile === undefined ? [] : [['config', configFile, null, configFile.sha256] as FileRecord]),
      ...definitionFiles.map(
        ({ input, definitions, sha256 }): FileRecord => ['definitions', input, definitions.length, sha256],
      ),
      ...gathered.paths.map((input, index): FileRecord => ['assignments', input, rows.assignments[index] ?? null]),
      ...traitPaths.map((input): FileRecord => ['traits', input, rows.traits]),
      ...previous.records(rows),
      ...countPaths.map((input): FileRecord => ['counts', input, rows.counts, counts?.sha256]),
      ...consentPaths.map((input): FileRecord => ['consent', input, null]),
      ...accepted.records,
    ];
    const made = await inTurns(files, async ([role, input, count, sha256]) => ({
      role,
      path: input.shown,
      sha256: sha256 ?? (await fileDigest(input, isPlainCsv.has(input.path) ? lineGauge(input.shown) : undefined)),
      rows: count,
    }));
    await readers.watch.refuseChanged();
    return made;
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
      ...gathered.notices,
      ...previous.notices,
      ...(panel?.notices ?? []),
      ...(consent === undefined ? [] : [consent.notice]),
    ],
  };
}

/** Role, file, rows, and the digest where it was taken from what was read; without it, the file is hashed. */
type FileRecord = [InputRecord['role'], InputPath, number | null, (string | undefined)?];

/** A file of rows is looked at several times from here on. */
async function beginReading(inputs: readonly InputPath[], { checks, watch }: InputReaders): Promise<void> {
  await watch.begin(inputs);
  checks.begin(inputs);
}

/** The files of what was accepted, where the config names them. */
async function gatherAccepted({ waivers, baseline, folder }: AuditConfig): Promise<{
  readonly waivers: readonly WaiverEntry[] | undefined;
  readonly baseline: Baseline | undefined;
  readonly records: readonly FileRecord[];
}> {
  const inputOf = (path: string): InputPath => ({ path: resolve(folder, path), shown: toShown(path) });
  const waiverFile = waivers === undefined ? undefined : inputOf(waivers);
  const baselineFile = baseline === undefined ? undefined : inputOf(baseline);
  const accepted = waiverFile === undefined ? undefined : await readWaivers(waiverFile);
  const known = baselineFile === undefined ? undefined : await readBaseline(baselineFile);
  return {
    waivers: accepted?.entries,
    baseline: known?.baseline,
    records: [
      ...(waiverFile === undefined
        ? []
        : [['waivers', waiverFile, accepted?.entries.length ?? 0, accepted?.sha256] as FileRecord]),
      ...(baselineFile === undefined
        ? []
        : [['baseline', baselineFile, known?.baseline.entries.length ?? 0, known?.sha256] as FileRecord]),
    ],
  };
}

/** The files of the earlier export, where the config names one. */
async function gatherPrevious(
  { previous, folder }: AuditConfig,
  readers: InputReaders,
): Promise<{
  readonly gathered: GatheredInputs['previous'];
  readonly notices: readonly Notice[];
  readonly records: (rows: RowCounts) => readonly FileRecord[];
}> {
  if (previous === undefined) return { gathered: undefined, notices: [], records: () => [] };
  const definitionFiles = await readDefinitions(await resolveInputs(previous.definitions, folder));
  const { paths, assignments, notices } = await gatherAssignments(previous.assignments, folder, readers);
  return {
    // Of the earlier export the columns go without saying: they are recognised like those of this one.
    notices: notices.filter(({ code }) => code === 'folder-files-skipped'),
    gathered: {
      definitions: definitionFiles.flatMap((file) => file.definitions),
      ...(assignments === undefined ? {} : { assignments }),
    },
    records: (rows) => [
      ...definitionFiles.map(
        ({ input, definitions, sha256 }): FileRecord => ['previous-definitions', input, definitions.length, sha256],
      ),
      ...paths.map(
        (input): FileRecord => ['previous-assignments', input, paths.length === 1 ? rows.previousAssignments : null],
      ),
    ],
  };
}

/** Assignments that are found, described and understood. */
interface GatheredAssignments {
  readonly paths: readonly InputPath[];
  /** Undefined where none are named. */
  readonly assignments: AssignmentFiles | undefined;
  readonly notices: readonly Notice[];
}

/** Finds the assignments and decides which columns are what. */
export async function gatherAssignments(
  config: AssignmentsConfig,
  folder: string,
  readers: InputReaders,
): Promise<GatheredAssignments> {
  const { probe, sources } = readers;
  const { inputs, notices } = await resolveRowInputs(config.files, folder, sources, config.format);
  if (inputs.length === 0) return { paths: [], assignments: undefined, notices };
  await beginReading(inputs, readers);
  const files = await inTurns(inputs, (input) => describeRowFile(input, probe, config));
  const assignments = await understandAssignments(files, config, probe);
  return { paths: inputs, assignments, notices: [...notices, ...assignmentNotices(assignments, config)] };
}

/** Describes the panel's file and decides which columns are what; undefined where none is named. */
export async function describePanel(
  paths: readonly InputPath[],
  { traits }: AuditConfig,
  probe: RowFileProbe,
): Promise<Panel | undefined> {
  const [path] = paths;
  if (path === undefined || traits === undefined) return undefined;
  if (paths.length > 1)
    throw new AuditError('E_PANEL_INVALID', 'The traits panel must be one file.', { location: { file: traits.file } });
  const file = await describeRowFile(path, probe, traits);
  const panel = understandPanel(file, traits);
  requireIds(file, panel.file.userColumn);
  return panel;
}

async function describeConsent(
  paths: readonly InputPath[],
  { consent }: AuditConfig,
  probe: RowFileProbe,
): Promise<ReturnType<typeof understandConsent> | undefined> {
  const [path] = paths;
  if (path === undefined || consent === undefined) return undefined;
  if (paths.length > 1)
    throw new AuditError('E_INPUT_MISSING', 'Consent must be one file.', { location: { file: consent.file } });
  const file = await describeRowFile(path, probe, consent);
  const understood = understandConsent(file, consent);
  requireIds(file, understood.file.userColumn);
  return understood;
}
