import { expect, test } from 'vitest';
import { hypergeometricOverlap } from '../../src/statistics/overlap.ts';

test('the chance of an overlap is hypergeometric', () => {
  const { expected, z, surplus } = hypergeometricOverlap({ overlap: 13, sizeA: 30, sizeB: 20, population: 100 });

  expect(expected).toBe(6);
  expect(z).toBeCloseTo(7 / Math.sqrt((30 * 20 * 70 * 80) / (100 * 100 * 99)), 12);
  expect(surplus).toBe(0.5);
});

test('nothing is said of groups that cannot overlap otherwise', () => {
  expect(hypergeometricOverlap({ overlap: 50, sizeA: 50, sizeB: 20, population: 50 })).toMatchObject({
    z: null,
    surplus: null,
  });
  expect(hypergeometricOverlap({ overlap: 0, sizeA: 0, sizeB: 0, population: 0 })).toEqual({
    expected: 0,
    z: null,
    surplus: null,
  });
});
