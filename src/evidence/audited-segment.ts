import type { SegmentDefinition } from '../domain/segment.ts';

/** A segment of the audit: what its definition says, and how many users it has. */
export interface AuditedSegment {
  readonly segment: string;
  readonly definition?: SegmentDefinition;
  /** Distinct users in the export; undefined when only definitions are audited. */
  readonly members?: number;
}
