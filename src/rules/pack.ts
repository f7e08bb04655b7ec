import type { LawReference } from '../domain/finding.ts';
import type { SourceLocation } from '../domain/location.ts';
import type { Notice } from '../domain/notice.ts';
import { type Severity, severityRank } from '../domain/severity.ts';
import type { RuleCases } from './rule-cases.ts';

/** Which traits a rule covers. `special`: the pack's special traits. `ordinary`: every other trait. `any`: all. */
export type TraitScope = 'special' | 'ordinary' | 'any' | readonly string[];

/** How grave the findings of a rule are, by what the trait is to its pack. */
export interface SeverityByTier {
  readonly special: Severity;
  readonly ordinary: Severity;
}

/** A rule as its pack states it, with references resolved and what it takes from other rules filled in. */
export interface Rule {
  readonly id: string;
  /** The pack that is applied. */
  readonly pack: string;
  /** The pack that states the rule: another one when it comes through `extends`. */
  readonly statedBy: string;
  /** The rule that this one takes its conditions from, as `pack/rule`. */
  readonly basedOn?: string;
  readonly kind: string;
  readonly title: string;
  readonly severity: SeverityByTier;
  readonly traits: TraitScope;
  /** What the pack that states the rule calls special. */
  readonly specialTraits: readonly string[];
  /** Thresholds; the rule kind knows their meaning. */
  readonly when: Readonly<Record<string, unknown>>;
  readonly why: string;
  readonly remedy: string;
  readonly law: readonly LawReference[];
  /** What a reader has to check before relying on the rule. */
  readonly verify?: string;
  readonly cases: RuleCases;
  /** Why an extending pack changes the rule, where it says so. */
  readonly changed?: string;
  readonly location: SourceLocation;
}

/** A rule that a pack takes from another one and does without. */
export interface RuleOff {
  readonly rule: Rule;
  readonly reason: string;
  /** The pack that switches it off. */
  readonly by: string;
}

/** A pack file that another pack is built on. */
export interface PackSource {
  readonly id: string;
  readonly version: string;
  /** Absolute path. */
  readonly path: string;
  /** Path as shown to people. */
  readonly shown: string;
  /** SHA-256 of the file. */
  readonly sha256: string;
}

/** Days on which the law of a pack is in force; the last one is still a day of force. */
export interface EffectiveDays {
  readonly from: string;
  readonly until?: string;
}

/** A loaded rule pack. */
export interface RulePack extends PackSource {
  readonly title: string;
  readonly description: string;
  readonly jurisdiction: string | null;
  readonly effective?: EffectiveDays;
  readonly specialTraits: readonly string[];
  /** Rules that are applied: those that it takes from other packs first, in their order, then its own. */
  readonly rules: readonly Rule[];
  readonly off: readonly RuleOff[];
  /** The packs that it extends, in order. */
  readonly extends: readonly RulePack[];
  /** Every other pack file that its rules come from, extended or based on, in the order of their paths. */
  readonly builtOn: readonly PackSource[];
  /** SHA-256 over its file and all that it is built on. */
  readonly digest: string;
  /** What is odd about the pack, without making it wrong. */
  readonly notices: readonly Notice[];
}

/** Does the rule cover the trait? */
export function coversTrait(rule: Rule, trait: string): boolean {
  switch (rule.traits) {
    case 'any':
      return true;
    case 'special':
      return isSpecial(rule, trait);
    case 'ordinary':
      return !isSpecial(rule, trait);
    default:
      return rule.traits.includes(trait);
  }
}

/** How grave a finding of the rule on the trait is, unless the rule kind has a reason to say otherwise. */
export function severityOn({ severity, specialTraits }: Rule, trait: string): Severity {
  return isSpecial({ specialTraits }, trait) ? severity.special : severity.ordinary;
}

/** Severities that findings of the rule may have, gravest first, as people read them: `critical`, or `critical/medium`. */
export function severityText({ severity, traits }: Rule): string {
  const { special, ordinary } = severity;
  if (special === ordinary || traits === 'special') return special;
  if (traits === 'ordinary') return ordinary;
  return [special, ordinary].sort((a, b) => severityRank(a) - severityRank(b)).join('/');
}

/** Two traits taken together (`a x b`) are as special as the more special of them. */
function isSpecial({ specialTraits }: Pick<Rule, 'specialTraits'>, trait: string): boolean {
  return trait.split(' x ').some((part) => specialTraits.includes(part));
}
