import type { AuditedSegment } from './audited-segment.ts';
import type { TestedAssociation } from './multiplicity.ts';
import type { ReadText } from './read-words.ts';
import type { TopicShare } from './topics.ts';

/** Everything that was matched or measured; rules read it and nothing else. */
export interface EvidenceSet {
  readonly segments: readonly AuditedSegment[];
  readonly texts: readonly ReadText[];
  readonly topics: readonly TopicShare[];
  readonly associations: readonly TestedAssociation[];
}
