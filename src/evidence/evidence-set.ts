import type { AuditedSegment } from './audited-segment.ts';
import type { TestedRun } from './multiplicity.ts';
import type { ReadText } from './read-words.ts';
import type { TopicShare } from './topics.ts';

/** Everything that was matched or measured; rules read it and nothing else. */
export interface EvidenceSet extends TestedRun {
  readonly segments: readonly AuditedSegment[];
  readonly texts: readonly ReadText[];
  readonly topics: readonly TopicShare[];
  /** Columns of the panel whose combinations are the strata. */
  readonly strata: readonly string[];
}
