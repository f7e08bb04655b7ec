import { resolve } from 'node:path';
import { parseJson } from '../documents/parse-json.ts';
import { assertValid } from '../documents/validate-document.ts';
import type { AuditReport } from '../domain/report.ts';
import { AuditError } from '../errors.ts';
import { readText } from '../ingest/read-text.ts';
import { RESULTS_SCHEMA } from '../report/results-schema.ts';

/**
 * Reads saved results.
 *
 * @throws {AuditError} E_INPUT_MISSING, E_RESULTS_INVALID
 */
export async function readResults(path: string): Promise<AuditReport> {
  const text = await readText(resolve(path), path);
  const value = parseJson(text, { file: path, line: 1 }, 'E_RESULTS_INVALID');
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof version === 'string' && !version.startsWith('1.')) {
    throw new AuditError(
      'E_RESULTS_INVALID',
      `The results are of schema version ${version}; this program reads version 1.`,
      {
        location: { file: path },
        hint: 'Use the version of traitleak that wrote them, or run the audit again.',
      },
    );
  }
  assertValid(value, RESULTS_SCHEMA, () => ({ file: path }), 'E_RESULTS_INVALID');
  return value as AuditReport;
}
