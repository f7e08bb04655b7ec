import type { ConsentRecord } from '../domain/consent.ts';
import type { AuditReport } from '../domain/report.ts';
import { formatCount, formatPercent } from '../wording/format-number.ts';
import { traitWords } from '../wording/trait-words.ts';

/** What is recorded of the consent of a segment's members, in sentences. */
export function explainConsent({ consent }: AuditReport, segment: string): readonly string[] {
  return (consent ?? []).filter((row) => row.segment === segment).map(sentence);
}

function sentence({ trait, purposes, status, suppressed, membersWithout, shareWithout }: ConsentRecord): string {
  const use = purposes.length === 0 ? '' : ` for ${purposes.map((purpose) => `"${purpose}"`).join(' and ')}`;
  const what = `Consent, since the segment gives ${traitWords(trait)} away`;
  if (status === 'no-purpose')
    return `${what}: not compared. The consent file tells purposes, and the definition records none.`;
  if (suppressed || membersWithout === null)
    return `${what}: the figures are hidden, because they would reveal a group that is too small to show.`;
  if (membersWithout === 0) return `${what}: every member has recorded consent${use}.`;
  return `${what}: ${formatCount(membersWithout)} members (${formatPercent(shareWithout)}) have no recorded consent${use}.`;
}
