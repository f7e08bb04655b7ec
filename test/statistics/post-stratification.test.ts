import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rake } from '../../src/statistics/post-stratification.ts';

const grid = fc
  .array(fc.integer({ min: 1, max: 500 }), { minLength: 6, maxLength: 6 })
  .map((weights) => weights.map((weight, index) => ({ levels: [Math.floor(index / 3), index % 3], weight })));
const shares = (n: number) => fc.array(fc.integer({ min: 1, max: 100 }), { minLength: n, maxLength: n });

describe('raking', () => {
  test('meets every margin and keeps the total', () => {
    fc.assert(
      fc.property(grid, shares(2), shares(3), (cells, first, second) => {
        const result = rake(cells, [first, second])!;
        const total = cells.reduce((sum, cell) => sum + cell.weight, 0);
        const marginOf = (margin: number, level: number) =>
          cells.reduce(
            (sum, cell, i) => sum + (cell.levels[margin] === level ? cell.weight * result.factors[i]! : 0),
            0,
          );

        expect(result.converged).toBe(true);
        [first, second].forEach((target, margin) => {
          const scale = target.reduce((a, b) => a + b);
          target.forEach((share, level) => {
            expect(marginOf(margin, level)).toBeCloseTo((share / scale) * total, 5);
          });
        });
      }),
    );
  });

  test('keeps the odds ratios of the panel', () => {
    const cells = [
      { levels: [0, 0], weight: 40 },
      { levels: [0, 1], weight: 10 },
      { levels: [1, 0], weight: 20 },
      { levels: [1, 1], weight: 30 },
    ];
    const { factors } = rake(cells, [
      [1, 3],
      [2, 2],
    ])!;
    const [a, b, c, d] = cells.map((cell, i) => cell.weight * factors[i]!) as [number, number, number, number];

    expect((a * d) / (b * c)).toBeCloseTo(6, 8);
  });

  test('with one margin is post-stratification: target over panel share', () => {
    const result = rake(
      [
        { levels: [0], weight: 80 },
        { levels: [1], weight: 20 },
      ],
      [[0.5, 0.5]],
    );

    expect(result?.factors).toEqual([0.625, 2.5]);
    expect(result?.trimmed).toBe(0);
  });

  test('holds factors under the maximum and says that the margin is not met', () => {
    const result = rake(
      [
        { levels: [0], weight: 98 },
        { levels: [1], weight: 2 },
      ],
      [[0.5, 0.5]],
      { maximumFactor: 5 },
    );

    expect(Math.max(...result!.factors)).toBeLessThanOrEqual(5);
    expect(result).toMatchObject({ converged: false, trimmed: 1 });
  });

  test('refuses a target for a level that holds nobody', () => {
    expect(rake([{ levels: [0], weight: 10 }], [[0.5, 0.5]])).toBeNull();
    expect(rake([], [[1]])).toBeNull();
  });
});
