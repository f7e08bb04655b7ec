import { expect, test } from 'vitest';
import { synergy } from '../../src/statistics/synergy.ts';

test('two tables with the same odds ratio have no synergy', () => {
  const { ratio, lnPValue } = synergy({ a: 40, b: 160, c: 100, d: 800 }, { a: 400, b: 1600, c: 1000, d: 8000 });

  expect(ratio).toBeCloseTo(1, 1);
  expect(Math.exp(lnPValue)).toBeGreaterThan(0.3);
});

test('the ratio is the odds ratio inside over that outside, and the p-value follows Woolf', () => {
  const inside = { a: 49.5, b: 99.5, c: 99.5, d: 399.5 };
  const outside = { a: 99.5, b: 399.5, c: 99.5, d: 399.5 };

  const { ratio, lower, upper, lnPValue } = synergy(inside, outside);

  expect(ratio).toBeCloseTo(2, 12);
  const error = Math.sqrt(1 / 50 + 1 / 100 + 1 / 100 + 1 / 400 + 1 / 100 + 1 / 400 + 1 / 100 + 1 / 400);
  expect(Math.log(upper / lower)).toBeCloseTo(2 * 1.959963984540054 * error, 10);
  // Normal tail at ln 2 / error = 2.667.
  expect(Math.exp(lnPValue)).toBeCloseTo(0.0038, 3);
});

test('the test is one-sided: a ratio below 1 is no discovery', () => {
  const { lnPValue } = synergy({ a: 10, b: 190, c: 200, d: 700 }, { a: 200, b: 300, c: 200, d: 700 });

  expect(Math.exp(lnPValue)).toBeGreaterThan(0.99);
});
