import type { LineageBasis, LineageKind } from '../domain/lineage.ts';
import { compareText } from '../domain/order.ts';
import type { LineageCounts } from '../engine/count-source.ts';
import { hypergeometricOverlap } from '../statistics/overlap.ts';
import { agreeingSegments, type LineageNames } from './lineage-names.ts';

/** What a later segment has of an earlier one; counts are not yet hidden. */
export interface MeasuredLineage {
  readonly kind: LineageKind;
  /** What shows it to be the same segment, or a part: the members, or, where they do not, the name or id; `null` for dropped and new. */
  readonly by: LineageBasis | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly sizeBefore: number | null;
  readonly sizeAfter: number | null;
  readonly overlap: number | null;
  /** Users of both exports taken together. */
  readonly users: number;
  /** Common users over the users of either; in [0, 1]. */
  readonly jaccard: number | null;
  readonly shareOfBefore: number | null;
  readonly shareOfAfter: number | null;
  /** Common users that two unrelated segments of these sizes would have. */
  readonly expectedOverlap: number | null;
  /** How much of the overlap that chance does not explain, and that the sizes allow, is there: 0 as by chance, 1 one holds the other. */
  readonly surplus: number | null;
  /** Standard deviations of the overlap above chance. */
  readonly z: number | null;
}

/** Thresholds of the classification; `docs/lineage-exposure-governance.md` says why. */
export const LINEAGE_THRESHOLDS = {
  /** Least Jaccard index of a segment that was kept or renamed. */
  same: 0.8,
  /** Least Jaccard index of a segment that lives on with other people in it. */
  churned: 0.5,
  /** The same between segments that match nothing else. */
  churnedRest: 0.3,
  /** Least share of a part that lies in the whole, for split and merged, and least surplus. */
  part: 0.8,
  /** From this Jaccard index on a segment is the same even when parts of it are segments too. */
  whole: 0.98,
  /** Least surplus and z of any match. */
  surplus: 0.15,
  z: 5,
} as const;

/**
 * Finds out what became of every earlier segment, from counts of common users: ids and names tell `kept` from `renamed`, and tie together what is
 * left over and called the same, though its members are others.
 *
 * Each segment takes part in at most one match of the whole (highest Jaccard index first); what is left is a part of another segment when most of it lies
 * there. Overlaps that two unrelated segments of the same sizes would have by chance are never a match, so two huge segments do not match by
 * size.
 *
 * @returns one row per pair, dropped and new segment, by id of the earlier and then the later segment; new ones last
 */
export function measureLineage(counts: LineageCounts, names: LineageNames): readonly MeasuredLineage[] {
  const toPair = pairMaker(counts);
  const pairs = counts.overlaps.map(toPair).filter(isBeyondChance);
  const { same, churned, churnedRest, part, whole } = LINEAGE_THRESHOLDS;
  const matched = new Map<string, ComparedPair>();
  const taken = new Set<string>();
  const match = (candidates: readonly ComparedPair[]): void => {
    for (const pair of candidates) {
      if (matched.has(pair.before) || taken.has(pair.after)) continue;
      matched.set(pair.before, pair);
      taken.add(pair.after);
    }
  };
  match([...pairs].filter((pair) => pair.jaccard >= churned).sort(byJaccard));

  const parts = new Map<ComparedPair, 'split' | 'merged'>();
  const isPart = (share: number, pair: ComparedPair): boolean => share >= part && pair.surplus >= part;
  for (const pair of bestOf(
    pairs,
    (p) => p.before,
    (p) => isPart(p.shareOfBefore, p),
  )) {
    if (!matched.has(pair.before)) parts.set(pair, 'merged');
  }
  for (const pair of bestOf(
    pairs,
    (p) => p.after,
    (p) => isPart(p.shareOfAfter, p),
  )) {
    if (!taken.has(pair.after) && !parts.has(pair)) parts.set(pair, 'split');
  }
  const inParts = (key: (pair: ComparedPair) => string, kind: 'split' | 'merged'): ReadonlySet<string> =>
    new Set([...parts].filter(([, one]) => one === kind).map(([pair]) => key(pair)));
  const merging = inParts((pair) => pair.after, 'merged');
  const splitting = inParts((pair) => pair.before, 'split');

  const partBefore = new Set([...parts.keys()].map((pair) => pair.before));
  const partAfter = new Set([...parts.keys()].map((pair) => pair.after));
  match(
    pairs
      .filter((pair) => pair.jaccard >= churnedRest && !partBefore.has(pair.before) && !partAfter.has(pair.after))
      .sort(byJaccard),
  );

  const hasBefore = new Set(counts.before.map(({ segment }) => segment));
  const hasAfter = new Set(counts.after.map(({ segment }) => segment));
  const overlaps = new Map(counts.overlaps.map((row) => [keyOf(row), row]));
  const byName = agreeingSegments([...hasBefore], [...hasAfter], names)
    .filter(({ before, after }) => hasBefore.has(before) && hasAfter.has(after))
    .filter(({ before, after }) => !matched.has(before) && !taken.has(after))
    .filter(({ before, after }) => !partBefore.has(before) && !partAfter.has(after))
    .map((pair) => ({ ...toPair(overlaps.get(keyOf(pair)) ?? { ...pair, members: 0 }), by: pair.by }));

  const kindOf = (pair: ComparedPair): LineageKind => {
    if (pair.jaccard < whole && splitting.has(pair.before) && isPart(pair.shareOfAfter, pair)) return 'split';
    if (pair.jaccard < whole && merging.has(pair.after) && isPart(pair.shareOfBefore, pair)) return 'merged';
    if (pair.jaccard < same) return 'churned';
    const isNamedAlike = pair.before === pair.after && names.before.get(pair.before) === names.after.get(pair.after);
    return isNamedAlike ? 'kept' : 'renamed';
  };
  const found = [
    ...[...matched.values()].map((pair) => ({ ...pair, kind: kindOf(pair), by: 'members' as const })),
    ...[...parts].map(([pair, kind]) => ({ ...pair, kind, by: 'members' as const })),
    ...byName.map((pair) => ({ ...pair, kind: 'churned' as const })),
  ].sort((x, y) => compareText(x.before, y.before) || compareText(x.after, y.after));
  return [...found, ...loneSegments(counts, found)];
}

interface Pair {
  readonly before: string;
  readonly after: string;
  readonly sizeBefore: number;
  readonly sizeAfter: number;
  readonly overlap: number;
  readonly users: number;
  readonly jaccard: number;
  readonly shareOfBefore: number;
  readonly shareOfAfter: number;
  readonly expectedOverlap: number;
  readonly surplus: number | null;
  readonly z: number | null;
}

type ComparedPair = Pair & { readonly surplus: number; readonly z: number };

/** Makes the figures of a pair from its common users. */
function pairMaker({ users, before, after }: LineageCounts): (row: LineageCounts['overlaps'][number]) => Pair {
  const sizesBefore = new Map(before.map(({ segment, members }) => [segment, members]));
  const sizesAfter = new Map(after.map(({ segment, members }) => [segment, members]));
  return (row) => {
    const sizeBefore = sizesBefore.get(row.before) ?? 0;
    const sizeAfter = sizesAfter.get(row.after) ?? 0;
    const overlap = row.members;
    const chance = hypergeometricOverlap({ overlap, sizeA: sizeBefore, sizeB: sizeAfter, population: users });
    const jaccard = overlap / (sizeBefore + sizeAfter - overlap);
    const isEverybody = chance.surplus === null && jaccard === 1;
    return {
      before: row.before,
      after: row.after,
      sizeBefore,
      sizeAfter,
      overlap,
      users,
      jaccard,
      shareOfBefore: overlap / sizeBefore,
      shareOfAfter: overlap / sizeAfter,
      expectedOverlap: chance.expected,
      ...(isEverybody ? { surplus: 1, z: Number.POSITIVE_INFINITY } : { surplus: chance.surplus, z: chance.z }),
    };
  };
}

/** Is there more in common than chance explains? */
function isBeyondChance(pair: Pair): pair is ComparedPair {
  const { surplus, z, jaccard } = pair;
  // Segments of a handful of people cannot reach any z; the same people in both is a match all the same.
  return (
    surplus !== null &&
    z !== null &&
    surplus >= LINEAGE_THRESHOLDS.surplus &&
    (z >= LINEAGE_THRESHOLDS.z || jaccard === 1)
  );
}

function keyOf({ before, after }: { readonly before: string; readonly after: string }): string {
  return JSON.stringify([before, after]);
}

/** Highest Jaccard index first, then least likely by chance; ids decide ties, so that the order of rows never does. */
function byJaccard(x: ComparedPair, y: ComparedPair): number {
  if (x.jaccard !== y.jaccard) return y.jaccard - x.jaccard;
  if (x.z !== y.z) return y.z > x.z ? 1 : -1;
  const sameId = Number(y.before === y.after) - Number(x.before === x.after);
  return sameId || compareText(x.before, y.before) || compareText(x.after, y.after);
}

/** For each segment, the pair that fits best among those that qualify. */
function bestOf(
  pairs: readonly ComparedPair[],
  key: (pair: ComparedPair) => string,
  qualifies: (pair: ComparedPair) => boolean,
): readonly ComparedPair[] {
  const best = new Map<string, ComparedPair>();
  for (const pair of pairs.filter(qualifies)) {
    const current = best.get(key(pair));
    if (current === undefined || byJaccard(pair, current) < 0) best.set(key(pair), pair);
  }
  return [...best.values()];
}

function loneSegments(
  { users, before, after }: LineageCounts,
  found: readonly { before: string; after: string }[],
): readonly MeasuredLineage[] {
  const hasLater = new Set(found.map((row) => row.before));
  const hasEarlier = new Set(found.map((row) => row.after));
  const unmeasured = {
    by: null,
    overlap: null,
    users,
    jaccard: null,
    shareOfBefore: null,
    shareOfAfter: null,
    expectedOverlap: null,
    surplus: null,
    z: null,
  };
  return [
    ...before
      .filter(({ segment }) => !hasLater.has(segment))
      .map(({ segment, members }) => ({
        kind: 'dropped' as const,
        before: segment,
        after: null,
        sizeBefore: members,
        sizeAfter: null,
        ...unmeasured,
      })),
    ...after
      .filter(({ segment }) => !hasEarlier.has(segment))
      .map(({ segment, members }) => ({
        kind: 'new' as const,
        before: null,
        after: segment,
        sizeBefore: null,
        sizeAfter: members,
        ...unmeasured,
      })),
  ];
}
