import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditReport } from '../../src/domain/report.ts';
import { auditResults, traitleak } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Members of segments by user; ids that a reader of numbers would spoil are among them. */
const ODD_IDS = ['007', '7', '98765432109876543210', '-3', '1e5', 'TRUE', 'a|b', 'x"y', 'ü 1'];
const USERS = Array.from({ length: 90 }, (_, i) => ODD_IDS[i] ?? `u${i}`);
const SEGMENTS = ['03', '3', 'jazz', '12345678901234567890'];
const segmentsOf = (i: number): readonly string[] => SEGMENTS.filter((_, place) => (i + place) % (place + 2) === 0);
const LONG = USERS.flatMap((user, i) => segmentsOf(i).map((segment) => [user, segment] as const));

const quoted = (cell: string): string => (/[",\n|;\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const table = (header: readonly string[], rows: readonly (readonly string[])[], delimiter = ','): string =>
  [header, ...rows].map((row) => `${row.map(quoted).join(delimiter)}\n`).join('');

const PANEL = table(
  ['user_id', 'religion'],
  USERS.map((user, i) => [user, i % 3 === 0 ? 'a' : 'b']),
);
const LONG_CSV = table(['user_id', 'segment_id'], LONG);

const isDigits = (text: string): boolean => /^(0|-?[1-9][0-9]*)$/.test(text);
/** JSON with whole numbers as numbers, by their digits: what `JSON.stringify` would spoil. */
const json = (text: string): string => (isDigits(text) ? text : JSON.stringify(text));
const lines = (rows: readonly string[]): string => rows.map((row) => `${row}\n`).join('');

const LISTS = USERS.map((user, i) => [user, segmentsOf(i)] as const);
const CELLS = (yes: string, no: string): string =>
  table(
    ['user_id', ...SEGMENTS],
    LISTS.map(([user, segments]) => [user, ...SEGMENTS.map((segment) => (segments.includes(segment) ? yes : no))]),
  );

/** What must not depend on how an export is written. */
function comparable({ segments, associations, findings, summary, exposure, leakage }: AuditReport): string {
  return JSON.stringify({ segments, associations, findings, summary, exposure, leakage });
}

async function audited(files: Files, assignments: string, ...flags: readonly string[]): Promise<AuditReport> {
  const folder = inputFolder({ 't.csv': PANEL, ...files });
  return auditResults(folder, '--assignments', assignments, '--traits', 't.csv', ...flags);
}

let plain: Promise<string> | undefined;
const expected = (): Promise<string> => {
  plain ??= audited({ 'a.csv': LONG_CSV }, 'a.csv').then(comparable);
  return plain;
};

const noticesOf = (report: AuditReport, code: string): readonly string[] =>
  report.notices.filter((notice) => notice.code === code).map(({ message }) => message);

async function query(...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

const hasZstd = spawnSync('zstd', ['--version']).status === 0;
const zstd = (text: string): Uint8Array => spawnSync('zstd', ['-q', '-c'], { input: text }).stdout;

describe('the same export gives the same bytes', () => {
  test.each<[string, Files, string, readonly string[]]>([
    [
      'as JSON lines',
      { 'a.jsonl': lines(LONG.map(([u, s]) => `{"user_id": ${json(u)}, "segment_id": ${json(s)}}`)) },
      'a.jsonl',
      [],
    ],
    [
      'as JSON lines with blank lines, CRLF, and other keys first',
      {
        'a.ndjson': lines(LONG.map(([u, s]) => `{"cluster":${JSON.stringify(s)},"note":null,"uid":${json(u)}}\r\n\r`)),
      },
      'a.ndjson',
      [],
    ],
    [
      'as compressed JSON lines',
      { 'a.jsonl.gz': gzipSync(lines(LONG.map(([u, s]) => JSON.stringify({ user_id: u, segment_id: s })))) },
      'a.jsonl.gz',
      [],
    ],
    [
      'as JSON lines with arrays',
      {
        'a.jsonl': lines(
          LISTS.map(([u, list]) => `{"user_id": ${json(u)}, "segments": [${list.map(json).join(', ')}]}`),
        ),
      },
      'a.jsonl',
      [],
    ],
    [
      'with JSON arrays in a CSV column',
      {
        'a.csv': table(
          ['user_id', 'segments'],
          LISTS.map(([u, list]) => [u, `[${list.map(json).join(',')}]`]),
        ),
      },
      'a.csv',
      ['--set', 'assignments.list={column: segments}'],
    ],
    [
      'with a separated list in a CSV column',
      {
        'a.csv': table(
          ['user_id', 'tastes'],
          LISTS.map(([u, list]) => [u, list.join('|')]),
        ),
      },
      'a.csv',
      ['--set', "assignments.list={column: tastes, separator: '|'}"],
    ],
    [
      'with a separated list in JSON lines',
      { 'a.jsonl': lines(LISTS.map(([u, list]) => JSON.stringify({ user_id: u, tastes: list.join('; ') }))) },
      'a.jsonl',
      ['--set', "assignments.list={column: tastes, separator: '; '}"],
    ],
    [
      'with one column of 0 and 1 per segment',
      { 'a.csv': CELLS('1', '0') },
      'a.csv',
      ['--set', 'assignments.wide=true'],
    ],
    [
      'with one column of true and nothing per segment',
      { 'a.csv': CELLS('True', '') },
      'a.csv',
      ['--set', 'assignments.wide=true'],
    ],
    ['with one column per segment, unasked', { 'a.csv': CELLS('1.0', '0.0') }, 'a.csv', []],
    [
      'with named columns per segment beside others',
      {
        'a.csv': table(
          ['user_id', 'shoe', ...SEGMENTS],
          LISTS.map(([u, list]) => [
            u,
            '42',
            ...SEGMENTS.map((segment) => (list.includes(segment) ? 'true' : 'FALSE')),
          ]),
        ),
      },
      'a.csv',
      ['--set', `assignments.wide={columns: [${SEGMENTS.map((s) => `'${s}'`).join(', ')}]}`],
    ],
    [
      'as CSV under another name, with a delimiter that the header hides',
      { 'export.dat': table(['user_id', 'segment_id'], LONG, ':') },
      'export.dat',
      ['--set', 'assignments.format=csv', '--set', 'assignments.delimiter=":"'],
    ],
    [
      'in a folder of several files, beside what is no data',
      {
        'run/part-0.csv': table(['user_id', 'segment_id'], LONG.slice(0, 70)),
        'run/deep/part-1.csv.gz': gzipSync(table(['user_id', 'segment_id'], LONG.slice(70), ';')),
        'run/_SUCCESS': '',
        'run/.part-0.csv.crc': 'x',
      },
      'run',
      [],
    ],
    [
      'in folders that name the segment',
      Object.fromEntries(
        SEGMENTS.map((segment) => [
          `run/segment_id=${segment}/part-0.csv`,
          table(
            ['user_id'],
            LONG.filter(([, s]) => s === segment).map(([u]) => [u]),
          ),
        ]),
      ),
      'run',
      [],
    ],
    [
      'with scores around a threshold',
      {
        'a.csv': table(
          ['user_id', 'segment_id', 'p'],
          USERS.flatMap((u, i) => SEGMENTS.map((s) => [u, s, segmentsOf(i).includes(s) ? '0.50' : '4.9e-1'])),
        ),
      },
      'a.csv',
      ['--set', 'assignments.score=p', '--set', 'assignments.threshold=0.5', '--set', 'leaveOut=[]'],
    ],
    [
      "with the rows of earlier runs around each user's newest",
      {
        'a.csv': table(
          ['user_id', 'segment_id', 'assigned_at'],
          [
            ...USERS.map((u) => [u, 'gone', '2026-01-02T00:30:00+02:00']),
            ...LONG.map(([u, s]) => [u, s, '2026-01-01T22:31Z']),
            ...USERS.flatMap((u, i) => (segmentsOf(i).length === 0 ? [] : [[u, 'old', '1767225600']])),
          ].filter(([u]) => segmentsOf(USERS.indexOf(u ?? '')).length > 0),
        ),
      },
      'a.csv',
      ['--set', 'assignments.latest=true'],
    ],
  ])('%s', async (_how, files, assignments, flags) => {
    const report = await audited(files, assignments, ...flags);

    const [{ pseudoSegments: _, ...told }, known] = [report, await expected()];
    // A column of scores or of other things is looked at, too; what is found in the memberships must be the same.
    const own = JSON.parse(comparable(told as AuditReport));
    const same = JSON.parse(known);
    own.exposure.identifiers = own.exposure.identifiers.filter((column: { role: string }) => column.role === 'user');
    for (const column of own.exposure.identifiers) column.column = 'user_id';
    expect(own).toEqual(same);
  });

  test('as Parquet, with whole numbers for ids, lists, partitions, or one column per segment', async () => {
    const folder = inputFolder({ 'a.csv': LONG_CSV, 't.csv': PANEL, 'w.csv': CELLS('1', '0'), 'run/x': '' });
    const read = (name: string): string => `read_csv('${join(folder, name)}', all_varchar = true, header = true)`;
    const to = (name: string): string => `TO '${join(folder, name)}' (FORMAT parquet)`;
    await query(
      `COPY (SELECT * FROM ${read('a.csv')}) ${to('long.parquet')}`,
      `COPY (SELECT user_id, list(segment_id) AS segments FROM ${read('a.csv')} GROUP BY user_id) ${to('list.parquet')}`,
      `COPY (SELECT * FROM ${read('a.csv')}) TO '${join(folder, 'parts')}' (FORMAT parquet, PARTITION_BY (segment_id))`,
      `COPY (SELECT user_id, ${SEGMENTS.map((s) => `"${s}" = '1' AS "${s}"`).join(', ')} FROM ${read('w.csv')}) ${to('wide.parquet')}`,
    );
    for (const assignments of ['long.parquet', 'list.parquet', 'parts', 'wide.parquet']) {
      const report = await auditResults(folder, '--assignments', assignments, '--traits', 't.csv');
      expect(comparable(report), assignments).toBe(await expected());
    }
  });

  test.runIf(hasZstd)('compressed with Zstandard', async () => {
    const report = await audited({ 'a.csv.zst': zstd(LONG_CSV) }, 'a.csv.zst');

    expect(comparable(report)).toBe(await expected());
  });

  test.each<[string, string | Uint8Array, readonly string[]]>([
    ['CSV', LONG_CSV, []],
    ['compressed CSV', gzipSync(LONG_CSV), []],
    ['JSON lines', lines(LONG.map(([u, s]) => JSON.stringify({ user_id: u, segment_id: s }))), []],
    [
      'tab-separated text of a named format',
      table(['user_id', 'segment_id'], LONG, '\t'),
      ['--assignments-format', 'csv'],
    ],
  ])('from the standard input: %s', async (_what, input, flags) => {
    const cwd = inputFolder({ 't.csv': PANEL, 'tmp/keep': '' });

    const run = await traitleak(['audit', '--assignments', '-', '--traits', 't.csv', '-q', '-f', 'json', ...flags], {
      cwd,
      input,
      env: { TMPDIR: join(cwd, 'tmp') },
    });

    expect(run.stderr).toBe('');
    expect(comparable(JSON.parse(run.stdout))).toBe(await expected());
    expect(spawnSync('ls', ['-A', join(cwd, 'tmp')], { encoding: 'utf8' }).stdout).toBe('keep\n');
  });

  test('of an earlier export, too', async () => {
    const folder = inputFolder({
      'a.csv': LONG_CSV,
      'w.csv': CELLS('1', '0'),
      'l.jsonl': lines(LISTS.map(([u, list]) => JSON.stringify({ user_id: u, segments: list }))),
    });
    const lineage = async (previous: string): Promise<unknown> =>
      (await auditResults(folder, '--assignments', 'a.csv', '--previous-assignments', previous)).lineage;

    const long = await lineage('a.csv');
    expect(long).not.toEqual([]);
    expect(await lineage('w.csv')).toEqual(long);
    expect(await lineage('l.jsonl')).toEqual(long);
  });
});

test('a panel of JSON lines is read like one of CSV', async () => {
  const rows = USERS.map((u, i) => `{"user_id": ${json(u)}, "religion": ${i % 3 === 0 ? '"a"' : '"b"'}, "age": ${i}}`);
  const folder = inputFolder({ 'a.csv': LONG_CSV, 't.jsonl': lines(rows), 't.csv': PANEL });

  const report = await auditResults(
    folder,
    '--assignments',
    'a.csv',
    '--traits',
    't.jsonl',
    '--set',
    'traits.columns={religion: religion}',
  );

  expect(report.associations).toEqual(JSON.parse(await expected()).associations);
});

test('whatever an id looks like, it is the same user and segment in every form', async () => {
  const id = fc.oneof(
    fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((text) => !/[\0\r\n\ud800-\udfff]/.test(text)),
    fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(String),
    fc.constantFrom('007', '7', '7.0', '1e3', 'null', 'NaN', 'true', '[]', '{}', '"', "'", '\\', ' a ', '0x1f', '-0'),
  );
  const pairs = fc.uniqueArray(fc.tuple(id, id), {
    minLength: 1,
    maxLength: 8,
    selector: (pair) => JSON.stringify(pair),
  });

  await fc.assert(
    fc.asyncProperty(pairs, async (rows) => {
      const all = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
      const folder = inputFolder({
        'a.csv': `user_id,segment_id\n${lines(rows.map((row) => row.map(all).join(',')))}`,
        'a.jsonl': lines(rows.map(([user, segment]) => `{"user_id": ${json(user)}, "segment_id": ${json(segment)}}`)),
        'l.jsonl': lines(rows.map(([user, segment]) => `{"user_id": ${json(user)}, "segments": [${json(segment)}]}`)),
      });
      const sizes = async (file: string): Promise<unknown> => {
        const { segments, summary } = await auditResults(
          folder,
          '--assignments',
          file,
          '--min-cell',
          '0',
          '--set',
          'leaveOut=[exposure]',
        );
        return [summary.users, segments.map(({ segment, members }) => [segment, members])];
      };
      const known = await sizes('a.csv');

      expect(await sizes('a.jsonl')).toEqual(known);
      expect(await sizes('l.jsonl')).toEqual(known);
      expect(known).toEqual([
        new Set(rows.map(([user]) => user)).size,
        [...new Set(rows.map(([, segment]) => segment))]
          .sort()
          .map((segment) => [segment, new Set(rows.filter((row) => row[1] === segment).map(([user]) => user)).size]),
      ]);
    }),
    { numRuns: 12 },
  );
}, 120_000);

describe('what cannot be used is counted and named', () => {
  test('scores that cannot be compared with the threshold', async () => {
    const rows = [
      ...LONG.map(([u, s]) => [u, s, '0.9']),
      ['u40', 'jazz', 'high'],
      ['u41', 'jazz', ''],
      ['u42', 'jazz', 'NaN'],
    ];
    const low = USERS.map((u) => [u, 'low', '0.1']);
    const report = await audited(
      { 'a.csv': table(['user_id', 'segment_id', 'score'], [...rows, ...low]) },
      'a.csv',
      '--set',
      'assignments.threshold=0.5',
    );

    expect(noticesOf(report, 'rows-without-score')[0]).toContain('3 assignment rows have no score that can be read');
    expect(noticesOf(report, 'rows-below-threshold')[0]).toContain(
      '90 assignment rows have a score below the threshold',
    );
    expect(report.segments.map(({ segment }) => segment)).not.toContain('low');
  });

  test('few rows below the threshold are not counted out', async () => {
    const rows = [...LONG.map(([u, s]) => [u, s, '0.9']), ['u40', '3', '0.1']];
    const report = await audited(
      { 'a.csv': table(['user_id', 'segment_id', 'score'], rows) },
      'a.csv',
      '--set',
      'assignments.threshold=0.5',
    );

    expect(noticesOf(report, 'rows-below-threshold')[0]).toContain('Fewer than 11 assignment rows');
  });

  test('times that are no times', async () => {
    const rows = [
      ...LONG.map(([u, s]) => [u, s, '2026-01-01']),
      ...['yesterday', '', '2026-02-30', '01/02/2026'].map((time) => ['u50', 'odd', time]),
    ];
    const report = await audited(
      { 'a.csv': table(['user_id', 'segment_id', 'run_at'], rows) },
      'a.csv',
      '--set',
      'assignments.latest=true',
    );

    expect(noticesOf(report, 'rows-without-time')[0]).toContain('4 assignment rows have no time that can be read');
  });

  test('epoch seconds and milliseconds are one scale', async () => {
    const rows = [
      ['u1', 'old', '1767225600'],
      ['u1', 'new', '1767225601000'],
      ['u2', 'new', '1767225600.5'],
      ['u2', 'old', '2025-12-31T23:59:59.999Z'],
    ];
    const folder = inputFolder({ 'a.csv': table(['user_id', 'segment_id', 'assigned_at'], rows) });

    const { segments } = await auditResults(
      folder,
      '--assignments',
      'a.csv',
      '--min-cell',
      '0',
      '--set',
      'assignments.latest=true',
    );

    expect(segments.map(({ segment, members }) => [segment, members])).toEqual([['new', 2]]);
  });

  test('lists that are no lists, empty entries, and users in no segment', async () => {
    const rows = [
      ...LISTS.map(([u, list]) => [u, JSON.stringify(list)]),
      ['v1', 'jazz'],
      ['v2', '["jazz", "", null]'],
      ...Array.from({ length: 12 }, (_, i) => [`w${i}`, '[]']),
      ['', '["jazz", "3"]'],
    ];
    const report = await audited(
      { 'a.csv': table(['user_id', 'segments'], rows) },
      'a.csv',
      '--set',
      'assignments.list={}',
    );

    expect(noticesOf(report, 'lists-unreadable')[0]).toContain('1 assignment row holds no list');
    expect(noticesOf(report, 'rows-without-segment')[0]).toContain('2 assignment rows name no segment');
    expect(noticesOf(report, 'rows-without-user')[0]).toContain('1 assignment row names no user');
    expect(noticesOf(report, 'rows-in-no-segment')[0]).toMatch(/[0-9]+ assignment rows put their users in no segment/);
    expect(report.inputs.find(({ role }) => role === 'assignments')?.rows).toBe(rows.length);
  });

  test('cells that are neither a yes nor a no', async () => {
    const report = await audited(
      { 'a.csv': `${CELLS('1', '0')}v1,1,maybe,2,0\n` },
      'a.csv',
      '--set',
      'assignments.wide=true',
    );

    expect(noticesOf(report, 'cells-unreadable')[0]).toContain('2 assignment cells are neither 0 nor 1');
  });
});

test('how many users are in no segment cannot be worked out from the number of rows', async () => {
  const rows = [...LISTS.filter(([, list]) => list.length > 0), ['v1', []] as const];
  const report = await audited(
    { 'a.jsonl': lines(rows.map(([u, list]) => JSON.stringify({ user_id: u, segments: list }))) },
    'a.jsonl',
  );

  expect(noticesOf(report, 'rows-in-no-segment')[0]).toContain('Fewer than 11');
  expect(report.inputs.find(({ role }) => role === 'assignments')?.rows).toBeNull();
});

test('the notice says in which shape the rows were read', async () => {
  const notice = async (files: Files, name: string): Promise<string | undefined> =>
    noticesOf(await audited(files, name), 'assignment-columns')[0];

  expect(await notice({ 'a.csv': table(['uid', 'cluster'], LONG, ';') }, 'a.csv')).toBe(
    'Columns of the assignments: user uid, segment cluster. Fields are separated by semicolons.',
  );
  expect(await notice({ 'a.csv': CELLS('1', '0') }, 'a.csv')).toBe(
    'Columns of the assignments: user user_id, one column per segment (4).',
  );
  expect(await notice({ 'a.jsonl': csv(['{"user_id": "a", "audiences": ["x"]}']) }, 'a.jsonl')).toBe(
    'Columns of the assignments: user user_id, list of segments audiences.',
  );
});
