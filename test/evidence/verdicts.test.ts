import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/domain/association.ts';
import { judgeMembers, judgeTable, type Member } from './judge-members.ts';

const VERDICTS: readonly Verdict[] = ['proxy', 'cleared', 'inconclusive'];

/** Tables of a segment in a panel, with shares of every size. */
const tables = fc
  .record({
    a: fc.integer({ min: 0, max: 60 }),
    b: fc.integer({ min: 0, max: 400 }),
    c: fc.integer({ min: 0, max: 600 }),
    d: fc.integer({ min: 1, max: 4_000 }),
  })
  .filter(({ a, b, c }) => a + b > 0 && a + c > 0);

const SEGMENTS = ['s1', 's2', 's3'];
const members = fc.array(
  fc.record({
    value: fc.constantFrom('lgb', 'straight', 'straight', 'straight', null),
    stratum: fc.constantFrom('A', 'B'),
    segments: fc.subarray(SEGMENTS),
  }),
  { minLength: 40, maxLength: 120 },
);

describe('a verdict', () => {
  test('is one of three, and only an inconclusive one asks for more members', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { verdict, membersNeeded } = judgeTable(table);

        expect(VERDICTS).toContain(verdict);
        if (verdict !== 'inconclusive') expect(membersNeeded).toBeNull();
      }),
    );
  });

  test('never turns from proxy to cleared or back when members with the same shares are added', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 2, max: 200 }), ({ a, b, c, d }, k) => {
        const few = judgeTable({ a, b, c, d }).verdict;
        const many = judgeTable({ a: k * a, b: k * b, c: k * c, d: k * d }).verdict;

        expect([few, many]).not.toEqual(['proxy', 'cleared']);
        expect([few, many]).not.toEqual(['cleared', 'proxy']);
      }),
    );
  });

  test('asks for more members than there are when both shares are equal and that is not yet shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 2, max: 30 }), (a, odds) => {
        const table = { a, b: a * odds, c: 50 * a, d: 50 * a * odds };
        const { verdict, membersNeeded } = judgeTable(table);

        if (verdict === 'inconclusive') expect(membersNeeded).toBeGreaterThan(table.a + table.b);
        else expect(verdict).toBe('cleared');
      }),
    );
  });

  test('and every figure stay the same when members and segments are permuted', () => {
    const shuffled = members.chain((list) =>
      fc.record({
        list: fc.constant(list),
        permuted: fc.shuffledSubarray(list, { minLength: list.length }),
        segments: fc.shuffledSubarray(SEGMENTS, { minLength: SEGMENTS.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ list, permuted, segments }) => {
        expect(judgeMembers(permuted, segments)).toEqual(judgeMembers(list, SEGMENTS));
      }),
      { numRuns: 40 },
    );
  });
});

describe('an unrelated segment', () => {
  test('changes no estimate, interval or p-value of the others', () => {
    fc.assert(
      fc.property(members, fc.infiniteStream(fc.boolean()), (list, coins) => {
        const flips = coins[Symbol.iterator]();
        const joined: Member[] = list.map((member) =>
          flips.next().value ? { ...member, segments: [...member.segments, 'other'] } : member,
        );
        const before = judgeMembers(list, SEGMENTS).associations;
        const after = judgeMembers(joined, [...SEGMENTS, 'other']).associations;

        const estimates = (rows: typeof before) =>
          rows
            .filter(({ segment }) => segment !== 'other')
            .map(({ lnQValue: _, isDiscovery: __, minimumDetectableRatio: ___, conditional, ...row }) => ({
              ...row,
              conditional: { ...conditional, lnQValue: null, isDiscovery: null },
            }));
        expect(estimates(after)).toEqual(estimates(before));
      }),
      { numRuns: 40 },
    );
  });
});

describe('the two values of a two-valued trait', () => {
  test('get the same test, in opposite directions', () => {
    fc.assert(
      fc.property(members, (list) => {
        const { associations } = judgeMembers(list, SEGMENTS);
        for (const row of associations) {
          const twin = associations.find(({ segment, value }) => segment === row.segment && value === row.twin);
          if (twin === undefined) continue;
          expect([twin.lnPValue, twin.lnQValue, twin.isDiscovery]).toEqual([
            row.lnPValue,
            row.lnQValue,
            row.isDiscovery,
          ]);
          if (row.riskDifference.estimate !== null) {
            expect(twin.riskDifference.estimate).toBeCloseTo(-row.riskDifference.estimate, 12);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
