import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CellTable, hiddenCells, hiddenSizes, isSmallCell } from '../../src/report/small-cells.ts';
import { recoverCounts } from './recover-cells.ts';

const LIMIT = 11;

/** Members by segment (rows) and value (columns), and panel members by value outside of every segment. */
interface Counts {
  readonly members: readonly (readonly number[])[];
  readonly outside: readonly number[];
}

/** Tables of an export whose segments do not overlap. */
function tablesOf({ members, outside }: Counts): CellTable[] {
  const totals = outside.map((count, value) => count + members.reduce((sum, row) => sum + row[value]!, 0));
  const panel = totals.reduce((sum, count) => sum + count, 0);
  return members.flatMap((row, segment) => {
    const inside = row.reduce((sum, count) => sum + count, 0);
    return row.map((a, value) => ({
      segment: `s${segment}`,
      trait: 't',
      value: `v${value}`,
      table: { a, b: inside - a, c: totals[value]! - a, d: panel - inside - totals[value]! + a },
    }));
  });
}

function leaks(tables: readonly CellTable[], isPartition: boolean, minCell = LIMIT): readonly string[] {
  const hidden = hiddenCells(tables, minCell);
  const isHidden = (table: CellTable): boolean => hidden.has(table);
  const shown = tables
    .filter((table) => !isHidden(table))
    .flatMap(({ segment, value, table }) =>
      Object.entries(table).map(([cell, count]) => ({ what: `${segment} ${value} ${cell} is shown`, count })),
    );
  return [...shown, ...recoverCounts(tables, isHidden, isPartition)]
    .filter(({ count }) => isSmallCell(count, minCell))
    .map(({ what, count }) => `${what}: ${count}`);
}

/** Mostly usual counts, many small ones. */
const count = fc.oneof(fc.nat({ max: 15 }), fc.nat({ max: 60 }), fc.nat({ max: 500 }));
const arbitraryCounts = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 2, max: 5 }))
  .chain(([segments, values]) =>
    fc.record({
      members: fc.array(fc.array(count, { minLength: values, maxLength: values }), {
        minLength: segments,
        maxLength: segments,
      }),
      outside: fc.array(fc.oneof(fc.constant(0), count), { minLength: values, maxLength: values }),
    }),
  );

describe('the reader who wants to know what is hidden', () => {
  test('finds a lone hidden cell, so that the other tests mean something', () => {
    const tables = tablesOf({ members: [[3, 200, 300]], outside: [500, 500, 500] });

    const found = recoverCounts(tables, ({ value }) => value === 'v0', false);

    expect(found).toContainEqual({ what: 's0 v0 a', count: 3 });
  });

  test('reads and works out no small cell, whatever the segments and values', () => {
    fc.assert(
      fc.property(arbitraryCounts, (counts) => {
        expect(leaks(tablesOf(counts), false).filter(isCell)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  // Open: rows and columns are each safe, but together they can still be solved.
  test('works out no small count when the segments are known to partition the users', () => {
    fc.assert(
      fc.property(arbitraryCounts, (counts) => {
        expect(leaks(tablesOf(nobodyOutside(counts)), true)).toEqual([]);
      }),
      { numRuns: 20_000, seed: 1 },
    );
  });

  // Open: the panel's total of one rare value can still be had by subtraction when every other total is shown somewhere.
  test.each<Counts>([
    {
      members: [
        [0, 6, 8, 8],
        [0, 0, 22, 0],
        [0, 21, 0, 1],
      ],
      outside: [0, 0, 0, 0],
    },
    {
      members: [
        [0, 0, 22, 0, 0],
        [0, 0, 0, 0, 22],
        [0, 0, 8, 3, 11],
      ],
      outside: [0, 0, 0, 0, 0],
    },
  ])('works out no small total of a value from %j', (counts) => {
    expect(leaks(tablesOf(counts), false)).toEqual([]);
  });
});

const isCell = (leak: string): boolean => !leak.startsWith('all ');

function nobodyOutside({ members, outside }: Counts): Counts {
  return { members, outside: outside.map(() => 0) };
}

describe('tables', () => {
  test('with a count of 1 to 10 in any of the four cells are hidden, with 0 or 11 they are not', () => {
    const table = (a: number, b: number, c: number, d: number): CellTable[] => [
      { segment: 's', trait: 't', value: 'v', table: { a, b, c, d } },
    ];

    for (const small of [1, 10]) {
      expect(hiddenCells(table(small, 50, 60, 70), LIMIT).size).toBe(1);
      expect(hiddenCells(table(50, small, 60, 70), LIMIT).size).toBe(1);
      expect(hiddenCells(table(50, 60, small, 70), LIMIT).size).toBe(1);
      expect(hiddenCells(table(50, 60, 70, small), LIMIT).size).toBe(1);
    }
    expect(hiddenCells(table(0, 11, 12, 13), LIMIT).size).toBe(0);
  });

  test('of other traits are left alone', () => {
    const tables = ['t', 'u'].map((trait, i) => ({
      segment: 's',
      trait,
      value: 'v',
      table: { a: i === 0 ? 3 : 30, b: 50, c: 50, d: 50 },
    }));

    expect([...hiddenCells(tables, LIMIT)]).toEqual([tables[0]]);
  });

  test('are all shown with a limit of 0 or 1', () => {
    const tables = tablesOf({ members: [[1, 2, 3]], outside: [4, 5, 6] });

    expect(hiddenCells(tables, 0).size).toBe(0);
    expect(hiddenCells(tables, 1).size).toBe(0);
  });

  test('hidden with one limit are hidden with every higher one', () => {
    fc.assert(
      fc.property(arbitraryCounts, fc.integer({ min: 2, max: 30 }), (counts, limit) => {
        const tables = tablesOf(counts);
        const small = tables.filter(({ table }) => Object.values(table).some((cell) => isSmallCell(cell, limit)));
        const hidden = hiddenCells(tables, limit + 5);
        for (const cell of small) expect(hidden.has(cell)).toBe(true);
      }),
    );
  });
});

describe('sizes of segments', () => {
  const sizes = (...members: number[]): Map<string, number> => new Map(members.map((size, i) => [`s${i}`, size]));

  test('of 1 to 10 are hidden; a lone one takes the next along', () => {
    expect([...hiddenSizes(sizes(5, 100, 7, 0, 11), LIMIT)].sort()).toEqual(['s0', 's2']);
    expect([...hiddenSizes(sizes(5, 100, 70, 0), LIMIT)].sort()).toEqual(['s0', 's2']);
  });

  // Open: two hidden segments of one member each add up to 2, which the number of rows gives away.
  test('that add up to few people are not given away by the number of rows', () => {
    // The rows of the assignments are published, so what is hidden adds up to a known number; each is at least 1.
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat({ max: 12 }), fc.nat({ max: 200 })), { maxLength: 8 }), (members) => {
        const known = sizes(...members);
        const hidden = [...hiddenSizes(known, LIMIT)].map((segment) => known.get(segment)!);
        const sum = hidden.reduce((total, size) => total + size, 0);
        if (members.filter((size) => size > 0).length === hidden.length) return;
        expect(hidden.length === 0 || sum >= LIMIT, `hidden: ${hidden.join(', ')}`).toBe(true);
      }),
    );
  });
});
