import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minimumDetectableDifference, powerOfTwoProportions, requiredMembers } from '../../src/statistics/power.ts';
import { golden, relativeError } from './tables-golden.ts';

describe('power of two proportions', () => {
  test.each(golden.power.map((row) => [`${row.inside} members at ${row.shareOutside}`, row] as const))(
    '%s: agrees with 50 digits',
    (_, row) => {
      expect(relativeError(powerOfTwoProportions(row, row.difference), row.power)).toBeLessThan(1e-12);
    },
  );

  test('at no difference it is the error level', () => {
    expect(powerOfTwoProportions({ inside: 300, outside: 9000, shareOutside: 0.2 }, 0)).toBeCloseTo(0.05, 12);
  });

  test('the smallest detectable difference has the power asked for and shrinks with members', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 30, max: 1e9 }),
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        (inside, shareOutside) => {
          const design = { inside, outside: 4e9, shareOutside };
          const above = minimumDetectableDifference(design);
          const more = minimumDetectableDifference({ ...design, inside: inside * 4 });
          fc.pre(above !== null && more !== null);

          expect(powerOfTwoProportions(design, above!.difference)).toBeCloseTo(0.8, 6);
          expect(more!.difference).toBeLessThan(above!.difference);
        },
      ),
    );
  });

  test('names a blind spot: too few members to see even that nobody has the value', () => {
    const design = { inside: 20, outside: 10_000, shareOutside: 0.05 };

    expect(minimumDetectableDifference(design, 0.8, 'below')).toBeNull();
    expect(minimumDetectableDifference(design, 0.8, 'above')?.ratio).toBeGreaterThan(2);
    expect(minimumDetectableDifference({ inside: 0, outside: 9, shareOutside: 0.5 })).toBeNull();
  });

  test('the members required are the fewest that have the power', () => {
    const design = { outside: 50_000, shareOutside: 0.05 };
    const needed = requiredMembers(design, 2)!;

    expect(powerOfTwoProportions({ ...design, inside: needed }, 0.05)).toBeGreaterThanOrEqual(0.8);
    expect(powerOfTwoProportions({ ...design, inside: needed - 1 }, 0.05)).toBeLessThan(0.8);
    expect(requiredMembers(design, 1)).toBeNull();
    expect(requiredMembers(design, 30)).toBeNull();
  });
});
