import type { Finding } from '../domain/finding.ts';
import { groupBy } from '../domain/group-by.ts';
import { compareText } from '../domain/order.ts';
import type { AuditReport } from '../domain/report.ts';
import type { WaiverRecord, WaiverState } from '../domain/waiver.ts';

/** A decision about findings, and the findings it is about. */
export interface Decision extends WaiverRecord {
  /** Findings of this audit with the fingerprint that the decision was written for. */
  readonly findings: readonly Finding[];
  /** What its state means, in words. */
  readonly meaning: string;
}

/** Who accepted what, why, and until when; and what was known before. */
export interface DecisionLog {
  readonly decisions: readonly Decision[];
  /** Findings without a decision: new ones, gravest first. */
  readonly undecided: number;
  readonly baseline: AuditReport['baseline'];
}

const MEANINGS: Readonly<Record<WaiverState, string>> = {
  active: 'in force',
  expiring: 'in force, ends soon',
  expired: 'expired: waives nothing',
  lapsed: 'lapsed: what was accepted has changed, so it waives nothing',
  unmatched: 'matches no finding of this audit',
};

/** What needs a decision comes first. */
const ORDER: readonly WaiverState[] = ['expired', 'lapsed', 'expiring', 'active', 'unmatched'];

/** Puts every entry of the waiver file beside the findings it is about: those that no longer hold first, then by last day. */
export function decisionLog({ waivers, findings, baseline }: AuditReport): DecisionLog {
  const byFingerprint = groupBy(findings, ({ fingerprint }) => fingerprint);
  return {
    decisions: [...waivers].sort(compareWaivers).map((waiver) => ({
      ...waiver,
      findings: byFingerprint.get(waiver.fingerprint) ?? [],
      meaning: MEANINGS[waiver.state],
    })),
    undecided: findings.filter(({ state }) => state === 'new').length,
    baseline,
  };
}

function compareWaivers(a: WaiverRecord, b: WaiverRecord): number {
  return ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || compareText(a.expires, b.expires);
}
