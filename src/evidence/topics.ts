import type { TellingTopic } from '../domain/finding.ts';
import { compareText } from '../domain/order.ts';
import type { AuditedSegment } from './audited-segment.ts';
import type { Judge } from './read-words.ts';

/** A topic that names or suggests a trait, with the words that do. */
export interface ReadTopic extends TellingTopic {
  /** Lexicon groups of the words, each with the strength of its strongest. */
  readonly groups: ReadonlyMap<string, TellingTopic['strength']>;
}

/** How much of a segment's definition is topics that name a trait. */
export interface TopicShare {
  readonly segment: string;
  readonly trait: string;
  /** Weight of the topics that name the trait outright, over the weight of all topics; in [0, 1]. */
  readonly explicitShare: number;
  /** The same with topics that only suggest it. */
  readonly share: number;
  /** `share` over its mean in all definitions with topics; 1 is average. */
  readonly lift: number;
  /** Topics that carry the share, heaviest first. */
  readonly topics: readonly ReadTopic[];
  /** Weight of all topics of the segment. */
  readonly weight: number;
  /** How many definitions have topics. */
  readonly definitions: number;
}

/** Measures, for every definition made of topics, the weighted share of topics that name each trait. */
export function measureTopics(segments: readonly AuditedSegment[], judge: Judge): readonly TopicShare[] {
  const withTopics = segments.filter((segment) => (segment.definition?.topics.length ?? 0) > 0);
  const read = withTopics.flatMap((segment) => readTopics(segment, judge));
  return sharesOf(read, withTopics.length);
}

/** The shares that are left when words of some lexicon groups only count. */
export function narrowTopics(
  shares: readonly TopicShare[],
  isCounted: (group: string) => boolean,
): readonly TopicShare[] {
  const read = shares.map(({ segment, trait, weight, topics }) => ({
    segment,
    trait,
    weight,
    topics: topics.flatMap(({ term, weight: heavy, groups }): ReadTopic[] => {
      const left = new Map([...groups].filter(([group]) => isCounted(group)));
      return left.size === 0 ? [] : [{ term, weight: heavy, strength: strongest(left), groups: left }];
    }),
  }));
  return sharesOf(
    read.filter(({ topics }) => topics.length > 0),
    shares[0]?.definitions ?? 0,
  );
}

type ReadTopics = Pick<TopicShare, 'segment' | 'trait' | 'weight' | 'topics'>;

function sharesOf(read: readonly ReadTopics[], definitions: number): readonly TopicShare[] {
  const shares = read.map((row) => {
    const weigh = (some: readonly ReadTopic[]): number =>
      some.reduce((sum, topic) => sum + topic.weight, 0) / row.weight;
    return {
      ...row,
      definitions,
      explicitShare: weigh(row.topics.filter((topic) => topic.strength === 'explicit')),
      share: weigh(row.topics),
    };
  });
  const sums = new Map<string, number>();
  for (const { trait, share } of shares) sums.set(trait, (sums.get(trait) ?? 0) + share);
  return shares.map((share) => ({
    ...share,
    lift: (share.share * definitions) / (sums.get(share.trait) ?? share.share),
  }));
}

function readTopics({ segment, definition }: AuditedSegment, judge: Judge): readonly ReadTopics[] {
  const topics = definition?.topics ?? [];
  const total = topics.reduce((sum, topic) => sum + topic.weight, 0);
  const carried = new Map<string, ReadTopic[]>();
  for (const { term, weight } of topics) {
    const words = new Map<string, Map<string, TellingTopic['strength']>>();
    for (const { trait, group, strength } of judge(term).matches) {
      const groups = words.get(trait) ?? new Map<string, TellingTopic['strength']>();
      if (groups.get(group) !== 'explicit') groups.set(group, strength);
      words.set(trait, groups);
    }
    for (const [trait, groups] of words) {
      const list = carried.get(trait) ?? [];
      list.push({ term, weight, strength: strongest(groups), groups });
      carried.set(trait, list);
    }
  }
  return [...carried].map(([trait, list]) => ({
    segment,
    trait,
    weight: total,
    topics: list.sort((a, b) => b.weight - a.weight || compareText(a.term, b.term)),
  }));
}

function strongest(groups: ReadTopic['groups']): TellingTopic['strength'] {
  return [...groups.values()].includes('explicit') ? 'explicit' : 'implied';
}
