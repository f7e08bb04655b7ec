import { AuditError } from '../errors.ts';
import type { EvidenceSet } from '../evidence/evidence-set.ts';
import { RULE_KINDS } from './kinds/index.ts';
import { coversTrait, type Rule, type RulePack } from './pack.ts';
import type { AssociationVerdict, Claim, RuleKind } from './rule-kind.ts';

/** A claim together with the rule that makes it. */
export interface RuleClaim {
  readonly rule: Rule;
  readonly claim: Claim;
}

/** What all rules make of the evidence. */
export interface Judgement {
  readonly claims: readonly RuleClaim[];
  /**
   * At the place of each association of the evidence, the verdict of the first rule, in pack order, that covers its trait; undefined where
   * none does.
   */
  readonly verdicts: readonly (AssociationVerdict | undefined)[];
}

/** Applies every rule of every pack. A rule id that two packs share is applied once, from the first. */
export function judgeEvidence(packs: readonly RulePack[], evidence: EvidenceSet): Judgement {
  const claims: RuleClaim[] = [];
  const verdicts = new Array<AssociationVerdict | undefined>(evidence.associations.length).fill(undefined);
  const applied = new Set<string>();
  for (const pack of packs) {
    for (const rule of pack.rules) {
      if (applied.has(rule.id)) continue;
      applied.add(rule.id);
      const outcome = kindOf(rule).evaluate(rule, evidence, coverage(rule));
      for (const claim of outcome.claims) claims.push({ rule, claim });
      outcome.verdicts.forEach((verdict, place) => {
        verdicts[place] ??= verdict;
      });
    }
  }
  return { claims, verdicts };
}

/** Whether the rule covers a trait, worked out once per trait: a large export asks a million times. */
function coverage(rule: Rule): (trait: string) => boolean {
  const known = new Map<string, boolean>();
  return (trait) => {
    const before = known.get(trait);
    if (before !== undefined) return before;
    const covers = coversTrait(rule, trait);
    known.set(trait, covers);
    return covers;
  };
}

/** The code behind a rule. */
export function kindOf(rule: Rule): RuleKind {
  const kind = RULE_KINDS[rule.kind];
  if (kind === undefined)
    throw new AuditError('E_INTERNAL', `Rule kind "${rule.kind}" passed the schema but is not registered.`);
  return kind;
}
