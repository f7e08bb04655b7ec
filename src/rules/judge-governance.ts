import type { EvidenceSet } from '../evidence/evidence-set.ts';
import { type GovernanceEvidence, gatherGovernance } from '../evidence/governance.ts';
import { type Judgement, judgeEvidence, kindOf } from './judge-evidence.ts';
import type { RulePack } from './pack.ts';

/**
 * Judges how the segments are governed, and whether their members agreed, that other rules have found to give a trait away: by explicit words or
 * topics, by membership, or by their descent.
 *
 * @param judgement - what all other rules make of the evidence
 * @param sensitive - see `sensitiveSegments`
 * @param now - day that review dates are compared with
 * @returns the evidence with what was gathered, and the judgement with the claims on governance
 */
export function judgeGovernance(
  packs: readonly RulePack[],
  evidence: EvidenceSet,
  judgement: Judgement,
  { sensitive, now }: { readonly sensitive: GovernanceEvidence['foundBy']; readonly now: Date },
): { readonly evidence: EvidenceSet; readonly judgement: Judgement } {
  const governance = gatherGovernance(evidence.segments, sensitive, now);
  const about = packs.map((pack) => ({
    ...pack,
    rules: pack.rules.filter((rule) => kindOf(rule).isAboutClaims === true),
  }));
  const gathered = { ...evidence, governance };
  const { claims } = judgeEvidence(about, gathered);
  return { evidence: gathered, judgement: { ...judgement, claims: [...judgement.claims, ...claims] } };
}

/** Traits that rules have found each segment to give away, with the packs of these rules: by segment, then trait. */
export function sensitiveSegments({ claims }: Judgement): GovernanceEvidence['foundBy'] {
  const found = new Map<string, Map<string, Set<string>>>();
  for (const { rule, claim } of claims) {
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
    if (!isTelling) continue;
    const traits = found.get(claim.segment) ?? new Map<string, Set<string>>();
    traits.set(claim.trait, (traits.get(claim.trait) ?? new Set()).add(rule.pack));
    found.set(claim.segment, traits);
  }
  return found;
}
