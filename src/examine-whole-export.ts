import type { AuditConfig } from './config/config.ts';
import { compareText } from './domain/order.ts';
import type { CountSource } from './engine/count-source.ts';
import type { CompositionEvidence } from './evidence/compositions.ts';
import { EMPTY_EVIDENCE, type EvidenceSet } from './evidence/evidence-set.ts';
import { parentsOf } from './evidence/parents.ts';
import { examineCompositions } from './examine-compositions.ts';
import { examineLeakage, type LeakageEvidence } from './examine-leakage.ts';
import { type Judgement, judgeEvidence } from './rules/judge-evidence.ts';
import { coversTrait, type RulePack } from './rules/pack.ts';

/** What all memberships together show, and what the rules make of it. */
export interface WholeExportExamination {
  readonly evidence: EvidenceSet;
  readonly judgement: Judgement;
  readonly skipped: LeakageEvidence['skipped'];
  /** Undefined when no pairs were searched. */
  readonly search: CompositionEvidence['search'] | undefined;
}

/**
 * Attacks the whole export, searches pairs of segments, and adds both to the evidence and the judgement of the segments one by one.
 *
 * @param source - undefined for definitions alone
 * @param judged - the judgement of everything else, which says what was flagged already
 */
export async function examineWholeExport(
  source: CountSource | undefined,
  packs: readonly RulePack[],
  config: AuditConfig,
  { evidence, judgement }: { readonly evidence: EvidenceSet; readonly judgement: Judgement },
): Promise<WholeExportExamination> {
  if (source === undefined) return { evidence, judgement, skipped: [], search: undefined };
  const { associations } = evidence;
  const { leakage, skipped } = config.leaveOut.includes('leakage')
    ? { leakage: [], skipped: [] }
    : await examineLeakage(source, {
        associations,
        flagged: flaggedByTrait(judgement),
        parents: parentsOf(evidence.segments),
        boundOf: (trait) => leakageBound(packs, trait),
      });
  const found = config.leaveOut.includes('combinations')
    ? undefined
    : await examineCompositions(source, associations, { level: config.multiplicity.level, minCell: config.minCell });
  const compositions = found?.compositions ?? [];
  const whole = judgeEvidence(packs, { ...EMPTY_EVIDENCE, leakage, compositions });
  return {
    evidence: { ...evidence, leakage, compositions },
    judgement: { ...judgement, claims: [...judgement.claims, ...whole.claims] },
    skipped,
    search: found?.search,
  };
}

/** Segments that a rule flagged for their members, by trait. */
function flaggedByTrait({ claims }: Judgement): ReadonlyMap<string, readonly string[]> {
  const flagged = new Map<string, Set<string>>();
  for (const { claim } of claims) {
    if (!claim.evidence.some(({ kind }) => kind === 'association')) continue;
    flagged.set(claim.trait, (flagged.get(claim.trait) ?? new Set()).add(claim.segment));
  }
  return new Map([...flagged].map(([trait, segments]) => [trait, [...segments].sort(compareText)]));
}

/** The AUC that the first rule for the trait allows. */
function leakageBound(packs: readonly RulePack[], trait: string): number | undefined {
  for (const pack of packs) {
    const rule = pack.rules.find((candidate) => candidate.kind === 'leakage' && coversTrait(candidate, trait));
    if (rule !== undefined) return Number(rule.when.auc);
  }
  return undefined;
}
