import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freemanHaltonTest } from '../../src/statistics/freeman-halton.ts';
import { golden, relativeError } from './tables-golden.ts';

describe('the exact test of a k x m table', () => {
  test.each(golden.freemanHalton.map((row) => [JSON.stringify(row.table), row] as const))(
    'agrees with enumeration in fractions for %s',
    (_, row) => {
      expect(relativeError(freemanHaltonTest(row.table)?.pValue, row.pValue)).toBeLessThan(1e-12);
    },
  );

  test('does not depend on the order of rows and columns, or on which is which', () => {
    const small = fc.array(fc.array(fc.nat(5), { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 3 });
    fc.assert(
      fc.property(small, (counts) => {
        const turned = [0, 1, 2].map((column) => [...counts].reverse().map((row) => row[column] ?? 0));
        const p = freemanHaltonTest(counts)?.pValue ?? Number.NaN;

        expect(freemanHaltonTest(turned)?.pValue).toBeCloseTo(p, 10);
        expect(freemanHaltonTest([...counts, [0, 0, 0]])?.pValue).toBe(p);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  test('keeps a p-value below the smallest double as a logarithm', () => {
    const test = freemanHaltonTest([
      [900, 0],
      [0, 900],
    ]);

    // 2 tables out of 1800 choose 900.
    expect(test?.pValue).toBe(0);
    expect(test?.lnPValue).toBeCloseTo(-1242.98, 1);
  });

  test('gives up beyond its work limit instead of running on', () => {
    const wide = Array.from({ length: 8 }, (_, i) => Array.from({ length: 8 }, (_, j) => 5 + ((i * j) % 7)));

    expect(freemanHaltonTest(wide)).toBeNull();
    expect(
      freemanHaltonTest(
        [
          [3, 1],
          [2, 6],
        ],
        { maximumWork: 2 },
      ),
    ).toBeNull();
    expect(
      freemanHaltonTest([
        [4e9, 1],
        [1, 4e9],
      ]),
    ).toBeNull();
  });

  test('finds nothing to test in one row', () => {
    expect(
      freemanHaltonTest([
        [3, 4, 5],
        [0, 0, 0],
      ]),
    ).toEqual({ pValue: 1, lnPValue: 0 });
  });
});
