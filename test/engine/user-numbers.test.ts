import { expect, test } from 'vitest';
import { openDatabase } from '../../src/engine/duckdb/database.ts';
import { chooseUserNumber } from '../../src/engine/duckdb/user-numbers.ts';

const USERS = "SELECT 'user ' || i AS user_key FROM range(1000) t(i)";

async function numbers(ways?: Parameters<typeof chooseUserNumber>[2]): Promise<readonly bigint[]> {
  const database = await openDatabase();
  try {
    const way = await chooseUserNumber(database, USERS, ways);
    const rows = await database.rows(`SELECT ${way('user_key')} FROM (${USERS})`);
    return rows.map(([number]) => BigInt(String(number)));
  } finally {
    await database.close();
  }
}

test('every user has a number of its own, from 0 on', async () => {
  const found = await numbers();
  expect(new Set(found).size).toBe(1000);
  expect(found.every((number) => number >= 0n && number < 2n ** 63n)).toBe(true);
});

test('a way in which users collide is passed over', async () => {
  const found = await numbers([
    (key) => `length(${key})`,
    (key) => `hash(${key}) % 900`,
    (key) => `CAST(substr(${key}, 6) AS BIGINT)`,
  ]);
  expect(found).toContain(999n);
  expect(new Set(found).size).toBe(1000);
});

test('it is said when users collide in every way', async () => {
  await expect(numbers([(key) => `length(${key})`])).rejects.toThrow(/share a number/);
});
