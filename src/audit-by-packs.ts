import { relative } from 'node:path';
import type { AuditEnvironment } from './audit-environment.ts';
import type { AuditConfig } from './config/config.ts';
import { configRecord } from './config/config-record.ts';
import { countInputs, type InputCounts, ROW_FILE_PROBE } from './count-inputs.ts';
import { compareText } from './domain/order.ts';
import type { AuditReport, InputRecord, Summary } from './domain/report.ts';
import { DRAW_SEED } from './engine/count-source.ts';
import { measureAssociations } from './evidence/associations.ts';
import type { AuditedSegment } from './evidence/audited-segment.ts';
import { inCellOrder } from './evidence/cell-order.ts';
import { measureDistributions } from './evidence/distributions.ts';
import type { EvidenceSet } from './evidence/evidence-set.ts';
import { measureExposure } from './evidence/exposure.ts';
import { measureLineage } from './evidence/lineage.ts';
import { namesOf } from './evidence/lineage-names.ts';
import { controlMultiplicity } from './evidence/multiplicity.ts';
import { measureProbabilities } from './evidence/probabilities.ts';
import { readWords } from './evidence/read-words.ts';
import { measureTopics } from './evidence/topics.ts';
import { examineConsent } from './examine-consent.ts';
import { examinePseudoSegments, selfTest } from './examine-panel.ts';
import { examineWholeExport } from './examine-whole-export.ts';
import { compressedFileChecks } from './ingest/check-compressed.ts';
import { fileDigest } from './ingest/digest.ts';
import { fileWatch } from './ingest/file-watch.ts';
import { type GatheredInputs, gatherInputs, type InputReaders } from './ingest/gather-inputs.ts';
import { type InputPath, toShown } from './ingest/input-path.ts';
import { type LoadedLexicons, loadLexicons } from './ingest/load-lexicons.ts';
import { loadRawInputs } from './ingest/load-raw-inputs.ts';
import { readPrivacy } from './ingest/read-privacy.ts';
import { buildReport } from './report/build-report.ts';
import { coverageNotices, leftOutNotices } from './report/coverage-notices.ts';
import { lineageNotices } from './report/lineage-notices.ts';
import { consentNotices } from './report/show-consent.ts';
import { governanceNotices } from './report/show-governance.ts';
import type { PrivacyOptions } from './report/show-private-counts.ts';
import { wholeExportNotices } from './report/whole-export-notices.ts';
import { judgeEarlierExport } from './rules/judge-earlier-export.ts';
import { type Judgement, judgeEvidence } from './rules/judge-evidence.ts';
import { judgeGovernance, sensitiveSegments } from './rules/judge-governance.ts';
import type { RulePack } from './rules/pack.ts';
import { effectiveNotices, valueNotices } from './rules/pack-notices.ts';
import { openTemporaryFolder } from './temporary-folder.ts';
import { toolVersion } from './version.ts';

/** The same, for audits that share what is loaded once. */
export interface SharedEnvironment extends AuditEnvironment {
  /** Taken instead of loading the shipped ones once more. */
  readonly lexicons?: LoadedLexicons;
  /** What packs and lexicons were compared with; recorded as an input. */
  readonly lock?: InputPath;
}

/**
 * Audits an export once by each of several sets of packs; files are read and counted once.
 *
 * @param packSets - what to judge by instead of the packs of the config
 * @returns a report for each set
 */
export async function auditByPacks(
  packSets: readonly (readonly RulePack[])[],
  config: AuditConfig,
  environment: SharedEnvironment,
): Promise<readonly AuditReport[]> {
  const privacy = await readPrivacy(config);
  const { stdin, temporaryDirectory } = environment;
  // Words alone need no room on a disk, which may be read-only.
  const temporary = readsRows(config) ? await openTemporaryFolder(await temporaryDirectory?.()) : undefined;
  const temporaryFolder = temporary?.path ?? '';
  const sources = { temporaryFolder, ...(stdin === undefined ? {} : { stdin }) };
  const readers = { probe: ROW_FILE_PROBE, sources, checks: compressedFileChecks(), watch: fileWatch() };
  try {
    const lexicons = environment.lexicons ?? (await loadLexicons());
    const { inputs, counts } = await gatherAndCount(config, readers, environment);
    try {
      await readers.checks.finish();
      const reports: AuditReport[] = [];
      for (const packs of packSets) {
        reports.push(await examine(config, environment, { packs, inputs, lexicons, counts, privacy }));
      }
      return reports;
    } finally {
      await counts.source?.close();
    }
  } catch (error) {
    // A file that changed meanwhile, or a compressed one that is cut off, explains whatever else is wrong with it.
    await readers.watch.refuseChanged();
    await readers.checks.finish();
    throw error;
  } finally {
    await temporary?.remove();
  }
}

function readsRows({ assignments, traits, previous }: AuditConfig): boolean {
  return assignments.files.length > 0 || traits !== undefined || (previous?.assignments.files.length ?? 0) > 0;
}

async function gatherAndCount(
  config: AuditConfig,
  readers: InputReaders,
  { progress, signal }: AuditEnvironment,
): Promise<{ readonly inputs: GatheredInputs; readonly counts: InputCounts }> {
  progress?.begin('reading definitions');
  const inputs = await gatherInputs(config, readers);
  const { temporaryFolder } = readers.sources;
  const listeners = { ...(progress === undefined ? {} : { progress }), ...(signal === undefined ? {} : { signal }) };
  return { inputs, counts: await countInputs(inputs, config, { temporaryDirectory: temporaryFolder, ...listeners }) };
}

interface AuditParts {
  readonly packs: readonly RulePack[];
  readonly inputs: GatheredInputs;
  readonly lexicons: LoadedLexicons;
  readonly counts: InputCounts;
  readonly privacy: PrivacyOptions | null;
}

async function examine(
  config: AuditConfig,
  environment: SharedEnvironment,
  { packs, inputs, lexicons, counts, privacy }: AuditParts,
): Promise<AuditReport> {
  const { protectedValues, stratumColumns, isWeighted } = counts.panelUse;
  environment.progress?.begin('reading names');
  const segments = auditedSegments(inputs, counts);
  const earlierNames = namesOf(inputs.previous?.definitions ?? []);
  // In order once for all that need them so.
  const tables = inCellOrder(counts.tables);
  const measured = measureAssociations(tables, { protectedValues, isWeighted });
  const evidence: EvidenceSet = {
    segments,
    texts: readWords(segments, lexicons.judge),
    topics: measureTopics(segments, lexicons.judge),
    probabilities: measureProbabilities((await counts.source?.countProbabilities()) ?? [], config.multiplicity),
    distributions: measureDistributions(tables),
    leakage: [],
    compositions: [],
    lineage:
      counts.lineage === undefined
        ? []
        : measureLineage(counts.lineage, { before: earlierNames, after: namesOf(inputs.definitions) }),
    earlierFindings: judgeEarlierExport(inputs.previous?.definitions ?? [], packs, lexicons.judge),
    exposure: measureExposure(
      segments,
      config.leaveOut.includes('exposure') ? undefined : await counts.source?.countExposure(),
      await loadRawInputs(),
      config.minCell,
    ),
    strata: stratumColumns,
    ...controlMultiplicity(measured, config.multiplicity),
  };
  const judgement = judgeEvidence(packs, evidence);
  const context = { packs, config, protectedValues, isWeighted, evidence };
  const pseudo =
    counts.source === undefined
      ? undefined
      : await examinePseudoSegments(counts.source, flaggedSegments(judgement), context);
  const whole = await examineWholeExport(counts.source, packs, config, { evidence, judgement });
  const search =
    whole.search === undefined ? null : { ...whole.search, cut: whole.search.searched < whole.search.segments };
  const sensitive = sensitiveSegments(whole.judgement);
  const { minCell } = config;
  const consent = await examineConsent(counts.source, inputs.consent, { segments, sensitive, minCell });
  const consented = consent === undefined ? whole.evidence : { ...whole.evidence, consent: consent.rows };
  const governed = judgeGovernance(packs, consented, whole.judgement, { sensitive, now: environment.now });
  const examined = whatWasExamined(evidence);
  environment.progress?.begin('making the report');
  return buildReport({
    tool: toolVersion(),
    generatedAt: environment.now.toISOString(),
    inputs: [...(await inputs.records(counts.rows)), ...(await lockRecords(environment))],
    packs,
    manifest: {
      folder: toShown(relative(environment.root ?? config.folder, config.folder)) || '.',
      config: configRecord(config),
      engine: counts.engine,
      node: process.versions.node,
      lexicons: lexicons.record,
      thresholds: {
        failOn: config.failOn,
        minCell: config.minCell,
        multiplicity: config.multiplicity,
        intervalLevel: 0.95,
        power: 0.8,
      },
      seed: hasDrawn(governed.evidence, config) ? DRAW_SEED : null,
    },
    ...governed,
    failOnInconclusive: config.failOnInconclusive,
    acceptances: { waivers: inputs.waivers, baseline: inputs.baseline, now: environment.now },
    compositionSearch: search,
    earlierNames,
    pseudo,
    selfTest: config.selfTest && counts.source !== undefined ? await selfTest(counts.source, context) : null,
    privacy,
    users: counts.exportCounts?.users,
    panelUsers: counts.panel?.users,
    examined,
    notices: [
      ...inputs.notices,
      ...packs.flatMap((pack) => pack.notices),
      ...effectiveNotices(packs, environment.now),
      ...valueNotices(packs, evidence),
      ...leftOutNotices(config.leaveOut),
      ...wholeExportNotices(whole, { search, isWeighted, strata: evidence.strata }),
      ...lineageNotices(inputs, counts.lineage, config.minCell),
      ...governanceNotices(governed.evidence),
      ...consentNotices(consent, { hasFile: inputs.consent !== undefined, isSensitive: sensitive.size > 0, minCell }),
      ...coverageNotices({ ...counts, inputs, evidence, examined, minCell: config.minCell }),
    ],
  });
}

async function lockRecords({ lock }: SharedEnvironment): Promise<readonly InputRecord[]> {
  return lock === undefined ? [] : [{ role: 'lock', path: lock.shown, sha256: await fileDigest(lock), rows: null }];
}

/** Was anything drawn: users into folds, memberships of users, made-up segments? */
function hasDrawn({ leakage, exposure }: EvidenceSet, { selfTest: isSelfTested }: AuditConfig): boolean {
  return leakage.length > 0 || exposure?.counts !== undefined || isSelfTested;
}

/** Segments whose membership was found to stand in for a trait. */
function flaggedSegments({ claims }: Judgement): readonly string[] {
  const isMembership = (kind: string): boolean => kind === 'association' || kind === 'probability';
  const flagged = claims.filter(({ claim }) => claim.evidence.some(({ kind }) => isMembership(kind)));
  return [...new Set(flagged.map(({ claim }) => claim.segment))].sort(compareText);
}

/** Every segment that is defined, has members, or has counts, in code-unit order of the ids. */
function auditedSegments(
  { definitions }: GatheredInputs,
  { exportCounts, tables }: InputCounts,
): readonly AuditedSegment[] {
  const byId = new Map(definitions.map((definition) => [definition.segment, definition]));
  const members = new Map((exportCounts?.segments ?? []).map((size) => [size.segment, size.members]));
  const ids = new Set([...byId.keys(), ...members.keys()]);
  for (const { segment } of tables) ids.add(segment);
  return [...ids].sort(compareText).map((segment) => {
    const definition = byId.get(segment);
    const size = members.get(segment) ?? (exportCounts === undefined ? undefined : 0);
    return {
      segment,
      ...(definition === undefined ? {} : { definition }),
      ...(size === undefined ? {} : { members: size }),
    };
  });
}

function whatWasExamined({ segments, associations }: EvidenceSet): Summary['examined'] {
  const examined: Summary['examined'][number][] = ['words'];
  if (segments.some(({ definition }) => (definition?.topics.length ?? 0) > 0)) examined.push('topics');
  if (associations.some((association) => association.test !== null)) examined.push('membership');
  return examined;
}
