import { describe, expect, test } from 'vitest';
import { contingencyTable } from '../../src/statistics/contingency-table.ts';
import { expectedCramersV, expectedMutualInformation } from '../../src/statistics/expected-association.ts';
import {
  expectedJensenShannonBits,
  expectedKullbackLeiblerBits,
  expectedTotalVariation,
} from '../../src/statistics/expected-distance.ts';
import { meanAbsoluteDeviation } from '../../src/statistics/hypergeometric-deviation.ts';
import { totalVariation } from '../../src/statistics/total-variation.ts';
import { golden, relativeError } from './tables-golden.ts';

describe('distances that chance alone gives a segment', () => {
  test.each(golden.segmentChance.map((row) => [`${row.size} of ${row.population}`, row] as const))(
    '%s: are the means over all samples',
    (_, row) => {
      const { population, size } = row;

      expect(relativeError(expectedTotalVariation(population, size), row.totalVariation)).toBeLessThan(1e-12);
      expect(relativeError(expectedKullbackLeiblerBits(population, size), row.kullbackLeiblerBits)).toBeLessThan(1e-11);
      expect(relativeError(expectedJensenShannonBits(population, size), row.jensenShannonBits)).toBeLessThan(1e-11);
    },
  );

  test('go over smoothly into the second-order formula of large segments', () => {
    const population = [50_000, 30_000, 20_000];

    for (const expected of [expectedKullbackLeiblerBits, expectedJensenShannonBits]) {
      expect(relativeError(expected(population, 2001), expected(population, 2000)!)).toBeLessThan(0.002);
    }
  });

  test('agree with a seeded permutation null', () => {
    const population = [620, 250, 90, 40];
    const values = population.flatMap((count, value) => new Array<number>(count).fill(value));
    let state = 12345;
    const below = (n: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * n);
    };
    let total = 0;
    const rounds = 4000;
    for (let round = 0; round < rounds; round += 1) {
      const counts = [0, 0, 0, 0];
      for (let drawn = 0; drawn < 50; drawn += 1) {
        const at = drawn + below(values.length - drawn);
        const value = values[at]!;
        values[at] = values[drawn]!;
        values[drawn] = value;
        counts[value]! += 1;
      }
      total += totalVariation(counts, population)!;
    }

    expect(total / rounds).toBeCloseTo(expectedTotalVariation(population, 50)!, 2);
  });

  test('vanish for the whole panel and are not defined for nobody', () => {
    expect(expectedTotalVariation([3, 7], 10)).toBe(0);
    expect(expectedJensenShannonBits([3, 7], 10)).toBe(0);
    expect(expectedTotalVariation([3, 7], 0)).toBeNull();
  });

  test('survive a panel of 4e9', () => {
    // The normal limit sqrt(2 / pi) x standard deviation.
    const deviation = Math.sqrt((2 / Math.PI) * 1e6 * 0.01 * 0.99 * (1 - 1e6 / 4e9));

    expect(meanAbsoluteDeviation(4e9, 4e7, 1e6)).toBeCloseTo(deviation, 1);
  });
});

describe('association that chance alone gives a table', () => {
  test.each(golden.chanceLevels.map((row) => [`${row.rows} by ${row.cols}`, row] as const))(
    '%s: is near the exact mean',
    (_, row) => {
      const total = row.rows.reduce((a, b) => a + b);
      const table = contingencyTable(row.rows.map((r) => row.cols.map((c) => (r * c) / total)));

      expect(relativeError(expectedMutualInformation(table), row.mutualInformation)).toBeLessThan(0.2);
      expect(relativeError(expectedCramersV(table), row.cramersV)).toBeLessThan(0.1);
    },
  );

  test('is not defined for one row', () => {
    expect(expectedCramersV(contingencyTable([[3, 4]]))).toBeNull();
    expect(expectedMutualInformation(contingencyTable([[3, 4]]))).toBe(0);
  });
});
