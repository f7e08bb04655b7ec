import { describe, expect, test } from 'vitest';
import { standardizeDirectly } from '../../src/statistics/direct-standardization.ts';
import { compareWithStrata } from '../../src/statistics/simpson.ts';
import { golden } from './tables-golden.ts';

const admissions = golden.strata.find((row) => row.name === 'admissions')!.strata;

describe('margin against strata', () => {
  test('calls the Berkeley admissions explained, with estimates that point in opposite directions', () => {
    // Here a, b: men admitted and rejected; c, d: women.
    const comparison = compareWithStrata(admissions);

    expect(comparison.marginal.estimate).toBeCloseTo(1.84, 2);
    expect(comparison.conditional.estimate).toBeCloseTo(0.9, 2);
    expect(comparison.kind).toBe('explained');
    expect(comparison.estimatesReversed).toBe(true);
  });

  test.each([
    [
      'reversed',
      [
        { a: 900, b: 100, c: 95, d: 5 },
        { a: 10, b: 90, c: 200, d: 800 },
      ],
    ],
    [
      'reversed',
      [
        { a: 60, b: 40, c: 500, d: 500 },
        { a: 300, b: 700, c: 10, d: 90 },
      ],
    ],
    [
      'agree',
      [
        { a: 60, b: 40, c: 200, d: 800 },
        { a: 70, b: 30, c: 300, d: 700 },
      ],
    ],
    [
      'none',
      [
        { a: 10, b: 40, c: 100, d: 400 },
        { a: 10, b: 40, c: 100, d: 400 },
      ],
    ],
    [
      // 30 % against 20 % and 80 % against 70 %; most members are in the stratum where the value is rare: 40 % on both sides together.
      'masked',
      [
        { a: 240, b: 560, c: 360, d: 1440 },
        { a: 160, b: 40, c: 840, d: 360 },
      ],
    ],
    ['unknown', [{ a: 3, b: 0, c: 2, d: 9 }]],
  ] as const)('names a set of strata %s', (kind, strata) => {
    expect(compareWithStrata(strata).kind).toBe(kind);
  });
});

describe('direct standardisation', () => {
  test('to the mix of all applicants turns the Berkeley difference round', () => {
    const applicants = admissions.map(({ a, b, c, d }) => a + b + c + d);
    const result = standardizeDirectly(admissions, applicants);

    // Sum over departments of share x applicants / 4526.
    const men = admissions.reduce((total, s, i) => total + (applicants[i]! * s.a) / (s.a + s.b), 0) / 4526;
    expect(result?.inside).toBeCloseTo(men, 12);
    expect(result?.difference.estimate).toBeLessThan(0);
    expect(result?.coverage).toBe(1);
  });

  test('leaves out strata without both sides, and says how much of the standard they are', () => {
    const result = standardizeDirectly(
      [
        { a: 3, b: 7, c: 2, d: 8 },
        { a: 0, b: 0, c: 4, d: 4 },
      ],
      [3, 1],
    );

    expect(result).toMatchObject({ inside: expect.closeTo(0.3, 12), outside: expect.closeTo(0.2, 12), coverage: 0.75 });
    expect(standardizeDirectly([{ a: 0, b: 0, c: 4, d: 4 }], [1])).toBeNull();
  });
});
