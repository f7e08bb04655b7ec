import type { TellingTopic } from '../domain/finding.ts';
import { compareText } from '../domain/order.ts';
import type { AuditedSegment } from './audited-segment.ts';
import type { Judge } from './read-words.ts';

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
  readonly topics: readonly TellingTopic[];
}

/** Measures, for every definition made of topics, the weighted share of topics that name each trait. */
export function measureTopics(segments: readonly AuditedSegment[], judge: Judge): readonly TopicShare[] {
  const withTopics = segments.filter((segment) => (segment.definition?.topics.length ?? 0) > 0);
  const shares = withTopics.flatMap((segment) => topicShares(segment, judge));
  const sums = new Map<string, number>();
  for (const { trait, share } of shares) sums.set(trait, (sums.get(trait) ?? 0) + share);
  return shares.map((share) => ({
    ...share,
    lift: (share.share * withTopics.length) / (sums.get(share.trait) ?? share.share),
  }));
}

function topicShares({ segment, definition }: AuditedSegment, judge: Judge): Omit<TopicShare, 'lift'>[] {
  const topics = definition?.topics ?? [];
  const total = topics.reduce((sum, topic) => sum + topic.weight, 0);
  const carried = new Map<string, TellingTopic[]>();
  for (const { term, weight } of topics) {
    const strengths = new Map<string, 'explicit' | 'implied'>();
    for (const match of judge(term).matches) {
      if (strengths.get(match.trait) !== 'explicit') strengths.set(match.trait, match.strength);
    }
    for (const [trait, strength] of strengths) {
      const list = carried.get(trait) ?? [];
      list.push({ term, weight, strength });
      carried.set(trait, list);
    }
  }
  return [...carried].map(([trait, list]) => {
    const weigh = (some: typeof list): number => some.reduce((sum, topic) => sum + topic.weight, 0) / total;
    return {
      segment,
      trait,
      explicitShare: weigh(list.filter((topic) => topic.strength === 'explicit')),
      share: weigh(list),
      topics: list.sort((a, b) => b.weight - a.weight || compareText(a.term, b.term)),
    };
  });
}
