import { isMap, isScalar, LineCounter, type Node, parseAllDocuments } from 'yaml';
import type { SourceLocation } from '../domain/location.ts';
import { AuditError, type ErrorCode, messageOf } from '../errors.ts';
import { isNestedTooDeep, NESTED_TOO_DEEP } from './nesting.ts';

/** A YAML or JSON document together with the place of each of its parts. */
export interface ParsedDocument {
  readonly file: string;
  readonly value: unknown;
  /**
   * Place of the part at `path` (keys and indexes from the root), or of its nearest ancestor that has one.
   * With `atKey`, the place of the key itself rather than of its value.
   */
  locate(path: readonly (string | number)[], atKey?: boolean): SourceLocation;
  /** Text of the scalar at `path` as it is written, so that `007` can be told from `7`. */
  sourceOf(path: readonly (string | number)[]): string | undefined;
}

/**
 * Parses YAML 1.2 or JSON, which is a subset of it.
 *
 * @param text - content of the file
 * @param file - its name as shown to people
 * @param code - error to raise when the text is not well formed
 * @throws {AuditError} `code`, with line and column: syntax, duplicate keys, more than one document, too many aliases, nested too deep
 */
export function parseDocument(text: string, file: string, code: ErrorCode): ParsedDocument {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter, uniqueKeys: true, strict: true });
  const at = (offset: number): SourceLocation => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (!Array.isArray(documents) || documents.length === 0) {
    return { file, value: null, locate: () => ({ file, line: 1, column: 1 }), sourceOf: () => undefined };
  }
  if (documents.length > 1) {
    throw new AuditError(code, 'The file holds more than one document.', {
      location: at(documents[1]?.range[0] ?? 0),
      hint: 'Keep one document per file (remove the `---` between them).',
    });
  }
  const document = documents[0];
  if (document === undefined) throw new AuditError(code, 'The file is empty.', { location: { file } });
  const syntaxError = document.errors[0];
  if (syntaxError !== undefined) {
    if (isOutOfStack(syntaxError)) throw new AuditError(code, NESTED_TOO_DEEP, { location: at(syntaxError.pos[0]) });
    throw new AuditError(code, firstSentence(syntaxError.message), {
      location: at(syntaxError.pos[0]),
      hint: 'Correct the syntax at this place.',
    });
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    if (isOutOfStack(cause)) throw new AuditError(code, NESTED_TOO_DEEP, { location: { file }, cause });
    throw new AuditError(code, 'The file uses more aliases than a person would write.', { location: { file }, cause });
  }
  if (isNestedTooDeep(value)) throw new AuditError(code, NESTED_TOO_DEEP, { location: { file } });
  const locate = (path: readonly (string | number)[], atKey = false): SourceLocation => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = nodeAt(document.contents, path.slice(0, length), atKey && length === path.length);
      if (node?.range) return at(node.range[0]);
    }
    return { file, line: 1, column: 1 };
  };
  const sourceOf = (path: readonly (string | number)[]): string | undefined => {
    const node = nodeAt(document.contents, path, false);
    return isScalar(node) ? node.source : undefined;
  };
  return { file, value, locate, sourceOf };
}

/** The parser goes down level by level, and says so when the stack is used up. */
function isOutOfStack(cause: unknown): boolean {
  return /call stack/i.test(messageOf(cause));
}

function nodeAt(root: Node | null, path: readonly (string | number)[], atKey: boolean): Node | undefined {
  let node: unknown = root;
  for (const [depth, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (atKey && depth === path.length - 1) return pair?.key as Node | undefined;
      node = pair?.value;
    } else if (typeof node === 'object' && node !== null && 'items' in node) {
      node = (node.items as unknown[])[Number(step)];
    } else {
      return undefined;
    }
  }
  return (node as Node | null) ?? undefined;
}

function firstSentence(message: string): string {
  const line = message.split('\n', 1)[0] ?? message;
  return `${line.replace(/ at line \d+, column \d+:?$/, '').replace(/[.:]$/, '')}.`;
}
