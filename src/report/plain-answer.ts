import type { AuditReport } from '../domain/report.ts';
import { SEVERITIES } from '../domain/severity.ts';
import { counted, listed } from '../wording/counted.ts';
import { formatCount } from '../wording/format-number.ts';

/** The result of an audit in words, for somebody who reads nothing else. */
export interface PlainAnswer {
  readonly passed: boolean;
  /** The sentence: its beginning, which names the gate, and the rest. */
  readonly verdict: string;
  readonly rest: string;
  /** What could not be concluded or was not looked at, a short clause each; empty when nothing was left open. */
  readonly open: readonly string[];
}

/**
 * Says in one sentence what came out: the gate, the findings by severity, and what could not be concluded. The absence of findings is
 * never called safe.
 */
export function plainAnswer(report: AuditReport): PlainAnswer {
  const { gate } = report;
  const open = openQuestions(report);
  const concluded = open.length === 0 ? 'every comparison that was made could be concluded' : listed(open);
  return {
    passed: gate.passed,
    verdict: `The gate ${gate.passed ? 'passed' : 'failed'}`,
    rest: `: ${foundText(report)}; ${concluded}.`,
    open,
  };
}

function foundText({ findings, summary, gate }: AuditReport): string {
  if (findings.length === 0)
    return `no rule found anything in what was examined${failedForEvidence(gate)}, which does not show that the export is harmless`;
  const bySeverity = SEVERITIES.filter((severity) => summary.findings[severity] > 0).map(
    (severity) => `${formatCount(summary.findings[severity])} ${severity}`,
  );
  const segments = counted(summary.segments, 'segment');
  const where =
    summary.segmentsWithFindings === 0
      ? `in an export of ${segments}`
      : `on ${formatCount(summary.segmentsWithFindings)} of ${segments}`;
  return `${counted(findings.length, 'finding')} ${where} (${listed(bySeverity)}), ${weightText(gate)}${acceptedText(findings)}${failedForEvidence(gate)}`;
}

function weightText({ failOn, failing }: AuditReport['gate']): string {
  if (failOn === 'never') return 'with a gate that lets everything pass';
  if (failing === 0) return `none of which counts against the gate (new, and ${failOn} or graver)`;
  return `${formatCount(failing)} of which ${failing === 1 ? 'counts' : 'count'} against the gate (new, and ${failOn} or graver)`;
}

function acceptedText(findings: AuditReport['findings']): string {
  const waived = findings.filter(({ state }) => state === 'waived').length;
  const known = findings.filter(({ state }) => state === 'baseline').length;
  const parts = [
    ...(waived === 0 ? [] : [`${formatCount(waived)} waived`]),
    ...(known === 0 ? [] : [`${formatCount(known)} known from the baseline`]),
  ];
  return parts.length === 0 ? '' : `, ${listed(parts)}`;
}

function failedForEvidence({ reasons }: AuditReport['gate']): string {
  return reasons.some((reason) => reason !== 'findings') ? ', and evidence that the gate demands is missing' : '';
}

function openQuestions({ summary }: AuditReport): readonly string[] {
  const { tested, inconclusive, untestable } = summary.associations;
  const examined = (what: 'words' | 'membership'): boolean => summary.examined.includes(what);
  return [
    ...(examined('words') ? [] : ['names and descriptions were not examined']),
    ...(examined('membership') ? [] : ['who is in the segments was not examined']),
    ...(inconclusive === 0
      ? []
      : [`${formatCount(inconclusive)} of ${counted(tested, 'comparison')} with the panel could not be concluded`]),
    ...(untestable === 0 ? [] : [`${counted(untestable, 'comparison')} could not be made at all`]),
  ];
}
