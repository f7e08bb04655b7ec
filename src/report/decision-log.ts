import type { Finding } from '../domain/finding.ts';
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

/** Puts every entry of the waiver file beside the findings it is about. */
export function decisionLog({ waivers, findings, baseline }: AuditReport): DecisionLog {
  const byFingerprint = new Map<string, Finding[]>();
  for (const finding of findings)
    byFingerprint.set(finding.fingerprint, [...(byFingerprint.get(finding.fingerprint) ?? []), finding]);
  return {
    decisions: waivers.map((waiver) => ({
      ...waiver,
      findings: byFingerprint.get(waiver.fingerprint) ?? [],
      meaning: MEANINGS[waiver.state],
    })),
    undecided: findings.filter(({ state }) => state === 'new').length,
    baseline,
  };
}
