import { didYouMean } from '../did-you-mean.ts';
import type { SourceLocation } from '../domain/location.ts';
import { AuditError, type ErrorCode } from '../errors.ts';
import { compileSchema, type JsonSchema, type SchemaFault } from './json-schema.ts';

const compiled = new Map<JsonSchema, ReturnType<typeof compileSchema>>();

/** Keywords that only say that something inside does not fit. */
const OUTER = ['anyOf', 'oneOf', 'if'];

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
  let check = compiled.get(schema);
  if (check === undefined) {
    check = compileSchema(schema);
    compiled.set(schema, check);
  }
  const found = check(value);
  if (found.length === 0) return undefined;
  const faults = found
    .filter(({ keyword }) => !OUTER.includes(keyword) || found.length === 1)
    .map((fault) => toFault(fault, locate, at));
  faults.sort(
    (a, b) => (a.location.line ?? 0) - (b.location.line ?? 0) || (a.location.column ?? 0) - (b.location.column ?? 0),
  );
  return faults[0] ?? { message: 'The value does not fit the schema.', location: locate([]) };
}

function toFault(fault: SchemaFault, locate: Locate, start: readonly (string | number)[]): Fault {
  const { keyword, value, key = '', known = [], allowed = [], type = '' } = fault;
  const path = [...start, ...fault.path];
  const at = path.length === 0 ? 'At the top level' : `In \`${cut(path.join('.'))}\``;
  switch (keyword) {
    case 'additionalProperties':
      return {
        message: `${at}, \`${cut(key)}\` is not a known key.${didYouMean(key, known) || ` Known: ${known.join(', ')}.`}`,
        location: locate([...path, key], true),
      };
    case 'required':
      return { message: `${at}, \`${key}\` is missing.`, location: locate(path) };
    case 'enum':
    case 'const': {
      const suggestion = typeof value === 'string' ? didYouMean(value, allowed.map(String)) : '';
      return {
        message: `${at}, ${show(value)} is not one of ${allowed.map(show).join(', ')}.${suggestion}`,
        location: locate(path),
      };
    }
    case 'type':
      return {
        message: `${at}, expected ${type.replaceAll(',', ' or ')}, found ${show(value)}.`,
        location: locate(path),
      };
    default:
      return {
        message: `${at}, the value ${fault.message}, found ${show(value)}.`,
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
