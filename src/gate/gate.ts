import type { Finding } from '../domain/finding.ts';
import type { GateResult } from '../domain/report.ts';
import { type FailOn, isAtLeast } from '../domain/severity.ts';

/** What the gate asks for. */
export interface GateDemands {
  readonly failOn: FailOn;
  readonly failOnInconclusive: boolean;
}

/** What an audit could not say. */
export interface OpenQuestions {
  /** Associations without a conclusion, or without a test. */
  readonly inconclusive: number;
  /** Was any membership compared with a panel? */
  readonly isMembershipExamined: boolean;
}

/**
 * Decides whether the gate passes: it fails on new findings of the given severity or graver and, where evidence is demanded, on what could
 * not be concluded and on an audit that compared no membership with a panel.
 */
export function judgeGate(
  findings: readonly Finding[],
  { inconclusive, isMembershipExamined }: OpenQuestions,
  { failOn, failOnInconclusive }: GateDemands,
): GateResult {
  const failing = findings.filter((finding) => finding.state === 'new' && isAtLeast(finding.severity, failOn)).length;
  const reasons: GateResult['reasons'][number][] = [];
  if (failing > 0) reasons.push('findings');
  if (failOnInconclusive && inconclusive > 0) reasons.push('inconclusive');
  if (failOnInconclusive && !isMembershipExamined) reasons.push('not-examined');
  return { passed: reasons.length === 0, failOn, failing, failOnInconclusive, inconclusive, reasons };
}
