import type { Finding } from '../domain/finding.ts';
import type { LineageRecord } from '../domain/lineage.ts';
import type { Notice } from '../domain/notice.ts';
import type { AuditReport } from '../domain/report.ts';
import { severityRank } from '../domain/severity.ts';
import type { AcceptedEvidence, Baseline, WaiverEntry, WaiverRecord } from '../domain/waiver.ts';
import { expiryState, parseDay, WARNING_DAYS } from '../gate/expiry.ts';
import { type EntryMatch, matchEntries } from '../gate/match-entries.ts';
import { evidenceToAccept, type FindingGrounds } from './accepted-evidence.ts';
import { lapseReason } from './waiver-lapse.ts';

/** What people accepted, and the day it is judged on. */
export interface Acceptances {
  /** Entries of the waiver file, in its order; undefined without one. */
  readonly waivers: readonly WaiverEntry[] | undefined;
  readonly baseline: Baseline | undefined;
  readonly now: Date;
}

/** The report's parts that acceptances change. */
export type AcceptedParts = Pick<AuditReport, 'findings' | 'waivers' | 'baseline' | 'notices'>;

/**
 * Gives every finding its state. A waiver comes before the baseline, since it says more; one that has expired or lapsed waives nothing, and a
 * finding that has become graver is not that of the baseline. No finding is ever left out.
 */
export function applyAcceptances(
  findings: readonly Finding[],
  grounds: FindingGrounds & { readonly lineage: readonly LineageRecord[] },
  { waivers = [], baseline, now }: Acceptances,
): AcceptedParts {
  const evidenceOf = evidenceToAccept(grounds);
  const history = {
    lineage: grounds.lineage,
    definitionOf: (finding: Finding) => evidenceOf(finding).definition,
  };
  const candidates = waivers.map((entry) => ({ ...entry, definition: entry.evidence?.definition }));
  const waived = matchEntries(findings, candidates, history);
  const known = matchEntries(
    findings,
    (baseline?.entries ?? []).map((entry) => ({ ...entry, definition: entry.definition })),
    history,
  );
  const renamed = new Set(
    grounds.lineage.flatMap(({ kind, after }) => (kind === 'renamed' && after !== null ? [after] : [])),
  );
  const judged = new Map<WaiverEntry, WaiverRecord>();
  const graver: Finding[] = [];
  const withState = findings.map((finding): Finding => {
    const waiver = waived.get(finding);
    if (waiver !== undefined) {
      const isRenamed = renamed.has(finding.segment);
      const record = judgeWaiver(waiver, { finding, evidence: evidenceOf(finding), isRenamed }, now);
      judged.set(waiver.entry, record);
      if (record.state === 'active' || record.state === 'expiring') {
        const { reason, owner, approver, ticket, expires } = record;
        return { ...finding, state: 'waived', waiver: { reason, owner, approver, ticket, expires } };
      }
    }
    const old = known.get(finding);
    if (old === undefined) return finding;
    if (severityRank(finding.severity) < severityRank(old.entry.severity)) {
      graver.push(finding);
      return finding;
    }
    return { ...finding, state: 'baseline' };
  });
  const records = candidates.map((entry) => judged.get(entry) ?? unmatched(entry, now));
  return {
    findings: withState,
    waivers: records,
    baseline:
      baseline === undefined
        ? null
        : {
            path: baseline.path,
            findings: baseline.entries.length,
            present: known.size,
            gone: baseline.entries.length - known.size,
          },
    notices: [
      ...candidates.flatMap((entry, index) => waiverNotices(entry, records[index])),
      ...graver.map(graverNotice),
    ],
  };
}

function judgeWaiver(
  { entry, carriedFrom }: EntryMatch<WaiverEntry>,
  { finding, evidence, isRenamed }: { finding: Finding; evidence: AcceptedEvidence; isRenamed: boolean },
  now: Date,
): WaiverRecord {
  const expiry = expiryState(entry.expires, now);
  if (expiry === 'expired') return record(entry, 'expired', expiredNote(entry));
  const lapse =
    entry.evidence === undefined ? undefined : lapseReason(entry.evidence, { finding, now: evidence, isRenamed });
  if (lapse !== undefined) return record(entry, 'lapsed', lapse);
  const notes = [
    ...(carriedFrom === undefined
      ? []
      : [`Carried over: the people of segment ${carriedFrom} are in segment ${finding.segment} now.`]),
    ...(carriedFrom === undefined &&
    isRenamed &&
    entry.evidence !== undefined &&
    entry.evidence.definition !== evidence.definition
      ? ['The segment has another name now, and the same people.']
      : []),
    ...(entry.evidence === undefined ? ['Tied to no evidence: it holds however the finding changes.'] : []),
  ];
  return record(entry, expiry, notes.length === 0 ? null : notes.join(' '));
}

function unmatched(entry: WaiverEntry, now: Date): WaiverRecord {
  return expiryState(entry.expires, now) === 'expired'
    ? record(entry, 'expired', expiredNote(entry))
    : record(entry, 'unmatched', 'No finding of this audit has this fingerprint.');
}

function record(
  { fingerprint, reason, owner, approver, ticket, expires }: WaiverEntry,
  state: WaiverRecord['state'],
  note: string | null,
): WaiverRecord {
  return { fingerprint, reason, owner, approver, ticket, expires, state, note };
}

function expiredNote({ expires }: WaiverEntry): string | null {
  return parseDay(expires) === undefined
    ? 'Its last day is no date of the form 2027-03-31, and so counts as past.'
    : null;
}

function waiverNotices(entry: WaiverEntry, waiver: WaiverRecord | undefined): readonly Notice[] {
  if (waiver === undefined) return [];
  const { evidence, location, fingerprint, expires, owner } = entry;
  const subject =
    evidence === undefined ? fingerprint : `${fingerprint} (${evidence.rule} on segment ${evidence.segment})`;
  const note = waiver.note === null ? '' : ` ${waiver.note}`;
  const notice = (code: string, level: Notice['level'], message: string): Notice => ({
    code,
    level,
    message,
    location,
  });
  switch (waiver.state) {
    case 'expired':
      return [
        notice(
          'waiver-expired',
          'warning',
          `The waiver of ${subject} has expired (${expires}); it waives nothing.${note} Decide again; its owner is ${owner}.`,
        ),
      ];
    case 'lapsed':
      return [
        notice(
          'waiver-lapsed',
          'warning',
          `The waiver of ${subject} has lapsed; it waives nothing.${note} Decide again; its owner is ${owner}.`,
        ),
      ];
    case 'expiring':
      return [
        notice(
          'waiver-expiring',
          'info',
          `The waiver of ${subject} ends on ${expires}, within ${WARNING_DAYS} days; its owner is ${owner}.${note}`,
        ),
      ];
    case 'unmatched':
      return [
        notice('waiver-unmatched', 'info', `The waiver of ${subject} matches no finding; take it out if it is done.`),
      ];
    case 'active':
      if (evidence === undefined) return [notice('waiver-untied', 'info', `The waiver of ${subject}: ${waiver.note}`)];
      return waiver.note === null
        ? []
        : [notice('waiver-carried-over', 'info', `The waiver of ${subject} holds on. ${waiver.note}`)];
  }
}

function graverNotice({ fingerprint, rule, segment, severity, location }: Finding): Notice {
  return {
    code: 'baseline-graver',
    level: 'warning',
    message: `Finding ${fingerprint} (${rule} on segment ${segment}) is in the baseline, but is graver now (${severity}): it counts as new.`,
    ...(location === undefined ? {} : { location }),
  };
}
