import type { Finding } from '../domain/finding.ts';
import type { LineageRecord } from '../domain/lineage.ts';
import { fingerprint } from './fingerprint.ts';

/** An entry of a waiver file or a baseline: the finding it was written for. */
export interface AcceptedFinding {
  readonly fingerprint: string;
  /** Digest of the definition that the segment had then; undefined when it is not known. */
  readonly definition: string | undefined;
}

/** The entry that a finding answers to. */
export interface EntryMatch<Entry> {
  readonly entry: Entry;
  /** Earlier id of the segment, where the entry was written for it under that id. */
  readonly carriedFrom: string | undefined;
}

/** What the matching knows about the segments. */
export interface SegmentHistory {
  readonly lineage: readonly LineageRecord[];
  /** Digest of the definition that a finding speaks of. */
  readonly definitionOf: (finding: Finding) => string | undefined;
}

/**
 * Finds the entry of each finding: by fingerprint or, where the earlier export shows that the same people were in a segment of another id, by
 * the fingerprint under that id.
 *
 * Where an id went to other people, a fingerprint under it may mean either; then only an entry with the definition that the id has now fits,
 * and every other one is left for the segment that its people are in.
 *
 * @param entries - no two with the same fingerprint
 */
export function matchEntries<Entry extends AcceptedFinding>(
  findings: readonly Finding[],
  entries: readonly Entry[],
  { lineage, definitionOf }: SegmentHistory,
): ReadonlyMap<Finding, EntryMatch<Entry>> {
  const moved = lineage.flatMap(({ kind, before, after }) =>
    kind === 'renamed' && before !== null && after !== null && before !== after ? [{ before, after }] : [],
  );
  const gaveAway = new Set(moved.map(({ before }) => before));
  const earlierId = new Map(moved.map(({ before, after }) => [after, before]));
  const byFingerprint = new Map(entries.map((entry) => [entry.fingerprint, entry]));
  const matches = new Map<Finding, EntryMatch<Entry>>();
  const taken = new Set<Entry>();
  for (const finding of findings) {
    const entry = byFingerprint.get(finding.fingerprint);
    if (entry === undefined) continue;
    const isOfOthers =
      gaveAway.has(finding.segment) && (entry.definition === undefined || entry.definition !== definitionOf(finding));
    if (isOfOthers) continue;
    matches.set(finding, { entry, carriedFrom: undefined });
    taken.add(entry);
  }
  for (const finding of findings) {
    const before = earlierId.get(finding.segment);
    if (before === undefined || matches.has(finding)) continue;
    const entry = byFingerprint.get(fingerprint({ ...finding, segment: before }));
    if (entry === undefined || taken.has(entry)) continue;
    matches.set(finding, { entry, carriedFrom: before });
    taken.add(entry);
  }
  return matches;
}
