import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactConditionalOddsRatio } from '../../src/statistics/exact-conditional-interval.ts';
import { exactConditionalTest } from '../../src/statistics/exact-conditional-test.ts';
import { freemanHaltonTest } from '../../src/statistics/freeman-halton.ts';
import { golden, relativeError } from './tables-golden.ts';

const named = golden.exactStrata.map((row, index) => [`set ${index + 1} of ${row.strata.length} strata`, row] as const);

describe('the exact test in strata', () => {
  test.each(named)('%s: p-values agree with integer convolution', (_, row) => {
    const test = exactConditionalTest(row.strata);

    expect(Math.abs(test!.lnPValue - row.lnP)).toBeLessThan(1e-10);
    expect(Math.abs(test!.lnMidPValue - row.lnMidP)).toBeLessThan(1e-10);
  });

  test.each(named)('%s: estimate and limits agree with 50 digits', (_, row) => {
    const exact = exactConditionalOddsRatio(row.strata);
    const midP = exactConditionalOddsRatio(row.strata, { midP: true });

    expect(relativeError(exact?.estimate, row.estimate)).toBeLessThan(1e-10);
    expect(relativeError(exact?.lower, row.exact[0])).toBeLessThan(1e-10);
    expect(relativeError(exact?.upper, row.exact[1])).toBeLessThan(1e-10);
    expect(relativeError(midP?.lower, row.midP[0])).toBeLessThan(1e-10);
    expect(relativeError(midP?.upper, row.midP[1])).toBeLessThan(1e-10);
  });

  test('is the exact 2x2 test with one stratum', () => {
    const count = fc.nat(25);
    fc.assert(
      fc.property(fc.record({ a: count, b: count, c: count, d: count }), (table) => {
        const stratified = exactConditionalTest([table]);
        fc.pre(stratified !== null);

        expect(stratified?.pValue).toBeCloseTo(
          freemanHaltonTest([
            [table.a, table.b],
            [table.c, table.d],
          ])!.pValue,
          9,
        );
        expect(stratified!.midPValue).toBeLessThanOrEqual(stratified!.pValue);
      }),
      { numRuns: 50 },
    );
  });

  test('keeps a p-value below the smallest double, within a second at the limit of its size', () => {
    const test = exactConditionalTest([
      { a: 1990, b: 5, c: 5, d: 1990 },
      { a: 1990, b: 5, c: 5, d: 1990 },
    ]);

    expect(test?.pValue).toBe(0);
    expect(test?.lnPValue).toBeLessThan(-4000);
    expect(Number.isFinite(test?.lnPValue)).toBe(true);
  });

  test('leaves large and uninformative strata to others', () => {
    expect(exactConditionalTest([{ a: 4000, b: 4000, c: 1, d: 1 }])).toBeNull();
    expect(exactConditionalTest([{ a: 4, b: 3, c: 0, d: 0 }])).toBeNull();
    expect(exactConditionalOddsRatio([])).toBeNull();
  });

  test('strata that cannot show association neither count towards the size nor change the result', () => {
    const strata = golden.exactStrata[1]!.strata;

    expect(exactConditionalTest([...strata, { a: 9000, b: 3, c: 0, d: 0 }])).toEqual(exactConditionalTest(strata));
  });
});
