import type { Finding } from '../domain/finding.ts';
import type { GateResult } from '../domain/report.ts';
import { type FailOn, isAtLeast } from '../domain/severity.ts';

/** Decides whether the gate passes: it fails on new findings of the given severity or graver. */
export function judgeGate(findings: readonly Finding[], failOn: FailOn): GateResult {
  const failing = findings.filter((finding) => finding.state === 'new' && isAtLeast(finding.severity, failOn)).length;
  return { passed: failing === 0, failOn, failing };
}
