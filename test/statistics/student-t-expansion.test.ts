import { expect, test } from 'vitest';
import { normalQuantile, studentTQuantile } from '../../src/statistics/distributions.ts';
import { fastStudentTQuantile } from '../../src/statistics/student-t-expansion.ts';

test.each([0.9, 0.95, 0.975, 0.995])('the expansion of the t quantile at %d agrees with the root search', (p) => {
  for (const df of [200, 350, 1000, 40_000]) {
    expect(Math.abs(fastStudentTQuantile(p, df) / studentTQuantile(p, df) - 1)).toBeLessThan(1e-10);
  }
});

test('the t quantile goes over into the normal one, and keeps its sign', () => {
  expect(fastStudentTQuantile(0.975, Number.POSITIVE_INFINITY)).toBe(normalQuantile(0.975));
  expect(fastStudentTQuantile(0.025, 500)).toBeCloseTo(-fastStudentTQuantile(0.975, 500), 12);
});
