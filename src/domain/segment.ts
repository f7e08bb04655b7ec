import type { Json } from './json.ts';
import type { SourceLocation } from './location.ts';

/** A topic that a segment's definition is made of, with its weight. */
export interface WeightedTopic {
  readonly term: string;
  /** Positive; weights of one definition need not add up to 1. */
  readonly weight: number;
}

/** The record that describes a segment. */
export interface SegmentDefinition {
  readonly segment: string;
  readonly name?: string;
  readonly description?: string;
  readonly topics: readonly WeightedTopic[];
  /** Everything else the record holds: purpose, retention, regions, … */
  readonly attributes: Readonly<Record<string, Json>>;
  readonly location: SourceLocation;
}
