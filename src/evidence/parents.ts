import type { AuditedSegment } from './audited-segment.ts';

/** The segment that each may be coarsened into, by the attribute `parent` of its definition. */
export function parentsOf(segments: readonly AuditedSegment[]): ReadonlyMap<string, string> {
  return new Map(
    segments.flatMap(({ segment, definition }) => {
      const parent = definition?.attributes.parent;
      return typeof parent === 'string' && parent !== '' && parent !== segment ? [[segment, parent] as const] : [];
    }),
  );
}

/** Parent, its parent, and so on; each once, should they run in a circle. */
export function ancestorsOf(segment: string, parents: ReadonlyMap<string, string>): readonly string[] {
  const found = new Set<string>();
  let current = parents.get(segment);
  while (current !== undefined && current !== segment && !found.has(current)) {
    found.add(current);
    current = parents.get(current);
  }
  return [...found];
}
