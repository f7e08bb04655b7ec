import { jsonForm } from '../domain/json.ts';

/** A place where two JSON values differ. */
export interface ValueDifference {
  /** Such as `findings[3].severity`. */
  readonly path: string;
  readonly before: unknown;
  /** `undefined` when it is not there. */
  readonly now: unknown;
}

/**
 * Finds every place where two values differ as JSON, in the order of the first one. They are compared as they are, since the JSON of a report
 * may be longer than one string can be: a member without a value is not there, and numbers that JSON has not are `null`.
 */
export function valueDifferences(before: unknown, now: unknown): readonly ValueDifference[] {
  const found: ValueDifference[] = [];
  compare(before, now, [], found);
  return found;
}

/** @param path - steps from the root; as it was before, afterwards */
function compare(one: unknown, other: unknown, path: (string | number)[], found: ValueDifference[]): void {
  const [before, now] = [asJson(one), asJson(other)];
  const within = (step: string | number, valueBefore: unknown, valueNow: unknown): void => {
    path.push(step);
    compare(valueBefore, valueNow, path, found);
    path.pop();
  };
  if (Array.isArray(before) && Array.isArray(now)) {
    const length = Math.max(before.length, now.length);
    for (let index = 0; index < length; index += 1) within(index, before[index], now[index]);
  } else if (isObject(before) && isObject(now)) {
    for (const key of Object.keys(before)) within(key, before[key], now[key]);
    for (const key of Object.keys(now)) if (!Object.hasOwn(before, key)) within(key, undefined, now[key]);
  } else if (before !== now) {
    found.push({ path: pathText(path), before, now });
  }
}

function asJson(value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : jsonForm(value);
}

function pathText(path: readonly (string | number)[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
