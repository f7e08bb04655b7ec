import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { earthMoversDistance } from '../../src/statistics/earth-movers-distance.ts';
import { jensenShannonBits } from '../../src/statistics/jensen-shannon.ts';
import { kullbackLeiblerBits } from '../../src/statistics/kullback-leibler.ts';
import { lDiversity } from '../../src/statistics/l-diversity.ts';
import { maximumAbsoluteGap, maximumPositiveGap } from '../../src/statistics/maximum-gap.ts';
import { totalVariation } from '../../src/statistics/total-variation.ts';
import { golden, relativeError } from './tables-golden.ts';

const counts = fc
  .array(fc.integer({ min: 0, max: 4_000_000_000 }), { minLength: 4, maxLength: 4 })
  .filter((list) => list.some((n) => n > 0));

describe('distances of a segment from its population', () => {
  test.each(golden.tables.map((row) => [JSON.stringify(row.table), row] as const))(
    'agree with 50 digits for %s',
    (_, row) => {
      const population = row.table[0]!.map((_, column) => row.table.reduce((total, line) => total + line[column]!, 0));
      row.table.forEach((line, index) => {
        const tolerance = row.kullbackLeiblerBits[index]! < 1e-9 ? 1e-5 : 1e-10;

        expect(relativeError(kullbackLeiblerBits(line, population), row.kullbackLeiblerBits[index]!)).toBeLessThan(
          tolerance,
        );
        expect(relativeError(jensenShannonBits(line, population), row.jensenShannonBits[index]!)).toBeLessThan(
          tolerance,
        );
      });
    },
  );

  test('are 0 against themselves at any scale', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 9 }), (inside, factor) => {
        const scaled = inside.map((count) => count * factor);
        for (const measure of [totalVariation, earthMoversDistance, kullbackLeiblerBits, jensenShannonBits]) {
          expect(measure(inside, scaled)).toBeCloseTo(0, 12);
        }
      }),
    );
  });

  test('hold their order: gap <= total variation <= 1, Jensen-Shannon <= total variation, all at least 0', () => {
    fc.assert(
      fc.property(counts, counts, (inside, reference) => {
        const variation = totalVariation(inside, reference) ?? Number.NaN;
        const divergence = jensenShannonBits(inside, reference) ?? Number.NaN;
        const positive = maximumPositiveGap(inside, reference)?.gap ?? Number.NaN;
        const absolute = maximumAbsoluteGap(inside, reference)?.gap ?? Number.NaN;

        expect(variation).toBeLessThanOrEqual(1 + 1e-12);
        expect(absolute).toBeLessThanOrEqual(variation + 1e-12);
        expect(positive).toBeLessThanOrEqual(absolute + 1e-12);
        expect(positive).toBeGreaterThanOrEqual(-1e-12);
        expect(divergence).toBeGreaterThanOrEqual(0);
        expect(divergence).toBeLessThanOrEqual(variation + 1e-12);
        // Pinsker's inequality.
        expect((kullbackLeiblerBits(inside, reference) ?? 0) * Math.LN2).toBeGreaterThanOrEqual(
          2 * variation ** 2 - 1e-9,
        );
      }),
    );
  });

  test('total variation and Jensen-Shannon are symmetric and see a value that one side alone holds', () => {
    fc.assert(
      fc.property(counts, counts, (inside, reference) => {
        expect(totalVariation(inside, reference)).toBeCloseTo(totalVariation(reference, inside) ?? Number.NaN, 12);
        expect(jensenShannonBits(inside, reference)).toBeCloseTo(
          jensenShannonBits(reference, inside) ?? Number.NaN,
          12,
        );
      }),
    );
    expect(totalVariation([5, 0], [0, 9])).toBe(1);
    expect(jensenShannonBits([5, 0], [0, 9])).toBeCloseTo(1, 14);
    expect(kullbackLeiblerBits([5, 1], [0, 9])).toBe(Number.POSITIVE_INFINITY);
  });

  test('moving to the far end of an ordered trait costs 1, to the next of five bands a quarter', () => {
    expect(earthMoversDistance([1, 0, 0, 0, 0], [0, 0, 0, 0, 1])).toBe(1);
    expect(earthMoversDistance([1, 0, 0, 0, 0], [0, 1, 0, 0, 0])).toBe(0.25);
    expect(earthMoversDistance([3], [7])).toBe(0);
  });

  test('are not defined for an empty side', () => {
    expect(totalVariation([0, 0], [3, 4])).toBeNull();
    expect(jensenShannonBits([1, 2], [])).toBeNull();
    expect(maximumPositiveGap([], [1])).toBeNull();
  });

  test('the gap names its value', () => {
    expect(maximumPositiveGap([1, 3, 6], [5, 3, 2])).toEqual({ gap: expect.closeTo(0.4, 12), index: 2 });
    expect(maximumAbsoluteGap([0, 5, 5], [6, 2, 2])?.index).toBe(0);
  });
});

describe('diversity of a segment', () => {
  test('equal shares count fully, a single value as 1', () => {
    expect(lDiversity([7, 7, 7, 0])).toEqual({ distinct: 3, entropyBased: expect.closeTo(3, 12) });
    expect(lDiversity([0, 4e9])).toEqual({ distinct: 1, entropyBased: 1 });
    expect(lDiversity([0, 0])).toBeNull();
  });
});
