import { assertValid, type Locate } from '../../documents/validate-document.ts';
import type { Json } from '../../domain/json.ts';
import type { SourceLocation } from '../../domain/location.ts';
import type { SegmentDefinition } from '../../domain/segment.ts';
import { DEFINITION_SCHEMA } from './definition-schema.ts';

/** A definition as a reader found it, before it is checked. */
export interface RawDefinition {
  readonly record: unknown;
  /** Place of the record's part at a path. */
  readonly locate: Locate;
  readonly location: SourceLocation;
}

/**
 * Checks a raw definition and brings it into the program's own form.
 *
 * @throws {AuditError} E_DEFINITION_INVALID with the place of the fault
 */
export function toDefinition(raw: RawDefinition): SegmentDefinition {
  assertValid(raw.record, DEFINITION_SCHEMA, raw.locate, 'E_DEFINITION_INVALID');
  const { segment_id, name, description, topics, ...attributes } = raw.record as {
    segment_id: string;
    name?: string | null;
    description?: string | null;
    topics?: readonly { term: string; weight?: number }[] | null;
    [attribute: string]: unknown;
  };
  return {
    segment: segment_id,
    ...(name ? { name } : {}),
    ...(description ? { description } : {}),
    topics: (topics ?? []).map(({ term, weight }) => ({ term, weight: weight ?? 1 })),
    attributes: attributes as Record<string, Json>,
    location: raw.location,
  };
}
