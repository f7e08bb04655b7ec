import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import type { AuditReport } from '../../src/domain/report.ts';
import { auditResults } from '../command-line.ts';
import { inputFolder } from '../input-folder.ts';

const USERS = Array.from({ length: 120 }, (_, i) => i);
const idOf = (i: number): string => (i === 0 ? '007' : i === 1 ? '7' : i === 2 ? '98765432109876543210' : `u${i}`);
const ASSIGNMENTS = USERS.flatMap((i) => [
  [idOf(i), i % 2 === 0 ? 'left' : 'right'],
  [idOf(i), i % 3 === 0 ? '03' : '3'],
]);
const PANEL = USERS.map((i) => [idOf(i), i % 4 < 2 ? 'a' : 'b']);

const delimited = (rows: readonly (readonly string[])[], header: string, delimiter = ',', end = '\n'): string =>
  [header.split(',').join(delimiter), ...rows.map((row) => row.join(delimiter))].map((line) => line + end).join('');

const assignments = (delimiter?: string, end?: string): string =>
  delimited(ASSIGNMENTS, 'user_id,segment_id', delimiter, end);
const panel = (delimiter?: string, end?: string): string => delimited(PANEL, 'user_id,religion', delimiter, end);

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Audits an export, and returns what must not depend on how it was written. */
async function measured(files: Files, rows: readonly string[], traits: string): Promise<unknown> {
  return comparable(await auditResults(inputFolder(files), '--assignments', ...rows, '--traits', traits));
}

function comparable({ segments, associations, findings, summary }: AuditReport): unknown {
  return { segments, associations, findings, summary };
}

async function parquet(path: string, select: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${select}) TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

describe('the same export', () => {
  let plain: Promise<unknown> | undefined;
  const expected = (): Promise<unknown> => {
    plain ??= measured({ 'a.csv': assignments(), 't.csv': panel() }, ['a.csv'], 't.csv');
    return plain;
  };

  test.each<[string, Files, string, string]>([
    ['tab separated', { 'a.tsv': assignments('\t'), 't.tsv': panel('\t') }, 'a.tsv', 't.tsv'],
    ['semicolon separated', { 'a.csv': assignments(';'), 't.csv': panel(';') }, 'a.csv', 't.csv'],
    ['pipe separated', { 'a.psv': assignments('|'), 't.txt': panel('|') }, 'a.psv', 't.txt'],
    ['compressed', { 'a.csv.gz': gzipSync(assignments()), 't.tsv.gz': gzipSync(panel('\t')) }, 'a.csv.gz', 't.tsv.gz'],
    ['with CRLF', { 'a.csv': assignments(',', '\r\n'), 't.csv': panel(',', '\r\n') }, 'a.csv', 't.csv'],
    ['with a byte order mark', { 'a.csv': `\ufeff${assignments()}`, 't.csv': `\ufeff${panel()}` }, 'a.csv', 't.csv'],
    ['without a last line ending', { 'a.csv': assignments().trimEnd(), 't.csv': panel().trimEnd() }, 'a.csv', 't.csv'],
    [
      'with every field quoted',
      {
        'a.csv': assignments().replace(/[^,\n]+/g, '"$&"'),
        't.csv': panel().replace(/[^,\n]+/g, '"$&"'),
      },
      'a.csv',
      't.csv',
    ],
    [
      'with other columns around, some of them quoted over several lines',
      {
        'a.csv': delimited(
          ASSIGNMENTS.map(([user = '', segment = '']) => ['0.5', segment, '"a\nb, ""c"""', user]),
          'score,cluster,note,uid',
        ),
        't.csv': delimited(
          PANEL.map(([user = '', value = '']) => ['x', value, user]),
          'shoe,faith,Member ID',
        ),
      },
      'a.csv',
      't.csv',
    ],
  ])('%s gives the same results', async (_how, files, rows, traits) => {
    expect(await measured(files, [rows], traits)).toEqual(await expected());
  });

  test('in several files, by a pattern, gives the same results', async () => {
    const half = ASSIGNMENTS.length / 2;
    const files = {
      'parts/1.csv': delimited(ASSIGNMENTS.slice(0, half), 'user_id,segment_id'),
      'parts/2.csv.gz': gzipSync(delimited(ASSIGNMENTS.slice(half), 'user_id,segment_id', ';')),
      't.csv': panel(),
    };

    expect(await measured(files, ['parts/*'], 't.csv')).toEqual(await expected());
    expect(await measured(files, ['parts/2.csv.gz', 'parts/1.csv'], 't.csv')).toEqual(await expected());
  });

  test('as Parquet gives the same results', async () => {
    const folder = inputFolder({ 'a.csv': assignments(), 't.csv': panel() });
    const all = (file: string): string => `SELECT * FROM read_csv('${join(folder, file)}', all_varchar = true)`;
    await parquet(join(folder, 'a.parquet'), all('a.csv'));
    await parquet(join(folder, 't.parquet'), all('t.csv'));

    const report = await auditResults(folder, '--assignments', 'a.parquet', '--traits', 't.parquet');

    expect(comparable(report)).toEqual(await expected());
  });
});

test('numbers in Parquet are ids by their digits', async () => {
  const folder = inputFolder();
  await parquet(
    join(folder, 'a.parquet'),
    'SELECT i AS user_id, 9223372036854775800 + (i % 2) AS segment_id FROM range(40) t(i)',
  );

  const { segments } = await auditResults(folder, '--assignments', 'a.parquet');

  expect(segments.map(({ segment, members }) => [segment, members])).toEqual([
    ['9223372036854775800', 20],
    ['9223372036854775801', 20],
  ]);
});

test('007, 7 and 7.0 are three users and three segments', async () => {
  const ids = ['007', '7', '7.0', '98765432109876543210', '98765432109876543211'];
  const rows = ids.flatMap((id) => ids.map((segment) => [id, segment]));
  const folder = inputFolder({ 'a.csv': delimited(rows, 'user_id,segment_id') });

  const { segments, summary } = await auditResults(folder, '--assignments', 'a.csv', '--min-cell', '0');

  expect(summary.users).toBe(5);
  expect(segments.map(({ segment, members }) => [segment, members])).toEqual([...ids].sort().map((id) => [id, 5]));
});

test('a user in a segment twice counts once', async () => {
  const rows = [...ASSIGNMENTS, ...ASSIGNMENTS, ...ASSIGNMENTS.slice(0, 5)];
  const folder = inputFolder({ 'a.csv': delimited(rows, 'user_id,segment_id') });

  const { segments, notices } = await auditResults(folder, '--assignments', 'a.csv');

  expect(segments.map(({ segment, members }) => [segment, members])).toEqual([
    ['03', 40],
    ['3', 80],
    ['left', 60],
    ['right', 60],
  ]);
  expect(notices.find(({ code }) => code === 'duplicate-rows')?.message).toContain('245 assignment rows repeat');
});
