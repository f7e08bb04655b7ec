import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AuditReport } from '../../src/domain/report.ts';
import { PLAIN } from '../../src/report/format.ts';
import { textFormat } from '../../src/report/formats/text.ts';
import { auditResults, PROJECT, traitleak } from '../command-line.ts';

describe('the report for a terminal', () => {
  const textOf = (shown: AuditReport, width: number): string =>
    [...textFormat(shown, { style: PLAIN, width, verbose: true })].join('');
  let report: AuditReport;
  beforeAll(async () => {
    report = await auditResults(PROJECT, 'fixtures/numbered', '--fail-on', 'never');
  });

  const linesAt = (width: number): readonly string[] => textOf(report, width).split('\n');

  test.each([40, 60, 80, 100])('fits into %i columns', (width) => {
    for (const line of linesAt(width)) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
  });

  test('names the files of the audit, between words broken', () => {
    expect(linesAt(60).slice(1, 5)).toEqual([
      'rules: recommended',
      'files: fixtures/numbered/traitleak.yaml, definitions.csv,',
      '       assignments.csv, ../named/traits.csv,',
      '       ../named/definitions.csv, ../named/assignments.csv',
    ]);
  });

  test('names the first files of many, and counts the others', () => {
    const [input] = report.inputs;
    const inputs = Array.from({ length: 1000 }, (_, index) => ({ ...input, path: `part-${index}.parquet` }));
    const text = textOf({ ...report, inputs } as AuditReport, 80);

    expect(text.replace(/\s+/g, ' ')).toContain('part-11.parquet and 988 more ');
    expect(text).not.toContain('part-12.parquet');
  });

  test('gives a place that does not fit beside the trait a line of its own', () => {
    const [finding] = report.findings;
    const file = 'exports/2026-11/of-the-second-clustering/definitions-of-all-segments.csv';
    const found = [{ ...finding, location: { file, line: 4, column: 7 } }];
    const text = textOf({ ...report, findings: found } as AuditReport, 80);

    expect(text).toContain(`\n  ${file}:4:7\n`);
  });
});

test('colours change nothing but the colours', async () => {
  const args = ['audit', 'fixtures/named', '--fail-on', 'never', '--quiet', '-v'];

  const coloured = await traitleak(args, { env: { FORCE_COLOR: '1' } });
  const plain = await traitleak(args, { env: { NO_COLOR: '1' } });

  expect(coloured.stdout).not.toBe(plain.stdout);
  expect(stripVTControlCharacters(coloured.stdout)).toBe(plain.stdout);
});
