import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  gap,
  lift,
  oddsRatio,
  phiCoefficient,
  prevalence,
  recall,
  representationRatio,
  riskDifference,
  riskRatio,
  shareInside,
  shareOutside,
  yuleQ,
} from '../../src/statistics/effect-sizes.ts';
import { determinant, swapColumns, swapRows, transpose } from '../../src/statistics/two-by-two.ts';
import { anyTables, fullTables } from './arbitrary-tables.ts';

const near = (found: number | null, expected: number | null) =>
  found === expected ||
  (found !== null && expected !== null && Math.abs(found - expected) <= 1e-9 * Math.abs(expected));

describe('a worked example', () => {
  const table = { a: 30, b: 70, c: 100, d: 800 };

  test.each([
    ['share inside', shareInside, 0.3],
    ['share outside', shareOutside, 1 / 9],
    ['prevalence', prevalence, 0.13],
    ['recall', recall, 30 / 130],
    ['lift', lift, 30 / 13],
    ['gap', gap, 0.17],
    ['risk difference', riskDifference, 0.3 - 1 / 9],
    ['risk ratio', riskRatio, 2.7],
    ['representation ratio', representationRatio, 30 / 130 / (70 / 870)],
    ['odds ratio', oddsRatio, (30 * 800) / (70 * 100)],
    ["Yule's Q", yuleQ, 17000 / 31000],
  ])('%s', (_, measure, expected) => {
    expect(measure(table)).toBeCloseTo(expected, 12);
  });
});

describe('empty and zero cells', () => {
  test('an empty segment has no share, no ratio and no difference', () => {
    const table = { a: 0, b: 0, c: 5, d: 10 };

    expect([shareInside, lift, riskRatio, riskDifference, oddsRatio, phiCoefficient].map((f) => f(table))).toEqual(
      new Array(6).fill(null),
    );
  });

  test('a value that only the segment has gives infinite ratios, not missing ones', () => {
    const table = { a: 5, b: 10, c: 0, d: 5 };

    expect(riskRatio(table)).toBe(Number.POSITIVE_INFINITY);
    expect(oddsRatio(table)).toBe(Number.POSITIVE_INFINITY);
  });

  test('a value that nobody has gives no ratio', () => {
    const table = { a: 0, b: 5, c: 0, d: 10 };

    expect([lift(table), riskRatio(table), representationRatio(table)]).toEqual([null, null, null]);
  });
});

describe('symmetries', () => {
  test('swapping segment and outside inverts the risk ratio and the odds ratio', () => {
    fc.assert(
      fc.property(fullTables, (table) => {
        expect(near(riskRatio(swapRows(table)), 1 / riskRatio(table)!)).toBe(true);
        expect(near(oddsRatio(swapRows(table)), 1 / oddsRatio(table)!)).toBe(true);
      }),
    );
  });

  test('swapping the value and its absence inverts the representation ratio', () => {
    fc.assert(
      fc.property(fullTables, (table) => {
        expect(near(representationRatio(swapColumns(table)), 1 / representationRatio(table)!)).toBe(true);
      }),
    );
  });

  test('swapping rows turns the signs of phi, Q and the risk difference', () => {
    fc.assert(
      fc.property(anyTables, (table) => {
        for (const measure of [phiCoefficient, yuleQ, riskDifference]) {
          const value = measure(table);
          expect(near(measure(swapRows(table)), value === null ? null : 0 - value)).toBe(true);
        }
      }),
    );
  });

  test('transposing leaves the odds ratio and phi as they are', () => {
    fc.assert(
      fc.property(anyTables, (table) => {
        expect(near(oddsRatio(transpose(table)), oddsRatio(table))).toBe(true);
        expect(near(phiCoefficient(transpose(table)), phiCoefficient(table))).toBe(true);
      }),
    );
  });
});

describe('ranges', () => {
  test('shares lie in [0, 1], phi and Q in [-1, 1], whatever the counts', () => {
    fc.assert(
      fc.property(anyTables, (table) => {
        for (const share of [shareInside(table), shareOutside(table), prevalence(table), recall(table)]) {
          if (share !== null) expect(share >= 0 && share <= 1).toBe(true);
        }
        for (const value of [phiCoefficient(table), yuleQ(table)]) {
          if (value !== null) expect(Math.abs(value)).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });

  test('lift is never further from 1 than the risk ratio', () => {
    fc.assert(
      fc.property(fullTables, (table) => {
        expect(Math.abs(Math.log(lift(table)!))).toBeLessThanOrEqual(Math.abs(Math.log(riskRatio(table)!)) + 1e-12);
      }),
    );
  });

  test('the determinant is exact where its products exceed 2^53', () => {
    fc.assert(
      fc.property(anyTables, (table) => {
        const { a, b, c, d } = table;
        const exact = Number(BigInt(a) * BigInt(d) - BigInt(b) * BigInt(c));

        expect(Math.abs(determinant(table) - exact)).toBeLessThanOrEqual(1e-15 * Math.abs(exact));
      }),
    );
  });

  test('the determinant of nearly equal products of 64 bits keeps its last digit', () => {
    expect(determinant({ a: 3_999_999_999, b: 4_000_000_000, c: 3_999_999_998, d: 3_999_999_999 })).toBe(1);
  });
});
