import { describe, expect, test } from 'vitest';
import { moverDifference, moverRatio } from '../../src/statistics/mover.ts';
import { newcombeInterval } from '../../src/statistics/newcombe.ts';
import { wilsonInterval } from '../../src/statistics/wilson.ts';

const share = (x: number, n: number) => ({ estimate: x / n, ...wilsonInterval(x, n)! });

describe('limits recovered from two intervals', () => {
  test("with Wilson's intervals are Newcombe's for a difference", () => {
    const expected = newcombeInterval({ a: 56, b: 14, c: 48, d: 32 })!;
    const actual = moverDifference(share(56, 70), share(48, 80));

    expect(actual.lower).toBeCloseTo(expected.lower, 12);
    expect(actual.upper).toBeCloseTo(expected.upper, 12);
  });

  test('invert when numerator and denominator are swapped', () => {
    const ratio = moverRatio(share(30, 100), share(80, 900))!;
    const inverse = moverRatio(share(80, 900), share(30, 100))!;

    expect(inverse.lower).toBeCloseTo(1 / ratio.upper, 10);
    expect(inverse.upper).toBeCloseTo(1 / ratio.lower, 10);
  });

  test('exist at zeros on either side, and not at 0 / 0', () => {
    const zero = moverRatio(share(0, 40), share(100, 1000))!;
    const infinite = moverRatio(share(5, 40), share(0, 1000))!;

    expect(zero).toMatchObject({ estimate: 0, lower: 0 });
    expect(zero.upper).toBeGreaterThan(0);
    expect(infinite.upper).toBe(Number.POSITIVE_INFINITY);
    expect(infinite.lower).toBeGreaterThan(1);
    expect(moverRatio(share(0, 40), share(0, 50))).toBeNull();
  });
});
