import type { SourceLocation } from '../domain/location.ts';
import { AuditError, type ErrorCode } from '../errors.ts';
import { jsonFault } from './json-fault.ts';
import { isNestedTooDeep, NESTED_TOO_DEEP } from './nesting.ts';

/**
 * Parses JSON.
 *
 * @param base - where the text begins
 * @param code - error to raise when the text is not JSON
 * @param parse - parses text that is JSON, or nearly so
 * @throws {AuditError} `code`, with the place of the first fault; also for what is nested too deep
 */
export function parseJson(
  text: string,
  base: SourceLocation,
  code: ErrorCode,
  parse: (text: string) => unknown = JSON.parse,
): unknown {
  let value: unknown;
  try {
    value = parse(text);
  } catch (cause) {
    const offset = jsonFault(text);
    throw new AuditError(code, 'The text is not valid JSON.', {
      location: offset === undefined ? base : placeOf(text, offset, base),
      hint: 'Correct the syntax at this place.',
      cause,
    });
  }
  if (isNestedTooDeep(value)) throw new AuditError(code, NESTED_TOO_DEEP, { location: base });
  return value;
}

function placeOf(text: string, offset: number, base: SourceLocation): SourceLocation {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { file: base.file, line: (base.line ?? 1) + line - 1, column: offset - before.lastIndexOf('\n') };
}
