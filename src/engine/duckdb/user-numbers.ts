import { type Database, toCount } from './database.ts';

/** Writes the number of a user as an SQL expression: a BIGINT from 0 on, of the user's id as text. */
export type UserNumber = (userKey: string) => string;

/**
 * Ways to make a number of an id, from fast to slow. Sixty-three bits, so that negative numbers are left for users who are not in the export.
 * Ids that collide in one way do not collide in the next, even where somebody chose them to.
 */
const WAYS: readonly UserNumber[] = [
  (userKey) => `CAST(hash(${userKey}) >> 1 AS BIGINT)`,
  (userKey) => `CAST(hash('traitleak/' || ${userKey}) >> 1 AS BIGINT)`,
  (userKey) => `CAST(md5_number_lower('traitleak/' || ${userKey}) >> 1 AS BIGINT)`,
];

/**
 * Finds a number that no two users share. As a function of the id it needs no table of users to be joined to every row, which would have to be held in
 * memory.
 *
 * @param users - relation with each id once, in the column `user_key`
 * @throws {RangeError} when two of the users share a number in every way, which takes some 10^9 users or a broken hash
 */
export async function chooseUserNumber(
  database: Database,
  users: string,
  ways: readonly UserNumber[] = WAYS,
): Promise<UserNumber> {
  for (const way of ways) {
    const [row] = await database.rows(`SELECT COUNT(*) - COUNT(DISTINCT ${way('user_key')}) FROM (${users})`);
    if (toCount(row?.[0]) === 0) return way;
  }
  throw new RangeError('two users share a number');
}
