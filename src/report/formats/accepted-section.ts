import { compareText } from '../../domain/order.ts';
import type { AuditReport } from '../../domain/report.ts';
import type { WaiverRecord, WaiverState } from '../../domain/waiver.ts';
import { formatCount } from '../../wording/format-number.ts';
import { printable, truncate, wrap } from '../../wording/terminal-text.ts';
import { traitTitle } from '../../wording/trait-words.ts';
import { segmentNames, segmentTitle } from '../finding-subject.ts';
import type { Style } from '../format.ts';

/** What needs a decision comes first. */
const ORDER: readonly WaiverState[] = ['expired', 'lapsed', 'expiring', 'active', 'unmatched'];

const LONGEST_REASON = 300;

/** What was accepted: who, why, until when, the waivers that no longer hold first; and the baseline. Nothing without either. */
export function acceptedLines(report: AuditReport, style: Style, width: number): readonly string[] {
  const { waivers, baseline } = report;
  if (waivers.length === 0 && baseline === null) return [];
  const subjectOf = subjects(report);
  const rank = ({ state }: WaiverRecord): number => ORDER.indexOf(state);
  const sorted = [...waivers].sort((a, b) => rank(a) - rank(b) || compareText(a.expires, b.expires));
  const lines = sorted.flatMap((waiver) => waiverLines(waiver, subjectOf(waiver), style, width));
  return [style.bold('Accepted'), ...lines, ...baselineLines(report, width), ''];
}

function waiverLines(waiver: WaiverRecord, subject: string, style: Style, width: number): readonly string[] {
  const { state, owner, approver, ticket, reason, expires, note } = waiver;
  const isDead = state === 'expired' || state === 'lapsed';
  const paint = isDead ? style.red : state === 'expiring' ? style.yellow : style.dim;
  const people = approver === null ? owner : `${owner}, approved by ${approver}`;
  const details = [
    `${people}, until ${expires}${ticket === null ? '' : `, ${ticket}`}: ${truncate(printable(reason), LONGEST_REASON)}`,
    ...(note === null ? [] : [note]),
  ];
  return [
    `  ${paint(LABELS[state])} ${truncate(printable(subject), width - 3 - LABELS[state].length)}`,
    ...details.flatMap((text) => wrap(printable(text), width - 4).map((line) => `    ${line}`)),
  ];
}

const LABELS: Readonly<Record<WaiverState, string>> = {
  expired: 'EXPIRED:',
  lapsed: 'LAPSED:',
  expiring: 'waived, ends soon:',
  active: 'waived:',
  unmatched: 'matches nothing:',
};

function baselineLines({ baseline }: AuditReport, width: number): readonly string[] {
  if (baseline === null) return [];
  const { path, findings, present, gone } = baseline;
  const text = `baseline ${path}: ${formatCount(present)} of ${formatCount(findings)} findings are still there, ${formatCount(gone)} are gone.`;
  return wrap(printable(text), width - 2).map((line) => `  ${line}`);
}

/** What an entry is about: the finding it waives or would waive, else its fingerprint. */
function subjects(report: AuditReport): (waiver: WaiverRecord) => string {
  const nameOf = segmentNames(report);
  const byFingerprint = new Map(report.findings.map((finding) => [finding.fingerprint, finding]));
  return ({ fingerprint }) => {
    const finding = byFingerprint.get(fingerprint);
    if (finding === undefined) return fingerprint;
    return `${segmentTitle(finding.segment, nameOf(finding.segment))}, ${traitTitle(finding)} (${fingerprint})`;
  };
}
