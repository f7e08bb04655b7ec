import type { AuditConfig } from './config/config.ts';
import { countInputs, type InputCounts, parquetColumnsOf } from './count-inputs.ts';
import { compareText } from './domain/order.ts';
import type { AuditReport, Summary } from './domain/report.ts';
import { measureAssociations } from './evidence/associations.ts';
import type { AuditedSegment } from './evidence/audited-segment.ts';
import type { EvidenceSet } from './evidence/evidence-set.ts';
import { controlMultiplicity } from './evidence/multiplicity.ts';
import { type Judge, readWords } from './evidence/read-words.ts';
import { measureTopics } from './evidence/topics.ts';
import { type GatheredInputs, gatherInputs } from './ingest/gather-inputs.ts';
import { loadLexicons } from './ingest/load-lexicons.ts';
import { requireProtectedValues } from './ingest/panel.ts';
import { buildReport } from './report/build-report.ts';
import { coverageNotices } from './report/coverage-notices.ts';
import { judgeEvidence } from './rules/judge-evidence.ts';
import { loadPack } from './rules/load-pack.ts';
import { toolVersion } from './version.ts';

/** What an audit takes from outside its inputs. */
export interface AuditEnvironment {
  /** Time of the report; everything else is the same in every run. */
  readonly now: Date;
  /** Folder for the engine's temporary files. */
  readonly temporaryDirectory?: string;
}

/**
 * Audits an export: reads definitions, counts memberships against the panel, judges both by the rule packs, and makes the report.
 *
 * @param config - a complete config; see `parseConfig`
 * @param environment - clock and temporary folder
 * @returns the report, small cells hidden, ready for any format; `report.gate.passed` tells whether the gate passed
 * @throws {AuditError} for every wrong input: what, where, and how to mend it
 */
export async function audit(config: AuditConfig, environment: AuditEnvironment): Promise<AuditReport> {
  const packs = await Promise.all(config.packs.map((pack) => loadPack(pack, config.folder)));
  const inputs = await gatherInputs(config, parquetColumnsOf);
  const [counts, lexicons] = await Promise.all([
    countInputs(inputs, config, environment.temporaryDirectory),
    loadLexicons(),
  ]);
  if (inputs.panel !== undefined && counts.panel !== undefined) requireProtectedValues(inputs.panel, counts.panel);
  const evidence = collectEvidence(inputs, counts, config, lexicons.judge);
  const examined = whatWasExamined(evidence);
  return buildReport({
    tool: toolVersion(),
    generatedAt: environment.now.toISOString(),
    inputs: await inputs.records(counts.rows),
    packs: packs.map(({ id, version, shown, sha256, rules }) => ({
      id,
      version,
      path: shown,
      sha256,
      rules: rules.length,
    })),
    manifest: {
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
      seed: null,
    },
    evidence,
    judgement: judgeEvidence(packs, evidence),
    users: counts.exportCounts?.users,
    panelUsers: counts.panel?.users,
    examined,
    notices: [
      ...inputs.notices,
      ...coverageNotices({ ...counts, inputs, evidence, examined, minCell: config.minCell }),
    ],
  });
}

function collectEvidence(inputs: GatheredInputs, counts: InputCounts, config: AuditConfig, judge: Judge): EvidenceSet {
  const segments = auditedSegments(inputs, counts);
  const isWeighted = inputs.panel?.file.weightColumn !== undefined;
  const protectedValues = inputs.panel?.protectedValues ?? new Map<string, readonly string[]>();
  const measured = measureAssociations(counts.tables, { protectedValues, isWeighted });
  return {
    segments,
    texts: readWords(segments, judge),
    topics: measureTopics(segments, judge),
    strata: inputs.panel?.file.stratumColumns ?? [],
    ...controlMultiplicity(measured, config.multiplicity),
  };
}

/** Every segment that is defined, has members, or has counts, in code-unit order of the ids. */
function auditedSegments(
  { definitions }: GatheredInputs,
  { exportCounts, tables }: InputCounts,
): readonly AuditedSegment[] {
  const byId = new Map(definitions.map((definition) => [definition.segment, definition]));
  const members = new Map((exportCounts?.segments ?? []).map((size) => [size.segment, size.members]));
  const ids = new Set([...byId.keys(), ...members.keys(), ...tables.map((table) => table.segment)]);
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
