/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A number as results JSON holds it: undefined quantities are `null`, unbounded ones are text. */
export type JsonNumber = number | null | 'Infinity' | '-Infinity';

/** What `JSON.stringify` writes for a value: what its method `toJSON` gives, where it has one. */
export function jsonForm(value: unknown): unknown {
  const { toJSON } = (value ?? {}) as { readonly toJSON?: unknown };
  return typeof toJSON === 'function' ? (toJSON.call(value) as unknown) : value;
}

/**
 * Brings a number into the form of results JSON.
 *
 * @param value - any number; NaN and undefined become `null`
 * @returns the number, `null`, or the text `"Infinity"` / `"-Infinity"`
 */
export function toJsonNumber(value: number | null | undefined): JsonNumber {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  if (value === Number.POSITIVE_INFINITY) return 'Infinity';
  if (value === Number.NEGATIVE_INFINITY) return '-Infinity';
  return Object.is(value, -0) ? 0 : value;
}

/** Reads a number of results JSON back. */
export function fromJsonNumber(value: JsonNumber): number | null {
  if (value === 'Infinity') return Number.POSITIVE_INFINITY;
  if (value === '-Infinity') return Number.NEGATIVE_INFINITY;
  return value;
}
