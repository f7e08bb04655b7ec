import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { AttackLabel, PairCounts, PairLimits } from '../whole-export.ts';
import { segmentNames } from './attack.ts';
import { type Database, toCount } from './database.ts';

/**
 * Counts the panel members of every two segments, by joining each user's memberships with themselves. The work grows with the number of
 * combinations of a user and two segments, so when there are too many, the smallest segments are left out: their overlaps are least likely
 * to show anything.
 *
 * @param labels - their traits are columns of the panel; not shuffled
 */
export async function countPairs(
  database: Database,
  labels: readonly AttackLabel[],
  { smallest, combinations }: PairLimits,
): Promise<PairCounts> {
  const segments = await segmentNames(database);
  const traits = [...new Set(labels.map(({ trait }) => trait))];
  // Counting what is not NULL is faster than adding up.
  const known = traits.map(
    (trait, index) => `, CASE WHEN p.${quoteIdentifier(trait)} IS NOT NULL THEN 1 END AS k${index}`,
  );
  const has = labels.map(
    ({ trait, value }, index) =>
      `, CASE WHEN p.${quoteIdentifier(trait)} = ${quoteLiteral(value)} THEN 1 END AS y${index}`,
  );
  await database.execute(
    `CREATE OR REPLACE TEMP TABLE pair_member AS SELECT m.user_id AS user_id, CAST(enum_code(m.segment_id) AS INTEGER) AS segment${[...known, ...has].join('')} ` +
      'FROM panel_membership m JOIN panel p ON m.user_id = p.user_id',
  );
  await database.execute(
    `DELETE FROM pair_member WHERE segment IN (SELECT segment FROM pair_member GROUP BY segment HAVING COUNT(*) < ${smallest})`,
  );
  const [eligible] = await database.rows('SELECT COUNT(DISTINCT segment) FROM pair_member');
  const searched = await cutToBudget(database, combinations);
  const counted = [...traits.map((_, index) => `k${index}`), ...labels.map((_, index) => `y${index}`)];
  const columns = await database.columns(
    `SELECT x.segment, y.segment${counted.map((column) => `, CAST(COUNT(x.${column}) AS INTEGER)`).join('')} ` +
      'FROM pair_member x JOIN (SELECT user_id, segment FROM pair_member) y ON x.user_id = y.user_id AND x.segment < y.segment ' +
      `GROUP BY x.segment, y.segment HAVING COUNT(*) >= ${smallest} ORDER BY x.segment, y.segment`,
  );
  await database.execute('DROP TABLE pair_member');
  const column = (index: number): Int32Array => Int32Array.from(columns[index] ?? [], Number);
  return {
    segments,
    eligible: toCount(eligible?.[0]),
    searched,
    first: column(0),
    second: column(1),
    labels: labels.map(({ trait }, index) => ({
      known: column(2 + traits.indexOf(trait)),
      withValue: column(2 + traits.length + index),
    })),
  };
}

/** Leaves out the smallest segments, a quarter at a time, until the join is small enough; returns how many are left. */
async function cutToBudget(database: Database, combinations: number): Promise<number> {
  for (;;) {
    const [row] = await database.rows(
      'SELECT COALESCE(SUM(memberships * (memberships - 1) // 2), 0), (SELECT COUNT(DISTINCT segment) FROM pair_member) ' +
        'FROM (SELECT COUNT(*) AS memberships FROM pair_member GROUP BY user_id)',
    );
    const segments = toCount(row?.[1]);
    if (toCount(row?.[0]) <= combinations || segments <= 2) return segments;
    await database.execute(
      'DELETE FROM pair_member WHERE segment IN (SELECT segment FROM pair_member GROUP BY segment ORDER BY COUNT(*), segment ' +
        `LIMIT ${Math.ceil(segments / 4)})`,
    );
  }
}
