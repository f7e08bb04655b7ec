import type { SegmentPair } from '../count-source.ts';
import { quoteLiteral } from './quote.ts';

/** Overlaps below this share of the smaller segment are of no use to tell what became of a segment. */
const LEAST_SHARE = 0.25;

/**
 * Users that an earlier and a later segment have in common: columns `before_id, after_id, members`. Reads `earlier_membership`, `membership`,
 * and the sizes `earlier_size`, `later_size`.
 *
 * @param named - pairs that are wanted however few they have in common, besides those with the same id
 */
export function lineageOverlapsQuery(named: readonly SegmentPair[]): string {
  const shared =
    'SELECT e.segment_id AS before_id, m.segment_id AS after_id, COUNT(*) AS members ' +
    'FROM earlier_membership e JOIN membership m ON e.user_id = m.user_id GROUP BY e.segment_id, m.segment_id';
  return (
    `SELECT s.before_id, s.after_id, s.members FROM (${shared}) s ` +
    'JOIN earlier_size b ON b.segment_id = s.before_id JOIN later_size a ON a.segment_id = s.after_id ' +
    `WHERE s.members >= ${LEAST_SHARE} * LEAST(b.members, a.members)${isNamed(named)} ORDER BY s.before_id, s.after_id`
  );
}

function isNamed(pairs: readonly SegmentPair[]): string {
  // No id in a file of assignments holds a NUL character, and no engine takes one.
  const values = pairs
    .filter(({ before, after }) => !`${before}${after}`.includes('\0'))
    .map(({ before, after }) => `(${quoteLiteral(before)}, ${quoteLiteral(after)})`);
  const pair = '(CAST(s.before_id AS VARCHAR), CAST(s.after_id AS VARCHAR))';
  const isAsked = values.length === 0 ? '' : ` OR ${pair} IN (${values.join(', ')})`;
  return ` OR CAST(s.before_id AS VARCHAR) = CAST(s.after_id AS VARCHAR)${isAsked}`;
}
