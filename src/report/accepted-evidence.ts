import type { Evidence, Finding } from '../domain/finding.ts';
import type { SegmentRecord } from '../domain/report.ts';
import type { AcceptedEvidence } from '../domain/waiver.ts';
import { shortDigest } from './definition-digest.ts';
import { effectFigures, type Figures } from './effect-figure.ts';
import { segmentsOf } from './finding-subject.ts';

/** The parts of a report that say what findings rest on. */
export type FindingGrounds = Figures & { readonly segments: readonly SegmentRecord[] };

/**
 * Prepares what a waiver of a finding is tied to: its severity, its figure as the report shows it, and digests of the definition and of what
 * else it rests on.
 */
export function evidenceToAccept(grounds: FindingGrounds): (finding: Finding) => AcceptedEvidence {
  const effectOf = effectFigures(grounds);
  const digests = new Map(grounds.segments.map(({ segment, definitionDigest }) => [segment, definitionDigest]));
  return (finding) => {
    const { rule, segment, trait, value, severity, evidence } = finding;
    const effect = effectOf(finding);
    const definition = segmentsOf(finding)
      .flatMap((id) => digests.get(id) ?? [])
      .join('+');
    const facts = evidence.flatMap((item) => factOf(item) ?? []).sort();
    return {
      rule,
      segment,
      trait,
      ...(value === undefined ? {} : { value }),
      severity,
      ...(effect === undefined ? {} : { effect }),
      ...(definition === '' ? {} : { definition }),
      ...(facts.length === 0 ? {} : { facts: shortDigest(facts) }),
    };
  };
}

/** What a fact is, where neither a figure nor the definition says it. */
function factOf(item: Evidence): string | undefined {
  switch (item.kind) {
    case 'lineage':
      return JSON.stringify([item.kind, item.before, item.rule]);
    case 'governance':
      return JSON.stringify([item.kind, item.attribute, item.is, item.gap, item.found]);
    case 'exposure':
      switch (item.of) {
        case 'identifiers':
          return JSON.stringify([item.kind, item.of, item.column, item.shape]);
        case 'raw-input':
          return JSON.stringify([item.kind, item.of, item.input]);
        default:
          return JSON.stringify([item.kind, item.of]);
      }
    default:
      return undefined;
  }
}
