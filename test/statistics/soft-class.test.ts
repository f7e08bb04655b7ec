import { describe, expect, test } from 'vitest';
import { softCell, softClassEstimate } from '../../src/statistics/soft-class.ts';
import { golden, relativeError } from './tables-golden.ts';

describe('traits given as probabilities', () => {
  test.each(golden.weighted.map((panel, index) => [`panel ${index + 1}`, panel] as const))(
    '%s: rates and errors agree with 50 digits, member by member',
    (_, panel) => {
      const side = (isInside: boolean) => {
        const indexes = panel.rows.flatMap((row, index) => ((row === 0) === isInside ? [index] : []));
        return softCell(
          indexes.map((i) => panel.probabilities[i]!),
          indexes.map((i) => panel.weights[i]!),
        );
      };
      const result = softClassEstimate(side(true), side(false))!;
      const half = (result.disparity.upper! - result.disparity.lower!) / 2;

      expect(relativeError(result.rateWithValue, panel.softRate)).toBeLessThan(1e-12);
      expect(relativeError(result.rateWithValueError, panel.softRateError)).toBeLessThan(1e-11);
      expect(relativeError(result.rateWithout, panel.softOther)).toBeLessThan(1e-12);
      expect(relativeError(result.rateWithoutError, panel.softOtherError)).toBeLessThan(1e-11);
      expect(relativeError(half, 1.959963984540054 * panel.softDisparityError)).toBeLessThan(1e-10);
    },
  );

  test('certain probabilities give the shares of the hard labels', () => {
    const result = softClassEstimate(softCell([1, 1, 1, 0]), softCell([1, 0, 0, 0, 0]));

    expect(result?.rateWithValue).toBeCloseTo(3 / 4, 12);
    expect(result?.rateWithout).toBeCloseTo(1 / 5, 12);
    expect(result?.representationRatio.estimate).toBeCloseTo(3.75, 12);
  });

  test('the same probability for all shows no disparity', () => {
    const result = softClassEstimate(softCell([0.3, 0.3]), softCell([0.3, 0.3, 0.3]));

    expect(result?.disparity.estimate).toBeCloseTo(0, 12);
    expect(result?.representationRatio.estimate).toBeCloseTo(1, 12);
  });

  test('is not defined when everybody has the value', () => {
    expect(softClassEstimate(softCell([1, 1]), softCell([1]))).toBeNull();
    expect(softClassEstimate(softCell([]), softCell([]))).toBeNull();
  });
});
