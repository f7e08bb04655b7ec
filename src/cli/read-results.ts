import { resolve } from 'node:path';
import { jsonParts } from '../documents/json-parts.ts';
import type { JsonSchema } from '../documents/json-schema.ts';
import { assertValid } from '../documents/validate-document.ts';
import type { AuditReport } from '../domain/report.ts';
import { AuditError } from '../errors.ts';
import { readChunks } from '../ingest/read-text.ts';
import { RESULTS_SCHEMA } from '../report/results-schema.ts';

const CODE = 'E_RESULTS_INVALID';

/** Parts that a report is made of. */
type Part = keyof AuditReport;

/**
 * Reads saved results, of any size: one element after the other is checked against the schema.
 *
 * @param path - as given; errors show it
 * @param parts - what is kept of them; by default everything. All of it is checked in any case
 * @throws {AuditError} E_INPUT_MISSING, E_INPUT_UNREADABLE, E_INPUT_ENCODING, E_RESULTS_INVALID
 */
export async function readResults(path: string): Promise<AuditReport>;
export async function readResults<Kept extends Part>(
  path: string,
  parts: readonly Kept[],
): Promise<Pick<AuditReport, Kept>>;
export async function readResults(path: string, parts?: readonly Part[]): Promise<unknown> {
  const isKept = (key: string): boolean => parts === undefined || parts.some((part) => part === key);
  const report = new Map<string, unknown>();
  let fault: unknown;
  for await (const part of jsonParts(readChunks(resolve(path), path), { file: path, code: CODE })) {
    const { key } = part;
    const items = itemsOf(key);
    if ('value' in part) {
      report.set(key, part.value);
    } else {
      const earlier = part.first === 0 ? undefined : report.get(key);
      const list: unknown[] = Array.isArray(earlier) ? earlier : [];
      report.set(key, list);
      for (const [index, element] of part.elements.entries()) {
        if (items !== undefined) fault ??= faultOf(element, items, path, [key, part.first + index]);
        if (isKept(key) || items === undefined) list.push(element);
      }
    }
  }
  refuseOtherVersion(report.get('schemaVersion'), path);
  if (fault !== undefined) throw fault;
  const shell = [...report].map(([key, value]) => [
    key,
    itemsOf(key) !== undefined && Array.isArray(value) ? [] : value,
  ]);
  assertValid(Object.fromEntries(shell), RESULTS_SCHEMA, () => ({ file: path }), CODE);
  return Object.fromEntries([...report].filter(([key]) => isKept(key)));
}

/** Schema of the elements of a part that is a list and nothing else; these are checked one by one. */
function itemsOf(key: string): JsonSchema | undefined {
  const parts = RESULTS_SCHEMA.properties as Readonly<Record<string, { type?: unknown; items?: JsonSchema }>>;
  if (!Object.hasOwn(parts, key)) return undefined;
  return parts[key]?.type === 'array' ? parts[key].items : undefined;
}

function faultOf(value: unknown, schema: JsonSchema, file: string, at: readonly (string | number)[]): unknown {
  try {
    assertValid(value, schema, () => ({ file }), CODE, at);
    return undefined;
  } catch (error) {
    return error;
  }
}

function refuseOtherVersion(version: unknown, file: string): void {
  if (typeof version !== 'string' || version.startsWith('1.')) return;
  throw new AuditError(CODE, `The results are of schema version ${version}; this program reads version 1.`, {
    location: { file },
    hint: 'Use the version of traitleak that wrote them, or run the audit again.',
  });
}
