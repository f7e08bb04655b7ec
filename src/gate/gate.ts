import type { Finding } from '../domain/finding.ts';
import type { GateResult } from '../domain/report.ts';
import { type FailOn, isAtLeast } from '../domain/severity.ts';

/** What the gate asks for. */
export interface GateDemands {
  readonly failOn: FailOn;
  readonly failOnInconclusive: boolean;
}

/**
 * Decides whether the gate passes: it fails on new findings of the given severity or graver and, where evidence is demanded, on what could
 * not be concluded.
 *
 * @param inconclusive - associations without a conclusion, or without a test
 */
export function judgeGate(
  findings: readonly Finding[],
  inconclusive: number,
  { failOn, failOnInconclusive }: GateDemands,
): GateResult {
  const failing = findings.filter((finding) => finding.state === 'new' && isAtLeast(finding.severity, failOn)).length;
  const passed = failing === 0 && !(failOnInconclusive && inconclusive > 0);
  return { passed, failOn, failing, failOnInconclusive, inconclusive };
}
