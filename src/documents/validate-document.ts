import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { didYouMean } from '../did-you-mean.ts';
import type { SourceLocation } from '../domain/location.ts';
import { AuditError, type ErrorCode } from '../errors.ts';

/** A JSON Schema (draft 2020-12). */
export type JsonSchema = Readonly<Record<string, unknown>>;

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, verbose: true });
const compiled = new Map<JsonSchema, ValidateFunction>();

/** Finds the place of a part of the checked value. */
export type Locate = (path: readonly (string | number)[], atKey?: boolean) => SourceLocation;

/**
 * Checks a value against a schema.
 *
 * @param value - anything
 * @param schema - the schema; compiled once per schema object
 * @param locate - gives the place of a path
 * @param code - error to raise
 * @param at - path of the value in its document, for the message
 * @throws {AuditError} `code` for the first fault in file order, with the nearest valid key where one is misspelt
 */
export function assertValid(
  value: unknown,
  schema: JsonSchema,
  locate: Locate,
  code: ErrorCode,
  at: readonly (string | number)[] = [],
): void {
  const fault = firstFault(value, schema, locate, at);
  if (fault !== undefined) throw new AuditError(code, fault.message, { location: fault.location });
}

interface Fault {
  readonly message: string;
  readonly location: SourceLocation;
}

function firstFault(
  value: unknown,
  schema: JsonSchema,
  locate: Locate,
  at: readonly (string | number)[],
): Fault | undefined {
  let validate = compiled.get(schema);
  if (validate === undefined) {
    validate = ajv.compile(schema);
    compiled.set(schema, validate);
  }
  if (validate(value)) return undefined;
  const faults = (validate.errors ?? [])
    .filter(
      (error) => !['anyOf', 'oneOf', 'if', 'not'].includes(error.keyword) || (validate?.errors?.length ?? 0) === 1,
    )
    .map((error) => toFault(error, locate, at));
  faults.sort(
    (a, b) => (a.location.line ?? 0) - (b.location.line ?? 0) || (a.location.column ?? 0) - (b.location.column ?? 0),
  );
  return faults[0] ?? { message: 'The value does not fit the schema.', location: locate([]) };
}

function toFault(error: ErrorObject, locate: Locate, start: readonly (string | number)[]): Fault {
  const steps = error.instancePath.split('/').slice(1);
  const path = [...start, ...steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))];
  const at = path.length === 0 ? 'At the top level' : `In \`${cut(path.join('.'))}\``;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params.additionalProperty);
      const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
      return {
        message: `${at}, \`${cut(key)}\` is not a known key.${didYouMean(key, known) || ` Known: ${known.join(', ')}.`}`,
        location: locate([...path, key], true),
      };
    }
    case 'required':
      return { message: `${at}, \`${String(error.params.missingProperty)}\` is missing.`, location: locate(path) };
    case 'enum':
    case 'const': {
      const allowed = (error.params.allowedValues as unknown[] | undefined) ?? [error.params.allowedValue];
      const suggestion = typeof error.data === 'string' ? didYouMean(error.data, allowed.map(String)) : '';
      return {
        message: `${at}, ${show(error.data)} is not one of ${allowed.map(show).join(', ')}.${suggestion}`,
        location: locate(path),
      };
    }
    case 'type':
      return {
        message: `${at}, expected ${String(error.params.type).replaceAll(',', ' or ')}, found ${show(error.data)}.`,
        location: locate(path),
      };
    default:
      return {
        message: `${at}, the value ${error.message ?? 'is not valid'}, found ${show(error.data)}.`,
        location: locate(path),
      };
  }
}

/** Shows a value in a message, cut short. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return cut(text, 60);
}

/** Cuts a text short, which a document may make as long as it likes. */
function cut(text: string, longest = 200): string {
  return text.length > longest ? `${text.slice(0, longest - 3)}…` : text;
}
