import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testAssociation } from '../../src/statistics/association-test.ts';
import { lnHypergeometricPmf } from '../../src/statistics/distributions.ts';
import { oddsRatio, riskRatio } from '../../src/statistics/effect-sizes.ts';
import { exactDetectableRatio } from '../../src/statistics/exact-detectable-ratio.ts';
import {
  membersNeededForGapBound,
  membersNeededForRatioBound,
  membersNeededToDetect,
} from '../../src/statistics/members-needed.ts';
import { minimumDetectableRatio } from '../../src/statistics/minimum-detectable-ratio.ts';

describe('members needed to clear a segment', () => {
  test.each([
    [0.05, 1.25, 2360],
    [0.05, 1.5, 715],
    [0.05, 2, 245],
    [0.05, 3, 98],
    [0.01, 1.25, 12293],
    [0.01, 2, 1274],
  ])('a value of %d within a ratio of %d: %d', (prevalence, bound, members) => {
    expect(membersNeededForRatioBound(prevalence, bound)).toBe(members);
  });

  test('a bound and its reciprocal need the same number', () => {
    expect(membersNeededForRatioBound(0.05, 0.8)).toBe(membersNeededForRatioBound(0.05, 1.25));
  });

  test.each([
    [0.05, 30],
    [0.13, 70],
    [0.5, 155],
  ])('a value of %d within a gap of 0.1: %d', (prevalence, members) => {
    expect(membersNeededForGapBound(prevalence, 0.1)).toBe(members);
  });

  test('a segment with half of the panel needs twice as many', () => {
    expect(membersNeededForRatioBound(0.05, 2, { segmentShare: 0.5 })).toBe(489);
  });

  test('no number is enough for a value that nobody or everybody has, or a bound of 1', () => {
    expect(membersNeededForRatioBound(0, 2)).toBeNull();
    expect(membersNeededForRatioBound(1, 2)).toBeNull();
    expect(membersNeededForRatioBound(0.1, 1)).toBeNull();
    expect(membersNeededForGapBound(0, 0.1)).toBeNull();
  });
});

describe('members needed to detect', () => {
  test('20 % against 10 % with equal groups: 199 a group (Fleiss, Levin and Paik without correction)', () => {
    expect(membersNeededToDetect(0.2, 0.1, { segmentShare: 0.5 })).toBe(199);
  });

  test('equal shares are never told apart', () => {
    expect(membersNeededToDetect(0.1, 0.1)).toBeNull();
  });
});

describe('minimum detectable ratio', () => {
  test.each(['over', 'under'] as const)('of one side is that of both, without the other: %s', (side) => {
    const design = { first: 190, second: 1_810, share: 0.175 };
    const table = { a: 64, b: 286, c: 126, d: 1_524 };
    const other = side === 'over' ? 'under' : 'over';

    expect(minimumDetectableRatio({ ...design, side })).toEqual({ ...minimumDetectableRatio(design), [other]: null });
    expect(exactDetectableRatio(table, { side })).toEqual({ ...exactDetectableRatio(table), [other]: null });
  });

  test('is the ratio at which the members needed are the members there are', () => {
    const found = minimumDetectableRatio({ first: 500, second: 9500, share: 0.1 });
    const outside = 0.1 / (0.05 * found.over! + 0.95);

    const needed = membersNeededToDetect(found.over! * outside, outside, { segmentShare: 0.05 });

    expect(needed).toBeGreaterThanOrEqual(500);
    expect(needed).toBeLessThanOrEqual(501);
  });

  test('comes closer to 1 as the panel grows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 50, max: 5000 }),
        fc.double({ min: 0.05, max: 0.5, noNaN: true }),
        (members, share) => {
          const few = minimumDetectableRatio({ first: members, second: 10 * members, share });
          const many = minimumDetectableRatio({ first: 4 * members, second: 40 * members, share });

          expect(many.over ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(few.over ?? Number.POSITIVE_INFINITY);
          expect(many.under ?? 0).toBeGreaterThanOrEqual(few.under ?? 0);
        },
      ),
    );
  });

  test('a small segment and a rare value hide every under-representation', () => {
    expect(minimumDetectableRatio({ first: 50, second: 10000, share: 0.01 }).under).toBeNull();
  });

  test('asks for more when the level is stricter', () => {
    const design = { first: 200, second: 9800, share: 0.05 };

    expect(minimumDetectableRatio({ ...design, alpha: 0.001 }).over).toBeGreaterThan(
      minimumDetectableRatio(design).over!,
    );
  });

  test('nothing is detectable without users or without the value', () => {
    expect(minimumDetectableRatio({ first: 0, second: 10, share: 0.1 })).toEqual({ over: null, under: null });
    expect(minimumDetectableRatio({ first: 10, second: 10, share: 0 })).toEqual({ over: null, under: null });
  });
});

describe('exact detectable ratio', () => {
  test('is close to the approximation where counts are large', () => {
    const exact = exactDetectableRatio({ a: 300, b: 700, c: 3000, d: 7000 });
    const rough = minimumDetectableRatio({ first: 3300, second: 7700, share: 1 / 11 });

    expect(exact.over! / rough.over!).toBeCloseTo(1, 1.5);
    expect(exact.under! / rough.under!).toBeCloseTo(1, 1.5);
  });

  test('asks for more than the approximation for a rare value and a strict level', () => {
    const table = { a: 0, b: 30, c: 100, d: 9900 };

    const exact = exactDetectableRatio(table, { alpha: 0.001, measure: riskRatio });

    expect(exact.over).toBeCloseTo(18.5, 0);
    expect(exact.under).toBeNull();
  });

  test('is null where no count of these margins is significant', () => {
    expect(exactDetectableRatio({ a: 1, b: 1, c: 1, d: 1 })).toEqual({ over: null, under: null });
    expect(exactDetectableRatio({ a: 0, b: 5, c: 0, d: 10 })).toEqual({ over: null, under: null });
  });

  test('gives the test the power asked for, summed over all tables', () => {
    const table = { a: 4, b: 36, c: 60, d: 900 };
    const alpha = 0.01;
    const found = exactDetectableRatio(table, { alpha, measure: oddsRatio });
    const weights = Array.from({ length: 41 }, (_, a) => {
      const term = Math.exp(lnHypergeometricPmf(a, 40, 64, 1000)) * found.over! ** a;
      const result = testAssociation({ a, b: 40 - a, c: 64 - a, d: 896 + a });
      return { term, isFound: a > 2 && result!.pValue <= alpha };
    });

    const total = weights.reduce((sum, { term }) => sum + term, 0);
    const power = weights.reduce((sum, { term, isFound }) => sum + (isFound ? term : 0), 0) / total;

    expect(power).toBeCloseTo(0.8, 6);
  });
});
