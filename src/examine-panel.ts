import type { AuditConfig } from './config/config.ts';
import { groupBy } from './domain/group-by.ts';
import type { SelfTestResult } from './domain/self-test.ts';
import type { CountSource } from './engine/count-source.ts';
import { measureAssociations } from './evidence/associations.ts';
import { EMPTY_EVIDENCE, type EvidenceSet } from './evidence/evidence-set.ts';
import { controlMultiplicity } from './evidence/multiplicity.ts';
import { CAUGHT_SHARE, type PlantSeries, planPlants, testPlants } from './evidence/self-test.ts';
import type { PseudoExamination } from './report/build-report.ts';
import { isSmallCell } from './report/small-cells.ts';
import { judgeEvidence } from './rules/judge-evidence.ts';
import type { RulePack } from './rules/pack.ts';

/** What the examinations need to know of the audit. */
export interface ExaminationContext {
  readonly packs: readonly RulePack[];
  readonly config: AuditConfig;
  readonly protectedValues: ReadonlyMap<string, readonly string[]>;
  readonly isWeighted: boolean;
  readonly evidence: EvidenceSet;
}

/**
 * Tests the groups that no segment names: users in no segment, users with the most memberships, users of any flagged segment taken together,
 * and the highest tenth of each segment's scores.
 *
 * @param flagged - segments found to be proxies
 */
export async function examinePseudoSegments(
  source: CountSource,
  flagged: readonly string[],
  { packs, config, protectedValues, isWeighted, evidence }: ExaminationContext,
): Promise<PseudoExamination> {
  const { segments, tables } = await source.countPseudoSegments(flagged);
  const measured = measureAssociations(tables, { protectedValues, isWeighted });
  const examined = {
    ...EMPTY_EVIDENCE,
    strata: evidence.strata,
    ...controlMultiplicity(measured, config.multiplicity),
  };
  return { segments, evidence: examined, judgement: judgeEvidence(packs, examined) };
}

/**
 * Plants proxies of known strength among the panel's members and takes them through the run's own thresholds and rules.
 *
 * @returns one result per tested trait value
 */
export async function selfTest(
  source: CountSource,
  { packs, config, evidence }: ExaminationContext,
): Promise<readonly SelfTestResult[]> {
  const series = planPlants(evidence.associations);
  const tables = await source.countPlanted(series.flatMap(({ plants }) => plants));
  const associations = testPlants(tables, evidence);
  const planted = {
    ...EMPTY_EVIDENCE,
    ...evidence,
    segments: [],
    texts: [],
    topics: [],
    probabilities: [],
    associations,
  };
  const { verdicts } = judgeEvidence(packs, planted);
  const isCaught = (_: unknown, place: number): boolean => verdicts[place]?.verdict === 'proxy';
  const caught = new Set(associations.filter(isCaught).map(({ segment }) => segment));
  return series.map((one) => summarise(one, caught, config.minCell));
}

function summarise(
  { trait, value, members, plants }: PlantSeries,
  caught: ReadonlySet<string>,
  minCell: number,
): SelfTestResult {
  const strengths = [...groupBy(plants, ({ strength }) => strength)].map(([strength, planted]) => ({
    strength,
    caught: planted.filter(({ id }) => caught.has(id)).length / planted.length,
  }));
  const lastMissed = strengths.findLastIndex((one) => one.caught < CAUGHT_SHARE);
  return {
    trait,
    value,
    members: isSmallCell(members, minCell) ? null : members,
    weakestCaught: strengths[lastMissed + 1]?.strength ?? null,
    strengths,
  };
}
