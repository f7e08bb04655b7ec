import { expect, test } from 'vitest';
import { formatCount, formatNumber, formatPercent, formatProbability } from '../../src/wording/format-number.ts';

test.each([
  [0, '0'],
  [1.2345, '1.23'],
  [12345.6, '12300'],
  [1_234_567, '1.2e+6'],
  [0.000123, '1.2e-4'],
  ['Infinity' as const, '∞'],
  ['-Infinity' as const, '-∞'],
  [null, '?'],
])('the number %j is written %s', (value, expected) => {
  expect(formatNumber(value)).toBe(expected);
});

test.each([
  [0, '0.0 %'],
  [0.5, '50 %'],
  [0.0312, '3.1 %'],
  [0.0003, '0.03 %'],
  [-0.2, '-20 %'],
  [null, '?'],
])('the share %j is written %s', (value, expected) => {
  expect(formatPercent(value)).toBe(expected);
});

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1_234_567, '1,234,567'],
])('the count %i is written %s', (value, expected) => {
  expect(formatCount(value)).toBe(expected);
});

test.each([
  [0, '< 1e-300'],
  [1e-12, '1.0e-12'],
  [0.0456, '0.046'],
  [1, '1'],
  [null, '?'],
])('the probability %j is written %s', (value, expected) => {
  expect(formatProbability(value)).toBe(expected);
});
