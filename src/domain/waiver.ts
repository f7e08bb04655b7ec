import type { JsonNumber } from './json.ts';
import type { SourceLocation } from './location.ts';
import type { Severity } from './severity.ts';

/**
 * What became of an entry of the waiver file:
 *
 * - `active`: a finding is waived by it, today and for longer than the warning period;
 * - `expiring`: the same, and it ends within the warning period;
 * - `expired`: its last day is past, or is no date: it waives nothing;
 * - `lapsed`: what was accepted has grown, or the definition has changed: it waives nothing;
 * - `unmatched`: no finding of this audit has its fingerprint.
 */
export type WaiverState = 'active' | 'expiring' | 'expired' | 'lapsed' | 'unmatched';

/** Who accepted a finding, why, and until when. */
export interface Acceptance {
  readonly reason: string;
  readonly owner: string;
  readonly approver: string | null;
  readonly ticket: string | null;
  /** Last day on which it holds, as written: year-month-day. */
  readonly expires: string;
}

/** The one figure that says how strong a finding is, with the limits of its interval where it has one. */
export interface EffectFigure {
  /**
   * - `representation-ratio`: of the whole panel; `representation-ratio-within-strata`: where only that shows the proxy;
   * - `auc`: of the attack on the whole export;
   * - `topic-share`: of the weight of a definition's topics; exact, so that all three figures are the same.
   */
  readonly measure: 'representation-ratio' | 'representation-ratio-within-strata' | 'auc' | 'topic-share';
  /** Which way a ratio departs from 1. */
  readonly direction: 'over' | 'under';
  /** `null` when hidden. */
  readonly estimate: JsonNumber;
  readonly lower: JsonNumber;
  readonly upper: JsonNumber;
}

/** What a finding was when it was accepted: `traitleak waive` writes it, and the waiver lapses when it no longer fits. */
export interface AcceptedEvidence {
  readonly rule: string;
  readonly segment: string;
  readonly trait: string;
  readonly value?: string;
  readonly severity: Severity;
  /** Left out for findings that rest on no figure. */
  readonly effect?: EffectFigure;
  /** Digest of name, description and topics of the segment; left out where it has no definition. */
  readonly definition?: string;
  /** Digest of what else the finding rests on: the earlier segment, the column, the attribute; left out where there is nothing of the kind. */
  readonly facts?: string;
}

/** An entry of the waiver file as it is written. */
export interface WaiverEntry extends Acceptance {
  readonly fingerprint: string;
  /** Undefined in an entry that a person wrote without it: such a waiver is tied to nothing. */
  readonly evidence: AcceptedEvidence | undefined;
  readonly location: SourceLocation;
}

/** An entry of the waiver file as the report shows it, in the order of the file. */
export interface WaiverRecord extends Acceptance {
  /** Of the finding it was written for. */
  readonly fingerprint: string;
  readonly state: WaiverState;
  /** Why it lapsed, or how it was carried over to a renamed segment; `null` when there is nothing to say. */
  readonly note: string | null;
}

/** A finding that was there before. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly segment: string;
  readonly trait: string;
  readonly value?: string;
  readonly severity: Severity;
  /** Digest of name, description and topics of the segment, to tell whose id it was; left out where it has no definition. */
  readonly definition?: string;
}

/** A baseline as it was read. */
export interface Baseline {
  /** As shown to people. */
  readonly path: string;
  readonly entries: readonly BaselineEntry[];
}

/** The findings that were there before. */
export interface BaselineRecord {
  readonly path: string;
  /** Findings in the baseline; those of them that are still there; and those that are not. */
  readonly findings: number;
  readonly present: number;
  readonly gone: number;
}
