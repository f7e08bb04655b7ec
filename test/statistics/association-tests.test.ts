import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testAssociation } from '../../src/statistics/association-test.ts';
import { bayesVulnerability } from '../../src/statistics/bayes-vulnerability.ts';
import { pearsonChiSquare, yatesChiSquare } from '../../src/statistics/chi-square.ts';
import { fisherExact, fisherExactOneSided, lnFisherExact } from '../../src/statistics/fisher-exact.ts';
import { gTest } from '../../src/statistics/g-test.ts';
import { doubledMidP, lnMidP, midP } from '../../src/statistics/mid-p.ts';
import { mutualInformation, normalizedMutualInformation } from '../../src/statistics/mutual-information.ts';
import { riskDifferenceEquivalence, riskRatioEquivalence } from '../../src/statistics/tost.ts';
import { swapColumns, swapRows, transpose } from '../../src/statistics/two-by-two.ts';
import { anyTables, fullTables, scaled, smallTables } from './arbitrary-tables.ts';

const isProbability = (p: number | null | undefined) => p === null || p === undefined || (p >= 0 && p <= 1);

describe('every test', () => {
  test('ends on counts that are not whole numbers or no numbers', () => {
    expect(testAssociation({ a: Number.NaN, b: 5, c: 3, d: 900 })?.pValue ?? Number.NaN).toBeNaN();
    expect(lnMidP({ a: Number.NaN, b: 5, c: 3, d: 9 })).toBeNaN();
    expect(Number.isFinite(lnMidP({ a: 1.5, b: 5.25, c: 3.5, d: 9 }))).toBe(true);
  });

  test('gives a p in [0, 1] for cells of any size', () => {
    fc.assert(
      fc.property(anyTables, (table) => {
        const p = [pearsonChiSquare(table)?.pValue, yatesChiSquare(table)?.pValue, gTest(table)?.pValue];
        expect([...p, testAssociation(table)?.pValue].every(isProbability)).toBe(true);
      }),
    );
  });

  test('gives a p in [0, 1] for small tables with zeros', () => {
    fc.assert(
      fc.property(smallTables, (table) => {
        const p = [fisherExact(table), midP(table), doubledMidP(table), fisherExactOneSided(table, 'greater')];
        expect(
          [...p, riskRatioEquivalence(table, 0.8, 1.25), riskDifferenceEquivalence(table, 0.1)].every(isProbability),
        ).toBe(true);
      }),
    );
  });

  test('does not change when rows, columns or both roles are exchanged', () => {
    fc.assert(
      fc.property(smallTables, (table) => {
        for (const test of [fisherExact, midP, doubledMidP, (t: typeof table) => gTest(t)?.pValue ?? 1]) {
          const p = test(table);
          for (const other of [swapRows(table), swapColumns(table), transpose(table)]) {
            expect(Math.abs(test(other) - p)).toBeLessThanOrEqual(1e-9 * p);
          }
        }
      }),
    );
  });
});

describe('Fisher and mid-p', () => {
  test('mid-p is below Fisher by half the observed table at least', () => {
    fc.assert(
      fc.property(smallTables, (table) => {
        expect(midP(table)).toBeLessThan(fisherExact(table));
        expect(midP(table)).toBeGreaterThanOrEqual(0.5 * fisherExact(table) * (1 - 1e-12));
      }),
    );
  });

  test('both one-sided probabilities overlap in the observed table only', () => {
    fc.assert(
      fc.property(smallTables, (table) => {
        const sum = fisherExactOneSided(table, 'greater') + fisherExactOneSided(table, 'less');
        expect(sum).toBeGreaterThanOrEqual(1);
        expect(sum).toBeLessThanOrEqual(2);
      }),
    );
  });

  test('tables of equal probability on the other side count as ties', () => {
    expect(fisherExact({ a: 3, b: 1, c: 1, d: 3 })).toBeCloseTo(34 / 70, 13);
    expect(midP({ a: 3, b: 1, c: 1, d: 3 })).toBeCloseTo(18 / 70, 13);
  });

  test('ln p stays finite far below the smallest double', () => {
    const table = { a: 40_000, b: 960_000, c: 29_960_000, d: 969_040_000 };

    expect(fisherExact(table)).toBe(0);
    expect(lnFisherExact(table)).toBeLessThan(-1500);
    expect(lnMidP(table)).toBeLessThan(lnFisherExact(table));
    expect(lnMidP(table)).toBeGreaterThan(lnFisherExact(table) - Math.LN2);
  });

  test('half of 4e9 users in each cell: nothing unusual', () => {
    expect(fisherExact({ a: 1e9, b: 1e9, c: 1e9, d: 1e9 })).toBe(1);
  });
});

describe('choice of the test', () => {
  test.each([
    ['199 members', { a: 50, b: 149, c: 5000, d: 15000 }, 'mid-p'],
    ['200 members', { a: 50, b: 150, c: 5000, d: 15000 }, 'g'],
    ['an expected count below 20', { a: 28, b: 972, c: 180, d: 9820 }, 'mid-p'],
    ['an expected count of 20', { a: 28, b: 972, c: 192, d: 9808 }, 'g'],
    ['few users outside', { a: 4000, b: 6000, c: 20, d: 20 }, 'mid-p'],
  ])('%s', (_, table, expected) => {
    expect(testAssociation(table)?.test).toBe(expected);
  });

  test('an empty margin is not tested', () => {
    expect(testAssociation({ a: 0, b: 5, c: 0, d: 10 })).toBeNull();
    expect(testAssociation({ a: 0, b: 0, c: 5, d: 10 })).toBeNull();
  });

  test('mid-p and G agree within a fifth where both apply', () => {
    const table = { a: 60, b: 440, c: 800, d: 9200 };

    expect(Math.log(midP(table)) / gTest(table)!.lnPValue).toBeCloseTo(1, 0.7);
  });
});

describe('information', () => {
  test('grows with the counts for G, and stays the same for mutual information', () => {
    fc.assert(
      fc.property(fullTables, (table) => {
        expect(gTest(scaled(table, 10))!.statistic).toBeCloseTo(10 * gTest(table)!.statistic, 6);
        expect(mutualInformation(scaled(table, 10))).toBeCloseTo(mutualInformation(table)!, 12);
      }),
    );
  });

  test('normalised mutual information is 1 for a perfect proxy and 0 without association', () => {
    expect(normalizedMutualInformation({ a: 5, b: 0, c: 0, d: 10 })).toBeCloseTo(1, 14);
    expect(normalizedMutualInformation({ a: 5, b: 10, c: 10, d: 20 })).toBe(0);
    expect(normalizedMutualInformation({ a: 5, b: 10, c: 0, d: 0 })).toBeNull();
  });

  test('a rare value at ten times its share leaves the best guess, so Bayes vulnerability, unchanged', () => {
    expect(bayesVulnerability({ a: 10, b: 90, c: 90, d: 9810 })).toEqual({
      prior: 0.99,
      posterior: 0.99,
      minEntropyLeakageBits: 0,
    });
  });
});

describe('equivalence', () => {
  test('is shown by many users at a ratio of 1, not by few', () => {
    expect(riskRatioEquivalence({ a: 1000, b: 9000, c: 10000, d: 90000 }, 0.8, 1.25)).toBeLessThan(1e-6);
    expect(riskRatioEquivalence({ a: 10, b: 90, c: 100, d: 900 }, 0.8, 1.25)).toBeGreaterThan(0.2);
  });

  test('is never shown by a zero cell', () => {
    expect(riskRatioEquivalence({ a: 0, b: 90, c: 1, d: 900 }, 0.8, 1.25)).toBeNull();
    expect(riskDifferenceEquivalence({ a: 0, b: 5, c: 0, d: 10 }, 0.1)).toBeNull();
  });
});
