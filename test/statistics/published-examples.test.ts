import { describe, expect, test } from 'vitest';
import { clopperPearsonInterval } from '../../src/statistics/clopper-pearson.ts';
import { oddsRatio, riskRatio } from '../../src/statistics/effect-sizes.ts';
import { fisherExact, fisherExactOneSided } from '../../src/statistics/fisher-exact.ts';
import { katzInterval } from '../../src/statistics/katz.ts';
import { riskDifferenceScoreInterval } from '../../src/statistics/miettinen-nurminen-difference.ts';
import { newcombeInterval } from '../../src/statistics/newcombe.ts';
import { adjustP } from '../../src/statistics/p-adjust.ts';
import { waldDifferenceInterval } from '../../src/statistics/wald.ts';
import { wilsonInterval } from '../../src/statistics/wilson.ts';
import { woolfInterval } from '../../src/statistics/woolf.ts';

type Example = [x1: number, n1: number, x2: number, n2: number, lower: number, upper: number];

const table = (x1: number, n1: number, x2: number, n2: number) => ({ a: x1, b: n1 - x1, c: x2, d: n2 - x2 });

describe('Newcombe 1998, table II', () => {
  const score: Example[] = [
    [56, 70, 48, 80, 0.0528, 0.3382],
    [9, 10, 3, 10, 0.17, 0.8406],
    [6, 7, 2, 7, 0.0342, 0.8534],
    [5, 56, 0, 29, -0.0326, 0.1933],
    [0, 10, 0, 20, -0.1658, 0.2844],
  ];
  const hybrid: Example[] = [
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ];

  test.each(score)('Miettinen-Nurminen, %d/%d against %d/%d', (x1, n1, x2, n2, lower, upper) => {
    const interval = riskDifferenceScoreInterval(table(x1, n1, x2, n2));

    expect(interval?.lower).toBeCloseTo(lower, 4);
    expect(interval?.upper).toBeCloseTo(upper, 4);
  });

  test.each(hybrid)('hybrid score (method 10), %d/%d against %d/%d', (x1, n1, x2, n2, lower, upper) => {
    const interval = newcombeInterval(table(x1, n1, x2, n2));

    expect(interval?.lower).toBeCloseTo(lower, 4);
    expect(interval?.upper).toBeCloseTo(upper, 4);
  });
});

test('the lady who tastes tea gets 3 of 4 cups right: p is 17/70 one-sided and 34/70 two-sided (Fisher 1935)', () => {
  const tea = { a: 3, b: 1, c: 1, d: 3 };

  expect(fisherExactOneSided(tea, 'greater')).toBeCloseTo(17 / 70, 14);
  expect(fisherExact(tea)).toBeCloseTo(34 / 70, 14);
});

test('aspirin and heart attacks: 189 of 11,034 on placebo, 104 of 11,037 on aspirin (Agresti, Categorical Data Analysis)', () => {
  const study = table(189, 11034, 104, 11037);

  expect(oddsRatio(study)).toBeCloseTo(1.832, 3);
  expect(riskRatio(study)).toBeCloseTo(1.818, 3);
  expect(woolfInterval(study)?.lower).toBeCloseTo(1.44, 2);
  expect(woolfInterval(study)?.upper).toBeCloseTo(2.33, 2);
  expect(katzInterval(study)?.lower).toBeCloseTo(1.43, 2);
  expect(katzInterval(study)?.upper).toBeCloseTo(2.31, 2);
  expect(waldDifferenceInterval(study)?.lower).toBeCloseTo(0.005, 3);
  expect(waldDifferenceInterval(study)?.upper).toBeCloseTo(0.011, 3);
});

test('no vegetarian among 25 students: the score interval ends at 0.133 (Agresti, Categorical Data Analysis)', () => {
  const interval = wilsonInterval(0, 25);

  expect(interval?.lower).toBe(0);
  expect(interval?.upper).toBeCloseTo(0.133, 3);
});

test('no success in n trials: the exact limit is 1 - (alpha/2)^(1/n)', () => {
  expect(clopperPearsonInterval(0, 40)?.upper).toBeCloseTo(1 - 0.025 ** (1 / 40), 14);
  expect(clopperPearsonInterval(40, 40)?.lower).toBeCloseTo(0.025 ** (1 / 40), 14);
});

test('thrombolysis trial: of 15 comparisons BH finds 4 at 5 %, Bonferroni and Hochberg 3 (Benjamini and Hochberg 1995)', () => {
  const p = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ];
  const found = (adjusted: (number | null)[]) => adjusted.filter((value) => value !== null && value <= 0.05).length;

  expect(found(adjustP(p, 'bh'))).toBe(4);
  expect(found(adjustP(p, 'bonferroni'))).toBe(3);
  expect(found(adjustP(p, 'hochberg'))).toBe(3);
});
