import type { SegmentDefinition } from '../domain/segment.ts';
import type { SourceLocation } from '../domain/location.ts';
import type { TextJudgement } from '../text/judgement.ts';
import type { TestedAssociation } from './multiplicity.ts';
import type { TopicShare } from './topics.ts';

/** A segment of the audit: what its definition says, and how many users it has. */
export interface AuditedSegment {
  readonly segment: string;
  readonly definition?: SegmentDefinition;
  /** Distinct users in the export; undefined when only definitions are audited. */
  readonly members?: number;
}

/** A text of a definition after it was read. */
export interface ReadText {
  readonly segment: string;
  readonly field: 'segment_id' | 'name' | 'description';
  readonly text: string;
  readonly judgement: TextJudgement;
  readonly location: SourceLocation | undefined;
}

/** Everything that was matched or measured; rules read it and nothing else. */
export interface EvidenceSet {
  readonly segments: readonly AuditedSegment[];
  readonly texts: readonly ReadText[];
  readonly topics: readonly TopicShare[];
  readonly associations: readonly TestedAssociation[];
}
