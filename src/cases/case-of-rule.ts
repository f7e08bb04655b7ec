import type { Rule, RulePack } from '../rules/pack.ts';
import type { MiniExport, RuleCase } from '../rules/rule-cases.ts';

/** What a rule has to do on a case. */
export const EXPECTATIONS = ['fires', 'silent'] as const;

export type Expectation = (typeof EXPECTATIONS)[number];

/** A case that a rule is shown. */
export interface CaseOfRule {
  /** The pack that judges; it applies the rule. */
  readonly pack: RulePack;
  readonly rule: Rule;
  readonly expect: Expectation;
  /** Position in the list of the rule, from 1. */
  readonly number: number;
  readonly shown: RuleCase;
}

/** What came of a case. */
export interface CaseOutcome extends CaseOfRule {
  readonly passed: boolean;
  /** How many findings the rule made. */
  readonly findings: number;
  /** Traits of these findings. */
  readonly traits: readonly string[];
  /** What came out instead, in a sentence; there when the case failed. */
  readonly instead?: string;
}

/** What the rules made of a case, before it is compared with what was expected. */
export interface Seen {
  /** Findings of the rule at hand. */
  readonly own: readonly { readonly trait: string; readonly message: string }[];
  /** Other rules that found something. */
  readonly others: readonly string[];
  /** Was there anything to judge? */
  readonly wasExamined: boolean;
  /** What else is known of why nothing was found. */
  readonly why?: string;
}

/** Every case of the rules that the packs apply, in the order of the packs. */
export function casesOf(packs: readonly RulePack[]): readonly CaseOfRule[] {
  return packs.flatMap((pack) =>
    pack.rules.flatMap((rule) =>
      EXPECTATIONS.flatMap((expect) =>
        rule.cases[expect].map((shown, index): CaseOfRule => ({ pack, rule, expect, number: index + 1, shown })),
      ),
    ),
  );
}

/** Is the case one name, for a rule that reads names? Such a case needs no files. */
export function isNameCase({ rule, shown }: CaseOfRule): boolean {
  return rule.kind === 'name' && shown.name !== undefined;
}

/** The export that a case stands for: its own, or one of a segment with its name. */
export function exportOf({ name, export: exported }: RuleCase): MiniExport {
  return exported ?? { definitions: [{ segment_id: '1', name: name ?? '' }] };
}

/** Compares what came out with what was expected. */
export function conclude(one: CaseOfRule, seen: Seen): CaseOutcome {
  const findings = seen.own.length;
  const passed = one.expect === 'fires' ? findings > 0 : findings === 0 && seen.wasExamined;
  const traits = [...new Set(seen.own.map(({ trait }) => trait))];
  return { ...one, passed, findings, traits, ...(passed ? {} : { instead: insteadOf(one, seen) }) };
}

function insteadOf({ expect }: CaseOfRule, { own, others, wasExamined, why }: Seen): string {
  if (expect === 'silent' && own[0] !== undefined) return `It fires: ${own[0].message}`;
  if (!wasExamined)
    return `There was nothing to examine, so silence proves nothing.${why === undefined ? '' : ` ${why}`}`;
  const found = others.length === 0 ? 'Nothing else fires either.' : `Other rules fire: ${others.join(', ')}.`;
  return `It is silent. ${found}${why === undefined ? '' : ` ${why}`}`;
}
