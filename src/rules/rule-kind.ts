import type { JsonSchema } from '../documents/json-schema.ts';
import type { Association, ConditionalRelation, Verdict } from '../domain/association.ts';
import type { Composition } from '../domain/composition.ts';
import type { ConsentRecord } from '../domain/consent.ts';
import type { ExposureRecord } from '../domain/exposure.ts';
import type { Evidence } from '../domain/finding.ts';
import type { Leakage } from '../domain/leakage.ts';
import type { LineageRecord } from '../domain/lineage.ts';
import type { ProbabilisticAssociation } from '../domain/probability.ts';
import type { AuditReport } from '../domain/report.ts';
import type { Severity } from '../domain/severity.ts';
import type { EvidenceSet } from '../evidence/evidence-set.ts';
import type { Rule } from './pack.ts';

/** What a rule claims, before fingerprints, gate and wording. */
export interface Claim {
  readonly segment: string;
  readonly trait: string;
  readonly value?: string;
  readonly severity: Severity;
  readonly verdict: Verdict | null;
  readonly evidence: readonly Evidence[];
}

/** A verdict that a rule gives on an association, claim or not. */
export interface AssociationVerdict {
  readonly verdict: Verdict;
  /** Labelled members the segment would need before "no association" could be shown, if there is none; `null` when that is not the question. */
  readonly membersNeeded: number | null;
  /** Representation ratio that the rule allows for a value of this prevalence; `null` when it bounds none. */
  readonly ratioBound: number | null;
  readonly conditionalVerdict: Verdict | null;
  readonly relation: ConditionalRelation | null;
}

/** What a rule makes of the evidence. */
export interface RuleOutcome {
  readonly claims: readonly Claim[];
  /** At the place of each association of the evidence, the verdict on it; undefined where the rule gives none, empty where it gives none at all. */
  readonly verdicts: readonly (AssociationVerdict | undefined)[];
}

/** What the wording of a finding may use: figures after small cells were hidden. */
export interface WordingContext {
  readonly nameOf: (segment: string) => string;
  readonly association: (segment: string, trait: string, value: string) => Association | undefined;
  readonly probability: (segment: string, trait: string, value: string) => ProbabilisticAssociation | undefined;
  readonly exposure: ExposureRecord | null;
  readonly leakage: (trait: string, value: string) => Leakage | undefined;
  readonly composition: (segment: string, trait: string, value: string) => Composition | undefined;
  readonly consent: (segment: string, trait: string) => ConsentRecord | undefined;
  /** What a segment has of one of the earlier export. */
  readonly lineage: (before: string, after: string) => LineageRecord | undefined;
}

/** The code behind rules of one kind. A new kind is one file and one line in `kinds/index.ts`. */
export interface RuleKind {
  /** Whether it judges segments by what other rules claim about them; it runs after those then. */
  readonly isAboutClaims?: boolean;
  /** Schema of the rule's `when`. */
  readonly whenSchema: JsonSchema;
  /** Judges the evidence on the traits that `covers` lets through. */
  evaluate(rule: Rule, evidence: EvidenceSet, covers: (trait: string) => boolean): RuleOutcome;
  /**
   * Whether an audit examined what rules of this kind judge, on whatever trait: in a rule's own cases, silence about nothing proves nothing.
   * Without it, every definition is something to judge.
   */
  wasExamined?(rule: Rule, report: AuditReport): boolean;
  /** The finding in one or two plain sentences. */
  word(rule: Rule, claim: Claim, context: WordingContext): string;
  /** How a rule of this kind measures, with its thresholds, for `rules show`. */
  explain(rule: Rule): string;
}
