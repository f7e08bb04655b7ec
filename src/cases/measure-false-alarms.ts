import { SEVERITIES } from '../domain/severity.ts';
import { type FalseAlarms, falseAlarmKey } from '../rules/false-alarms.ts';
import { coversTrait, type Rule, type RulePack } from '../rules/pack.ts';
import type { RuleCase } from '../rules/rule-cases.ts';
import type { CaseEnvironment } from './audit-exports.ts';
import type { CaseOfRule } from './case-of-rule.ts';
import { runCases } from './run-cases.ts';

/** A case, and the rules that must be silent on it. */
interface SilentCase {
  readonly shown: RuleCase;
  readonly owners: readonly Rule[];
}

/**
 * Shows every rule what some rule that asks the same question must be silent on, and counts how often it fires on a trait that one of these
 * rules covers. Cases on which a rule that asks the same must fire are left out: there, firing may be right.
 *
 * @param packs - the shipped packs; of rules with the same id, the first is measured
 * @returns figures by the key of the rule
 */
export async function measureFalseAlarms(
  packs: readonly RulePack[],
  environment: CaseEnvironment,
): Promise<Readonly<Record<string, FalseAlarms>>> {
  const [first] = packs;
  if (first === undefined) return {};
  const rules = new Map<string, Rule>();
  for (const rule of packs.flatMap((pack) => pack.rules)) if (!rules.has(rule.id)) rules.set(rule.id, rule);
  const together: RulePack = { ...first, rules: [...rules.values()] };
  const byQuestion = silentCases(together.rules);
  const cases = together.rules.flatMap((rule) =>
    (byQuestion.get(questionOf(rule)) ?? []).map(
      ({ shown }, index): CaseOfRule => ({ pack: together, rule, expect: 'silent', number: index + 1, shown }),
    ),
  );
  const figures: Record<string, FalseAlarms> = {};
  for (const { rule, number, traits } of await runCases(cases, environment)) {
    const { owners } = byQuestion.get(questionOf(rule))?.[number - 1] ?? { owners: [] };
    const isFalse = traits.some((trait) => owners.some((owner) => coversTrait(owner, trait)));
    const { cases: before, fired } = figures[falseAlarmKey(rule)] ?? { cases: 0, fired: 0 };
    figures[falseAlarmKey(rule)] = { cases: before + 1, fired: fired + (isFalse ? 1 : 0) };
  }
  return figures;
}

/** Distinct cases by the question of the rules that must be silent on them, where none that asks the same must fire. */
function silentCases(rules: readonly Rule[]): ReadonlyMap<string, readonly SilentCase[]> {
  const byQuestion = new Map<string, Map<string, SilentCase>>();
  for (const rule of rules) {
    const question = questionOf(rule);
    const cases = byQuestion.get(question) ?? new Map<string, SilentCase>();
    for (const shown of rule.cases.silent) {
      const owners = cases.get(contentOf(shown))?.owners ?? [];
      cases.set(contentOf(shown), { shown, owners: [...owners, rule] });
    }
    byQuestion.set(question, cases);
  }
  for (const rule of rules)
    for (const shown of rule.cases.fires) byQuestion.get(questionOf(rule))?.delete(contentOf(shown));
  return new Map([...byQuestion].map(([question, cases]) => [question, [...cases.values()]]));
}

/** What a rule asks, whatever its thresholds, severities and traits: its kind, and all conditions that are words. */
function questionOf({ kind, when }: Rule): string {
  const words = JSON.stringify(when, (_key, value: unknown) => {
    if (typeof value === 'number' || (SEVERITIES as readonly unknown[]).includes(value)) return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  return `${kind} ${words}`;
}

function contentOf({ name, export: exported }: RuleCase): string {
  return JSON.stringify(exported ?? name);
}
