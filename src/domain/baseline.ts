import type { Finding } from './finding.ts';
import type { SegmentRecord } from './report.ts';
import type { BaselineEntry } from './waiver.ts';

/**
 * Takes from results what a baseline keeps: which findings there are, and no figure. Waived findings are left out: their waiver has an end,
 * and a baseline has none.
 */
export function baselineEntries(
  findings: readonly Pick<Finding, 'fingerprint' | 'rule' | 'segment' | 'trait' | 'value' | 'severity' | 'state'>[],
  segments: readonly Pick<SegmentRecord, 'segment' | 'definitionDigest'>[],
): readonly BaselineEntry[] {
  const digests = new Map(segments.map(({ segment, definitionDigest }) => [segment, definitionDigest]));
  return findings
    .filter(({ state }) => state !== 'waived')
    .map(({ fingerprint, rule, segment, trait, value, severity }) => {
      const definition = digests.get(segment) ?? undefined;
      return {
        fingerprint,
        rule,
        segment,
        trait,
        ...(value === undefined ? {} : { value }),
        severity,
        ...(definition === undefined ? {} : { definition }),
      };
    });
}
