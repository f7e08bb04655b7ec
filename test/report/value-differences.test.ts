import fc from 'fast-check';
import { expect, test } from 'vitest';
import { valueDifferences } from '../../src/report/value-differences.ts';

test('what JSON would write alike does not differ', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(valueDifferences(value, JSON.parse(JSON.stringify(value)))).toEqual([]);
    }),
  );
  expect(valueDifferences({ a: 0, b: null, c: [null] }, { a: -0, b: Number.NaN, c: [Infinity], d: undefined })).toEqual(
    [],
  );
});

test('values differ exactly when their JSON does', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }), (before, now) => {
      const sorted = (value: unknown): unknown => JSON.parse(JSON.stringify(value), sortedKeys);
      const isSame = JSON.stringify(sorted(before)) === JSON.stringify(sorted(now));
      expect(valueDifferences(before, now).length === 0).toBe(isSame);
    }),
  );
});

test('each place is named, what went before what came', () => {
  const before = { tool: 'x', findings: [{ severity: 'low', law: [1] }, { severity: 'high' }], gone: [1] };
  const now = { findings: [{ severity: 'high', law: [1, 2], value: 'y' }], tool: 'x', gone: null };

  expect(valueDifferences(before, now)).toEqual([
    { path: 'findings[0].severity', before: 'low', now: 'high' },
    { path: 'findings[0].law[1]', before: undefined, now: 2 },
    { path: 'findings[0].value', before: undefined, now: 'y' },
    { path: 'findings[1]', before: { severity: 'high' }, now: undefined },
    { path: 'gone', before: [1], now: null },
  ]);
});

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
