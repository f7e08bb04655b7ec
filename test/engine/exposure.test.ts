import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ExposureCounts } from '../../src/engine/count-source.ts';
import { openDuckDbCountSource } from '../../src/engine/duckdb/duckdb-count-source.ts';
import { csv, inputFolder } from '../input-folder.ts';

async function exposureOf(columns: readonly string[], rows: readonly (readonly string[])[]): Promise<ExposureCounts> {
  const folder = inputFolder({ 'a.csv': csv(columns) + rows.map((row) => csv(row)).join('') });
  const source = await openDuckDbCountSource({
    assignments: {
      files: [{ path: join(folder, 'a.csv'), shown: 'a.csv', format: 'csv', delimiter: ',', columns }],
      userColumn: 'user_id',
      shape: { kind: 'long', column: 'segment_id' },
    },
  });
  try {
    const counts = await source.countExposure();
    if (counts === undefined) throw new Error('no counts');
    return counts;
  } finally {
    await source.close();
  }
}

const COLUMNS = ['user_id', 'segment_id'];
const hex = (length: number, i: number): string =>
  (i * 2_654_435_761 + 12_345).toString(16).padStart(length, '0a1b2c3d');

test.each<[string, (i: number) => string]>([
  ['email', (i) => `someone.${i}@mail.example.org`],
  ['guid', (i) => `${hex(8, i).slice(-8)}-aaaa-4bbb-8ccc-${String(i).padStart(12, '0')}`.toUpperCase()],
  ['mac', (i) => `00:1A:2b:3c:4d:${String(i).padStart(2, '0')}`],
  ['ipv4', (i) => `10.0.255.${i}`],
  ['ipv6', (i) => `2001:db8::${i.toString(16)}`],
  ['phone', (i) => `+44 20 7946 0${String(i).padStart(3, '0')}`],
  ['phone', (i) => `(212) 555-0${String(i).padStart(3, '0')}`],
  ['sha256', (i) => hex(64, i)],
  ['sha1', (i) => hex(40, i)],
  ['md5', (i) => hex(32, i)],
  ['sequential', (i) => String(5000 + i)],
])('user ids that look like %s are recognised', async (shape, idOf) => {
  const rows = Array.from({ length: 50 }, (_, i) => [idOf(i), 'a']);
  const [column] = (await exposureOf(COLUMNS, rows)).columns;

  expect(column).toEqual({ column: 'user_id', role: 'user', values: 50, shapes: [{ shape, values: 50 }] });
});

test.each([
  ['random numbers', (i: number) => String((i * 2_654_435_761) % 4_000_000_007)],
  ['pseudonyms', (i: number) => `u-${hex(20, i)}x`],
  ['times of day', (i: number) => `12:${i}`],
  ['versions', (i: number) => `1.2.${i}`],
])('%s look like nothing in particular', async (_what, idOf) => {
  const rows = Array.from({ length: 50 }, (_, i) => [idOf(i), 'a']);

  expect((await exposureOf(COLUMNS, rows)).columns[0]?.shapes).toEqual([]);
});

test('every other column is looked at too, score and time included', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => [`u${i}x`, 'a', `me${i % 20}@example.org`, '0.5']);
  const { columns } = await exposureOf([...COLUMNS, 'contact', 'score'], rows);

  expect(columns.map(({ column, role, values }) => [column, role, values])).toEqual([
    ['user_id', 'user', 40],
    ['contact', 'other', 20],
    ['score', 'other', 1],
  ]);
  expect(columns[1]?.shapes).toEqual([{ shape: 'email', values: 20 }]);
});

test('users whose set of segments nobody else has are counted', async () => {
  const rows = [
    ['p', 'a'],
    ['q', 'a'],
    ['r', 'a'],
    ['r', 'b'],
    ['s', 'b'],
    ['s', 'a'],
    ['t', 'a'],
    ['t', 'c'],
  ];
  const { users, uniqueUsers, byMemberships } = await exposureOf(COLUMNS, rows);

  // Only t is in a and c. One membership of t's is unique when it is c that is drawn.
  expect([users, uniqueUsers]).toEqual([5, 1]);
  expect(byMemberships.map(({ memberships, sampled }) => [memberships, sampled])).toEqual([
    [1, 5],
    [2, 5],
    [3, 5],
  ]);
  expect(byMemberships[1]?.unique).toBe(1);
  expect(byMemberships[2]?.unique).toBe(1);
});

// So many that the bitmaps of users have several parts.
const MANY = 270_000;

test.each([
  ['one user has', MANY, 1000],
  ['two users have', MANY / 2, 0],
])(
  'a pair of memberships that %s, wherever among all users, is told exactly',
  async (_what, pairs, unique) => {
    const rows = Array.from({ length: MANY }, (_, i) => [
      [`u${i}`, `a${Math.floor((i % pairs) / 600)}`],
      [`u${i}`, `b${(i % pairs) % 600}`],
    ]).flat();
    const { byMemberships } = await exposureOf(COLUMNS, rows);

    expect(byMemberships.map((row) => [row.sampled, row.unique])).toEqual([
      [1000, 0],
      [1000, unique],
      [1000, unique],
    ]);
  },
  60_000,
);

test('the order of the rows changes nothing', async () => {
  const rows = Array.from({ length: 3000 }, (_, i) => [`u${i % 1500}`, `s${(i * 31) % 40}`, `v${i}@example.org`]);

  const first = await exposureOf([...COLUMNS, 'mail'], rows);
  const second = await exposureOf([...COLUMNS, 'mail'], [...rows].reverse());

  expect(second).toEqual(first);
});
