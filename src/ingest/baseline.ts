import { parseDocument } from '../documents/parse-document.ts';
import { parseJson } from '../documents/parse-json.ts';
import { assertValid, type Locate } from '../documents/validate-document.ts';
import { baselineEntries } from '../domain/baseline.ts';
import type { AuditReport } from '../domain/report.ts';
import type { Baseline, BaselineEntry } from '../domain/waiver.ts';
import { BASELINE_SCHEMA, RESULTS_AS_BASELINE_SCHEMA } from './baseline-schema.ts';
import type { InputPath } from './input-path.ts';
import { readTextFile } from './read-text.ts';

/**
 * Reads a baseline: what `traitleak baseline` wrote, or results JSON.
 *
 * @throws {AuditError} E_INPUT_MISSING; E_BASELINE_INVALID with the place of the fault
 */
export async function readBaseline({
  path,
  shown,
}: InputPath): Promise<{ readonly baseline: Baseline; readonly sha256: string }> {
  const { text, sha256 } = await readTextFile(path, shown);
  return { baseline: { path: shown, entries: distinct(entriesOf(text, shown)) }, sha256 };
}

function entriesOf(text: string, shown: string): readonly BaselineEntry[] {
  const value = parseJson(text, { file: shown, line: 1 }, 'E_BASELINE_INVALID');
  // The parser with positions takes far longer, and is only asked where a fault is.
  const locate: Locate = (at, atKey) => parseDocument(text, shown, 'E_BASELINE_INVALID').locate(at, atKey);
  if (isResults(value)) {
    assertValid(value, RESULTS_AS_BASELINE_SCHEMA, locate, 'E_BASELINE_INVALID');
    const { findings, segments } = value as AuditReport;
    return baselineEntries(findings, segments);
  }
  assertValid(value, BASELINE_SCHEMA, locate, 'E_BASELINE_INVALID');
  return (value as { findings: readonly BaselineEntry[] }).findings;
}

function isResults(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'schemaVersion');
}

function distinct(entries: readonly BaselineEntry[]): readonly BaselineEntry[] {
  return [...new Map(entries.map((entry) => [entry.fingerprint, entry])).values()];
}
