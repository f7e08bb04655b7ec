import type { SourceLocation } from '../../domain/location.ts';
import { AuditError } from '../../errors.ts';

/** Finds the list of records: the value itself, or what stands under `segments`. */
export function recordsOf(
  value: unknown,
  location: SourceLocation,
): { records: readonly unknown[]; path: readonly string[] } {
  if (Array.isArray(value)) return { records: value, path: [] };
  const segments = (value as { segments?: unknown } | null)?.segments;
  if (Array.isArray(segments)) return { records: segments, path: ['segments'] };
  throw new AuditError(
    'E_DEFINITION_INVALID',
    'Expected a list of definitions, or a mapping with a list under `segments`.',
    {
      location,
    },
  );
}

/** Ids are text: an unquoted number becomes the text as it is written, so that `007` keeps its zeros. */
export function withTextId(record: unknown, source: string | undefined): unknown {
  const id = (record as { segment_id?: unknown } | null)?.segment_id;
  return typeof id === 'number' && source !== undefined ? { ...(record as object), segment_id: source } : record;
}
