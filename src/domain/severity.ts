/** How grave a finding is, gravest first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** What the gate fails on: findings of this severity or graver; `never` lets everything pass. */
export type FailOn = Severity | 'never';

/** Position in the order of gravity: 0 is critical. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** Is `severity` at least as grave as `threshold`? Nothing is when the threshold is `never`. */
export function isAtLeast(severity: Severity, threshold: FailOn): boolean {
  return threshold !== 'never' && severityRank(severity) <= severityRank(threshold);
}
