import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import type { AuditReport } from '../../src/domain/report.ts';
import { auditResults, type RunResult, traitleak } from '../command-line.ts';
import { csv } from '../input-folder.ts';

/** Ready-made counts: so many of the 400 people in the segment have the value, and 500 of the 5,000 outside. */
export function counts(...inside: readonly (readonly [segment: string, withValue: number])[]): string {
  return csv(
    ['segment_id', 'trait', 'value', 'in_value', 'in_other', 'out_value', 'out_other'],
    ...inside.flatMap(([segment, withValue]) => [
      [segment, 'religion', 'sikh', withValue, 400 - withValue, 500, 4500],
      [segment, 'religion', 'other', 400 - withValue, withValue, 4500, 500],
    ]),
  );
}

/** Audits, and keeps the results in `results.json`. */
export async function saveResults(cwd: string, ...args: readonly string[]): Promise<AuditReport> {
  const report = await auditResults(cwd, ...args);
  writeFileSync(join(cwd, 'results.json'), JSON.stringify(report));
  return report;
}

/** Waives findings of `results.json` in the usual file, until the end of March 2026; tests run on 1 January 2026. */
export async function waive(
  cwd: string,
  findings: readonly Finding[],
  ...flags: readonly string[]
): Promise<RunResult> {
  const usual = ['--from', 'results.json', '--reason', 'Wound down by spring', '--owner', 'Data team'];
  const expires = flags.includes('--expires') ? [] : ['--expires', '2026-03-31'];
  const prints = findings.map(({ fingerprint }) => fingerprint);
  const result = await traitleak(['waive', ...prints, ...usual, ...expires, ...flags], { cwd });
  expect(result.stdout).toBe('');
  return result;
}

/** The usual waiver file. */
export function waiverFile(cwd: string): string {
  return readFileSync(join(cwd, 'traitleak-waivers.yaml'), 'utf8');
}

/** Seconds since 1970 at noon of a day, for `SOURCE_DATE_EPOCH`. */
export function noonOf(day: string): string {
  return String(Date.parse(`${day}T12:00:00Z`) / 1000);
}
