import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chanceBand } from '../../src/report/charts/chance-band.ts';
import { lnHypergeometricPmf } from '../../src/statistics/distributions.ts';

/** Probability that a segment without any association has a ratio inside of the band, by adding up every count. */
function shareInside(members: number, withValue: number, total: number): number {
  const { lower, upper } = chanceBand(members, { withValue, total });
  let inside = 0;
  for (let a = Math.max(0, members + withValue - total); a <= Math.min(members, withValue); a += 1) {
    const others = (members - a) / (total - withValue);
    const ratio = others === 0 ? Number.POSITIVE_INFINITY : a / withValue / others;
    if (ratio >= lower && ratio <= upper) inside += Math.exp(lnHypergeometricPmf(a, members, withValue, total));
  }
  return inside;
}

test.each([
  [200, 300, 2000],
  [1500, 300, 2000],
  [400, 1000, 2000],
  [900, 5000, 100_000],
])('holds about 95 of 100 segments: %i members, %i of %i with the value', (members, withValue, total) => {
  expect(Math.abs(shareInside(members, withValue, total) - 0.95)).toBeLessThan(0.03);
});

test('holds 1, for any segment that may have both', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 400 }), fc.integer({ min: 10, max: 490 }), (members, withValue) => {
      fc.pre((members * withValue) / 500 >= 3 && (members * (500 - withValue)) / 500 >= 3);
      const { lower, upper } = chanceBand(members, { withValue, total: 500 });
      expect(lower).toBeLessThan(1.05);
      expect(upper).toBeGreaterThan(0.95);
      expect(lower).toBeLessThan(upper);
    }),
  );
});

test('narrows as the segment grows', () => {
  const widths = [20, 80, 320, 1280].map((members) => {
    const { lower, upper } = chanceBand(members, { withValue: 1000, total: 5000 });
    return upper / lower;
  });

  expect(widths).toEqual([...widths].sort((a, b) => b - a));
});
