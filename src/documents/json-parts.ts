import type { SourceLocation } from '../domain/location.ts';
import { AuditError, type ErrorCode } from '../errors.ts';
import { decodeText, withoutMark } from './decode-text.ts';
import { jsonFault } from './json-fault.ts';
import { DEEPEST, NESTED_TOO_DEEP } from './nesting.ts';

/** A member of a JSON object. A list comes as runs of elements, one after the other; an empty list is one empty run. */
export type JsonPart =
  | { readonly key: string; readonly value: unknown }
  | { readonly key: string; readonly elements: readonly unknown[]; readonly first: number };

/** How to read the parts of a JSON object. */
export interface JsonPartsOptions {
  /** Name of the file as shown to people. */
  readonly file: string;
  /** Error to raise when the text is not a JSON object. */
  readonly code: ErrorCode;
  /** Bytes of elements that make a run, at least. */
  readonly run?: number;
}

const RUN = 1 << 18;

/** Bytes of a value; it has to fit into a string. */
const LONGEST_VALUE = 1 << 28;

const END = 'The text ends before the JSON does: a part of the file is missing.';
const FAULT = 'The text is not valid JSON.';

const byteOf = (character: string): number => character.charCodeAt(0);
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [...'{}[]'].map(byteOf);
const [COMMA, COLON, QUOTE, BACKSLASH, LINE_FEED] = [...',:"\\\n'].map(byteOf);

/**
 * Reads a JSON object (UTF-8, with or without a byte order mark) part by part, so that it may be longer than one string can be, and larger
 * than memory where its reader keeps little. What is inside the parts is left to `JSON.parse`.
 *
 * @throws {AuditError} the code that is given, with line and column, at what is not JSON, not an object at the top, or a single value of more
 *   than 256 MiB; E_INPUT_ENCODING with the line
 */
export async function* jsonParts(
  chunks: AsyncIterable<Uint8Array>,
  { file, code, run = RUN }: JsonPartsOptions,
): AsyncGenerator<JsonPart> {
  const { peek, step, take, place } = cursorOver(chunks, file, code);
  const fault = async (location: SourceLocation): Promise<AuditError> =>
    new AuditError(code, (await peek()) === undefined ? END : FAULT, { location });
  const expect = async (...bytes: readonly (number | undefined)[]): Promise<number | undefined> => {
    const byte = await peek();
    if (byte === undefined || !bytes.includes(byte)) throw await fault(place());
    step();
    return byte;
  };
  const parse = async ({ text, start }: Taken, isList = false): Promise<unknown> => {
    const json = isList ? `[${text}]` : text;
    try {
      return JSON.parse(json);
    } catch {
      const offset = Math.max(0, (jsonFault(json) ?? 0) - (isList ? 1 : 0));
      throw await fault(placeAfter(start, text.slice(0, offset)));
    }
  };

  if ((await peek()) !== OPEN_BRACE) {
    throw new AuditError(code, 'A JSON object should begin here.', { location: place() });
  }
  step();
  let end: number | undefined;
  while (end !== CLOSE_BRACE) {
    if (end === undefined && (await peek()) === CLOSE_BRACE) {
      step();
      break;
    }
    if ((await peek()) !== QUOTE) throw await fault(place());
    const key = String(await parse(await take(0, 1)));
    await expect(COLON);
    if ((await peek()) === OPEN_BRACKET) {
      step();
      yield* runs(key);
    } else {
      yield { key, value: await parse(await take(0, 1)) };
    }
    end = await expect(COMMA, CLOSE_BRACE);
  }
  if ((await peek()) !== undefined) throw await fault(place());

  async function* runs(key: string): AsyncGenerator<JsonPart> {
    if ((await peek()) === CLOSE_BRACKET) {
      step();
      yield { key, elements: [], first: 0 };
      return;
    }
    let first = 0;
    let after: number | undefined = COMMA;
    while (after === COMMA) {
      // No element where one must be: in the brackets that a run is parsed in, that would go unnoticed.
      if ([COMMA, CLOSE_BRACKET, undefined].includes(await peek())) throw await fault(place());
      const elements = (await parse(await take(run, 2), true)) as readonly unknown[];
      after = await expect(COMMA, CLOSE_BRACKET);
      yield { key, elements, first };
      first += elements.length;
    }
  }
}

interface Taken {
  readonly text: string;
  readonly start: SourceLocation;
}

/** Where a reader stands in bytes that come in chunks. */
interface Cursor {
  /** The next byte that is not a space; undefined at the end. */
  peek(): Promise<number | undefined>;
  /** Goes over the byte that was peeked at. */
  step(): void;
  /**
   * Takes text up to what ends it: a closing bracket, comma or colon that stands in none of its strings and brackets, or a line that ends
   * inside a string. Commas and colons in the first `least` bytes do not end it. It stands inside so many levels of the document.
   */
  take(least: number, levels: number): Promise<Taken>;
  place(): SourceLocation;
}

function cursorOver(chunks: AsyncIterable<Uint8Array>, file: string, code: ErrorCode): Cursor {
  const source = chunks[Symbol.asyncIterator]();
  let bytes: Uint8Array = new Uint8Array();
  let at = 0;
  let [line, column] = [1, 1];
  let isStart = true;
  const load = async (): Promise<boolean> => {
    const { value, done } = await source.next();
    if (done === true) return false;
    bytes = isStart ? withoutMark(value) : value;
    at = 0;
    isStart = false;
    return true;
  };
  const place = (): SourceLocation => ({ file, line, column });
  return {
    async peek() {
      for (;;) {
        for (; at < bytes.length; at += 1) {
          const byte = bytes[at];
          if (ROLES[byte ?? 0] !== ROLE.space && byte !== LINE_FEED) return byte;
          [line, column] = byte === LINE_FEED ? [line + 1, 1] : [line, column + 1];
        }
        if (!(await load())) return undefined;
      }
    },
    step() {
      at += 1;
      column += 1;
    },
    async take(least, levels) {
      const start = place();
      const slices: Uint8Array[] = [];
      const scan: Scan = { depth: 0, deepest: 0, isText: false, isEscaped: false };
      let length = 0;
      for (;;) {
        const stop = stopOf(bytes, at, least - length, scan);
        const end = stop ?? bytes.length;
        slices.push(bytes.subarray(at, end));
        length += end - at;
        at = end;
        if (length > LONGEST_VALUE) {
          throw new AuditError(code, 'The value that begins here is longer than 256 MiB.', { location: start });
        }
        if (scan.deepest + levels > DEEPEST) throw new AuditError(code, NESTED_TOO_DEEP, { location: start });
        if (stop !== undefined || !(await load())) break;
      }
      const text = decodeText(slices.length === 1 ? (slices[0] ?? bytes) : Buffer.concat(slices), file, line);
      ({ line = line, column = column } = placeAfter(start, text));
      return { text, start };
    },
    place,
  };
}

/** The place where text ends that begins at a place. */
function placeAfter({ file, line = 1, column = 1 }: SourceLocation, text: string): SourceLocation {
  let lines = 0;
  let lineStart = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', lineStart)) {
    lines += 1;
    lineStart = end + 1;
  }
  return { file, line: line + lines, column: text.length - lineStart + (lines === 0 ? column : 1) };
}

/** What a byte outside strings does to a scan; a byte that is not listed does nothing. */
const ROLE = { quote: 1, open: 2, close: 3, separator: 4, space: 5 } as const;
const ROLES = new Uint8Array(256);
for (const [characters, role] of [
  ['"', ROLE.quote],
  ['{[', ROLE.open],
  ['}]', ROLE.close],
  [',:', ROLE.separator],
  [' \t\r\n', ROLE.space],
] as const) {
  for (const character of characters) ROLES[byteOf(character)] = role;
}

interface Scan {
  /** Open brackets. */
  depth: number;
  deepest: number;
  isText: boolean;
  isEscaped: boolean;
}

/** Index of the byte that ends a value; undefined when it goes on after these bytes, for which `scan` holds what is open. */
function stopOf(bytes: Uint8Array, from: number, least: number, scan: Scan): number | undefined {
  let { depth, isText, isEscaped } = scan;
  for (let index = from; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (isText) {
      if (isEscaped) isEscaped = false;
      else if (byte === BACKSLASH) isEscaped = true;
      else if (byte === QUOTE) isText = false;
      else if (byte === LINE_FEED) return index;
      continue;
    }
    const role = ROLES[byte];
    if (role === ROLE.quote) {
      isText = true;
    } else if (role === ROLE.open) {
      depth += 1;
      if (depth > scan.deepest) scan.deepest = depth;
    } else if (role === ROLE.close) {
      if (depth === 0) return index;
      depth -= 1;
    } else if (role === ROLE.separator && depth === 0 && index - from >= least) {
      return index;
    }
  }
  scan.depth = depth;
  scan.isText = isText;
  scan.isEscaped = isEscaped;
  return undefined;
}
