import type { Verdict } from './association.ts';
import type { IdentifierShape } from './exposure.ts';
import type { GovernanceCondition } from './governance.ts';
import type { LineageKind } from './lineage.ts';
import type { SourceLocation } from './location.ts';
import type { Severity } from './severity.ts';
import type { Acceptance } from './waiver.ts';

/** A word that names a trait, at its exact place in the text of a definition. */
export interface TermEvidence {
  readonly kind: 'term';
  readonly field: string;
  readonly text: string;
  readonly term: string;
  readonly matched: string;
  /** UTF-16 offsets into `text`. */
  readonly start: number;
  readonly end: number;
  readonly strength: 'explicit' | 'implied';
  readonly language: string;
  readonly disguise?: string;
  readonly lexicon: string;
  readonly group: string;
  readonly why: string;
}

/** Points at a row of `associations`. */
export interface AssociationEvidence {
  readonly kind: 'association';
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
  /** Which way the segment departs from the rest of the panel. */
  readonly direction: 'over' | 'under';
}

/** A topic that names or suggests a trait. */
export interface TellingTopic {
  readonly term: string;
  readonly weight: number;
  readonly strength: 'explicit' | 'implied';
}

/** The weighted topics of a definition that name the trait. */
export interface TopicEvidence {
  readonly kind: 'topics';
  /** Weight of these topics over the weight of all; in [0, 1]. */
  readonly share: number;
  /** Share over the mean share of all definitions with topics; 1 is average. */
  readonly lift: number;
  readonly topics: readonly TellingTopic[];
}

/** Points at a row of `probabilities`. */
export interface ProbabilityEvidence {
  readonly kind: 'probability';
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
  readonly direction: 'over' | 'under';
}

/** The segment of an earlier export whose people a segment holds. */
export interface LineageEvidence {
  readonly kind: 'lineage';
  /** Id and name in the earlier export. */
  readonly before: string;
  readonly nameBefore: string;
  readonly relation: LineageKind;
  /** What named the trait there. */
  readonly states: 'words' | 'topics';
  /** Rule that finds it in the earlier export. */
  readonly rule: string;
}

/** How an export singles people out. No figure: those that may be shown are in `exposure`. */
export type ExposureEvidence =
  | { readonly kind: 'exposure'; readonly of: 'segment-size'; readonly below: number }
  | { readonly kind: 'exposure'; readonly of: 'uniqueness'; readonly memberships: number }
  | { readonly kind: 'exposure'; readonly of: 'identifiers'; readonly column: string; readonly shape: IdentifierShape }
  | {
      readonly kind: 'exposure';
      readonly of: 'raw-input';
      readonly input: string;
      readonly title: string;
      readonly field: string;
      readonly term: string;
    };

/** Points at a row of `leakage`. */
export interface LeakageEvidence {
  readonly kind: 'leakage';
  readonly trait: string;
  readonly value: string;
}

/** Points at a row of `compositions`. */
export interface CompositionEvidence {
  readonly kind: 'composition';
  readonly operator: 'and' | 'and-not';
  readonly first: string;
  readonly second: string;
  readonly trait: string;
  readonly value: string;
}

/** What the definition of a segment does not record as a rule asks. */
export interface GovernanceEvidence {
  readonly kind: 'governance';
  readonly attribute: string;
  readonly is: GovernanceCondition;
  readonly gap: 'missing' | 'there' | 'out-of-bounds' | 'unreadable';
  /** What is recorded instead; `null` when nothing is. */
  readonly found: string | null;
}

/** Points at a row of `consent`. */
export interface ConsentEvidence {
  readonly kind: 'consent';
  readonly segment: string;
  readonly trait: string;
}

/** One fact that a finding rests on. */
export type Evidence =
  | TermEvidence
  | TopicEvidence
  | AssociationEvidence
  | ProbabilityEvidence
  | LineageEvidence
  | ExposureEvidence
  | GovernanceEvidence
  | ConsentEvidence
  | LeakageEvidence
  | CompositionEvidence;

/** A provision that a finding touches. */
export interface LawReference {
  readonly id: string;
  readonly title: string;
  /** Article, section or clause, where the title does not say it. */
  readonly provision?: string;
  readonly url?: string;
  /** What a reader has to check before relying on the reference, where its exact text could not be checked. */
  readonly verify?: string;
}

/** A rule's claim about a segment and a trait. */
export interface Finding {
  readonly fingerprint: string;
  readonly rule: string;
  readonly pack: string;
  readonly segment: string;
  readonly trait: string;
  readonly value?: string;
  readonly severity: Severity;
  readonly verdict: Verdict | null;
  readonly title: string;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly law: readonly LawReference[];
  readonly remedy: string;
  readonly location?: SourceLocation;
  readonly state: 'new' | 'baseline' | 'waived';
  /** Who accepted it; there when `state` is `waived`. */
  readonly waiver?: Acceptance;
}
