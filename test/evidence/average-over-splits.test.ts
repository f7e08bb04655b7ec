import { expect, test } from 'vitest';
import { averageOverSplits } from '../../src/evidence/attack-strength.ts';
import type { AucEstimate } from '../../src/statistics/auc.ts';

const auc = (estimate: number, variance: number): AucEstimate => ({ estimate, variance, lower: 0, upper: 1 });

test('splits that agree leave the interval as it is', () => {
  const average = averageOverSplits([auc(0.7, 0.0004), auc(0.7, 0.0004)]);

  expect(average?.estimate).toBeCloseTo(0.7, 12);
  expect(average?.lower).toBeCloseTo(0.7 - 1.959964 * 0.02, 6);
});

test('splits that differ widen it by the variance of their mean', () => {
  // Variance of the two: 0.0002; of their mean: half of it.
  const average = averageOverSplits([auc(0.69, 0.0004), auc(0.71, 0.0004)]);

  expect(average?.variance).toBeCloseTo(0.0005, 12);
});

test('no split gives nothing', () => {
  expect(averageOverSplits([])).toBeNull();
});
