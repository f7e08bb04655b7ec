import type { EvidenceSet } from '../evidence/evidence-set.ts';
import { gatherGovernance } from '../evidence/governance.ts';
import { type Judgement, judgeEvidence, kindOf, type RuleClaim } from './judge-evidence.ts';
import type { RulePack } from './pack.ts';

/**
 * Judges how the segments are governed that other rules have found to give a trait away: by explicit words or topics, by membership, or by their
 * descent.
 *
 * @param judgement - what all other rules make of the evidence
 * @param now - day that review dates are compared with
 * @returns the evidence with what was gathered, and the judgement with the claims on governance
 */
export function judgeGovernance(
  packs: readonly RulePack[],
  evidence: EvidenceSet,
  judgement: Judgement,
  now: Date,
): { readonly evidence: EvidenceSet; readonly judgement: Judgement } {
  const governance = gatherGovernance(evidence.segments, sensitiveSegments(judgement.claims), now);
  const about = packs.map((pack) => ({
    ...pack,
    rules: pack.rules.filter((rule) => kindOf(rule).isAboutClaims === true),
  }));
  const gathered = { ...evidence, governance };
  const { claims } = judgeEvidence(about, gathered);
  return { evidence: gathered, judgement: { ...judgement, claims: [...judgement.claims, ...claims] } };
}

function sensitiveSegments(claims: readonly RuleClaim[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { claim } of claims) {
    const isTelling = claim.evidence.some((item) => {
      switch (item.kind) {
        case 'term':
          return item.strength === 'explicit';
        case 'topics':
        case 'lineage':
          return true;
        case 'association':
        case 'probability':
          return item.direction === 'over';
        default:
          return false;
      }
    });
    if (isTelling) found.set(claim.segment, (found.get(claim.segment) ?? new Set()).add(claim.trait));
  }
  return found;
}
