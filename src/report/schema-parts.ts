import type { JsonSchema } from '../documents/json-schema.ts';
import { SEVERITIES } from '../domain/severity.ts';

export const text: JsonSchema = { type: 'string' };
export const nullableText: JsonSchema = { type: ['string', 'null'] };
export const count: JsonSchema = { type: 'integer', minimum: 0 };
export const nullableCount: JsonSchema = { type: ['integer', 'null'], minimum: 0 };
export const flag: JsonSchema = { type: 'boolean' };
export const severity: JsonSchema = { enum: [...SEVERITIES] };
export const sha256: JsonSchema = { type: 'string', pattern: '^[0-9a-f]{64}$' };
/** A number; `null` when undefined or hidden; text when unbounded. */
export const number: JsonSchema = { anyOf: [{ type: ['number', 'null'] }, { enum: ['Infinity', '-Infinity'] }] };
export const probability: JsonSchema = { type: ['number', 'null'], minimum: 0, maximum: 1 };
export const verdict: JsonSchema = { enum: ['proxy', 'cleared', 'inconclusive', null] };

/** An object with these keys and no other; all but the optional ones are required. */
export function exact(properties: Readonly<Record<string, unknown>>, optional: readonly string[] = []): JsonSchema {
  const required = Object.keys(properties).filter((key) => !optional.includes(key));
  return { type: 'object', additionalProperties: false, required, properties };
}

export function nullable(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: 'null' }] };
}

export function list(items: unknown): JsonSchema {
  return { type: 'array', items };
}
