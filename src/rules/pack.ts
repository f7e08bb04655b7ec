import type { LawReference } from '../domain/finding.ts';
import type { SourceLocation } from '../domain/location.ts';
import type { Severity } from '../domain/severity.ts';

/** Which traits a rule covers. `special`: the pack's special traits. `ordinary`: every other trait. `any`: all. */
export type TraitScope = 'special' | 'ordinary' | 'any' | readonly string[];

/** A rule as its pack states it, with references resolved. */
export interface Rule {
  readonly id: string;
  readonly pack: string;
  readonly kind: string;
  readonly title: string;
  readonly severity: Severity;
  readonly traits: TraitScope;
  /** Thresholds; the rule kind knows their meaning. */
  readonly when: Readonly<Record<string, unknown>>;
  readonly why: string;
  readonly remedy: string;
  readonly law: readonly LawReference[];
  readonly location: SourceLocation;
}

/** A loaded rule pack. */
export interface RulePack {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly specialTraits: readonly string[];
  readonly rules: readonly Rule[];
  /** SHA-256 of the pack file. */
  readonly sha256: string;
  /** Path as shown to people. */
  readonly shown: string;
}

/** Does a rule of this pack cover the trait? */
export function coversTrait(pack: RulePack, rule: Rule, trait: string): boolean {
  switch (rule.traits) {
    case 'any':
      return true;
    case 'special':
      return isSpecial(pack, trait);
    case 'ordinary':
      return !isSpecial(pack, trait);
    default:
      return rule.traits.includes(trait);
  }
}

/** Two traits taken together (`a x b`) are as special as the more special of them. */
function isSpecial(pack: RulePack, trait: string): boolean {
  return trait.split(' x ').some((part) => pack.specialTraits.includes(part));
}
