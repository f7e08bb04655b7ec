import type { ValueDifference } from '../domain/verification.ts';

/** Finds every place where two JSON values differ, in the order of the first one. */
export function valueDifferences(before: unknown, now: unknown, path = ''): readonly ValueDifference[] {
  if (Object.is(before, now)) return [];
  if (Array.isArray(before) && Array.isArray(now)) {
    const length = Math.max(before.length, now.length);
    return Array.from({ length }, (_, i) => valueDifferences(before[i], now[i], `${path}[${i}]`)).flat();
  }
  if (isObject(before) && isObject(now)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
    return keys.flatMap((key) => valueDifferences(before[key], now[key], path === '' ? key : `${path}.${key}`));
  }
  return [{ path, before, now }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
