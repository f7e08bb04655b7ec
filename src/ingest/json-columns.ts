import { AuditError } from '../errors.ts';
import type { FileHead } from './file-head.ts';

/** Keys of JSON lines. */
export interface JsonColumns {
  /** In the order of their first appearance. */
  readonly columns: readonly string[];
  /** Those that hold an array wherever they hold anything. */
  readonly listColumns: readonly string[];
}

/**
 * Keys of the objects at the beginning of a file of JSON lines. Values are not kept.
 *
 * @throws {AuditError} E_INPUT_JSON when the first line is no JSON object, E_INPUT_COLUMN when a key is empty
 */
export function jsonColumns({ text, isWhole }: FileHead, shown: string): JsonColumns {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n/);
  const complete = isWhole || lines.length === 1 ? lines : lines.slice(0, -1);
  const isList = new Map<string, boolean | undefined>();
  for (const [index, line] of complete.entries()) {
    if (line.trim() === '') continue;
    const object = parseObject(line);
    if (object === undefined) {
      // A later line is the engine's to name: it reads all of them.
      if (isList.size > 0) break;
      throw new AuditError('E_INPUT_JSON', 'The line is not one JSON object.', {
        location: { file: shown, line: index + 1 },
      });
    }
    for (const [key, value] of Object.entries(object)) {
      const before = isList.get(key);
      isList.set(key, value === null || value === '' ? before : before !== false && Array.isArray(value));
    }
  }
  const columns = [...isList.keys()];
  if (columns.some((column) => column.trim() === '')) {
    throw new AuditError('E_INPUT_COLUMN', 'A key of the JSON objects is empty.', { location: { file: shown } });
  }
  return { columns, listColumns: columns.filter((column) => isList.get(column) === true) };
}

function parseObject(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
