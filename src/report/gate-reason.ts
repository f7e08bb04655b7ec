import type { GateResult } from '../domain/report.ts';
import { formatCount } from '../wording/format-number.ts';

/** Says in words why the gate failed, or what it would have failed on; without a full stop. */
export function gateReason({ failOn, failing, failOnInconclusive, inconclusive, reasons }: GateResult): string {
  const onFindings =
    failOn === 'never' ? 'no finding fails the gate' : `${formatCount(failing)} new at or above ${failOn}`;
  if (!failOnInconclusive) return failOn === 'never' ? 'the gate lets everything pass' : onFindings;
  if (reasons.includes('not-examined')) {
    return `${onFindings}, and evidence is demanded but no membership was compared with a panel`;
  }
  return `${onFindings}, and evidence is demanded with ${formatCount(inconclusive)} inconclusive or not testable`;
}
