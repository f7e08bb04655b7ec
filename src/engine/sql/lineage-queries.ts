/** Overlaps below this share of the smaller segment are of no use to tell what became of a segment. */
const LEAST_SHARE = 0.25;

/**
 * Users that an earlier and a later segment have in common: columns `before_id, after_id, members`. Reads `earlier_membership`, `membership`,
 * and the sizes `earlier_size`, `later_size`.
 */
export function lineageOverlapsQuery(): string {
  const shared =
    'SELECT e.segment_id AS before_id, m.segment_id AS after_id, COUNT(*) AS members ' +
    'FROM earlier_membership e JOIN membership m ON e.user_id = m.user_id GROUP BY e.segment_id, m.segment_id';
  return (
    `SELECT s.before_id, s.after_id, s.members FROM (${shared}) s ` +
    'JOIN earlier_size b ON b.segment_id = s.before_id JOIN later_size a ON a.segment_id = s.after_id ' +
    `WHERE s.members >= ${LEAST_SHARE} * LEAST(b.members, a.members) ORDER BY s.before_id, s.after_id`
  );
}
