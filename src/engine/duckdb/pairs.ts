import type { AttackLabel, PairCounts, PairLimits } from '../whole-export.ts';
import { labelExpression, segmentNames } from './attack.ts';
import { type Cell, type Database, toCount } from './database.ts';

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
  const columns = labels.map((label, index) => `, ${labelExpression(label)} AS y${index}`).join('');
  await database.execute(
    `CREATE OR REPLACE TEMP TABLE pair_member AS SELECT m.user_id AS user_id, CAST(enum_code(m.segment_id) AS INTEGER) AS segment${columns} ` +
      'FROM membership m JOIN panel p ON m.user_id = p.user_id',
  );
  await database.execute(
    `DELETE FROM pair_member WHERE segment IN (SELECT segment FROM pair_member GROUP BY segment HAVING COUNT(*) < ${smallest})`,
  );
  const [eligible] = await database.rows('SELECT COUNT(DISTINCT segment) FROM pair_member');
  const searched = await cutToBudget(database, combinations);
  const sums = labels.map((_, index) => `, COUNT(x.y${index}), COALESCE(SUM(x.y${index}), 0)`).join('');
  const rows = await database.rows(
    `SELECT x.segment, y.segment${sums} FROM pair_member x JOIN pair_member y ON x.user_id = y.user_id AND x.segment < y.segment ` +
      `GROUP BY x.segment, y.segment HAVING COUNT(*) >= ${smallest} ORDER BY x.segment, y.segment`,
  );
  await database.execute('DROP TABLE pair_member');
  const column = (index: number): Int32Array => Int32Array.from(rows, (row: readonly Cell[]) => toCount(row[index]));
  return {
    segments,
    eligible: toCount(eligible?.[0]),
    searched,
    first: column(0),
    second: column(1),
    labels: labels.map((_, index) => ({ known: column(2 + 2 * index), withValue: column(3 + 2 * index) })),
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
