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

/** An entry of the waiver file as the report shows it, in the order of the file. */
export interface WaiverRecord extends Acceptance {
  /** Of the finding it was written for. */
  readonly fingerprint: string;
  readonly state: WaiverState;
  /** Why it lapsed, or how it was carried over to a renamed segment; `null` when there is nothing to say. */
  readonly note: string | null;
}

/** The findings that were there before. */
export interface BaselineRecord {
  readonly path: string;
  /** Findings in the baseline; those of them that are still there; and those that are not. */
  readonly findings: number;
  readonly present: number;
  readonly gone: number;
}
