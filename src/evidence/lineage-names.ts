import type { SegmentDefinition } from '../domain/segment.ts';

/** Names by segment id; a segment without one has none. */
export interface LineageNames {
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
}

/** Names by segment id, of the definitions that have one. */
export function namesOf(definitions: readonly SegmentDefinition[]): ReadonlyMap<string, string> {
  return new Map(definitions.flatMap(({ segment, name }) => (name === undefined ? [] : [[segment, name] as const])));
}

/** An earlier and a later segment that are called the same. */
export interface AgreeingPair {
  readonly before: string;
  readonly after: string;
  readonly by: 'name' | 'id';
}

/**
 * Finds the segments of two exports that are called the same: by a name that nothing else in either export has, or, where at most one of the
 * two has a name, by an id that is a word. Ids with a digit say nothing, since clusters are numbered anew in every run.
 *
 * @param before - ids of the earlier segments, besides those with names
 * @param after - ids of the later segments, besides those with names
 * @returns at most one pair per earlier and per later segment
 */
export function agreeingSegments(
  before: readonly string[],
  after: readonly string[],
  names: LineageNames,
): readonly AgreeingPair[] {
  const earlierNames = uniqueNames(names.before);
  const laterNames = uniqueNames(names.after);
  const laterIds = new Set([...after, ...names.after.keys()]);
  const taken = new Set<string>();
  const pairs: AgreeingPair[] = [];
  const add = (pair: AgreeingPair): void => {
    if (taken.has(pair.after)) return;
    taken.add(pair.after);
    pairs.push(pair);
  };
  for (const [name, segment] of earlierNames) {
    const later = laterNames.get(name);
    if (later !== undefined) add({ before: segment, after: later, by: 'name' });
  }
  const isNamed = new Set(pairs.map((pair) => pair.before));
  for (const segment of new Set([...before, ...names.before.keys()])) {
    if (isNamed.has(segment) || !laterIds.has(segment) || !isWord(segment)) continue;
    if (names.before.has(segment) && names.after.has(segment)) continue;
    add({ before: segment, after: segment, by: 'id' });
  }
  return pairs;
}

/** Segments by their name, where only one has it. */
function uniqueNames(names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const repeated = new Set<string>();
  for (const [segment, full] of names) {
    const name = full.trim();
    if (name === '' || repeated.has(name)) continue;
    if (found.delete(name)) repeated.add(name);
    else found.set(name, segment);
  }
  return found;
}

function isWord(id: string): boolean {
  return /\p{L}{3}/u.test(id) && !/\p{N}/u.test(id);
}
