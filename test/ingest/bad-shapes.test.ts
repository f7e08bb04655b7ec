import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { auditResults, expectAuditRefusal, expectRefusal, type Refusal, traitleak } from '../command-line.ts';
import { inputFolder } from '../input-folder.ts';

const LONG = 'user_id,segment_id\nu1,s1\nu2,s2\n';
const many = Array.from({ length: 40 }, (_, i) => `{"user_id": "u${i}", "segment_id": "s"}\n`).join('');

type Case = Refusal & {
  readonly fault: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** What `--assignments` names; the first file when left out. */
  readonly named?: readonly string[];
  readonly set?: readonly string[];
};

const CASES: readonly Case[] = [
  {
    fault: 'a folder of several formats',
    files: { 'run/a.csv': LONG, 'run/b.jsonl': many },
    named: ['run'],
    code: 'E_INPUT_FORMAT',
    message: 'The folder holds files of several formats: a.csv is CSV, b.jsonl is JSON lines.',
    at: 'run',
  },
  {
    fault: 'a folder without rows',
    files: { 'run/README.md': 'x', 'run/_SUCCESS': '' },
    named: ['run'],
    code: 'E_INPUT_FORMAT',
    message: 'The folder holds no file of rows.',
    at: 'run',
  },
  {
    fault: 'an empty file of JSON lines',
    files: { 'a.jsonl': '\n\n' },
    code: 'E_INPUT_EMPTY',
    message: 'The file is empty.',
    at: 'a.jsonl',
  },
  {
    fault: 'JSON that is cut off',
    files: { 'a.jsonl': `${many}{"user_id": "u99", "segm` },
    code: 'E_INPUT_JSON',
    message: 'The line is not one JSON object.',
    at: 'a.jsonl:41',
  },
  {
    fault: 'a JSON line that is no object',
    files: { 'a.jsonl': `${many}["u1", "s1"]\n` },
    code: 'E_INPUT_JSON',
    message: 'The line is JSON, but not an object.',
    at: 'a.jsonl:41',
  },
  {
    fault: 'a first line that is no object',
    files: { 'a.jsonl': '[{"user_id": "u1"}]\n' },
    code: 'E_INPUT_JSON',
    message: 'The line is not one JSON object.',
    at: 'a.jsonl:1',
  },
  {
    fault: 'JSON with a byte order mark',
    files: { 'a.jsonl': `\ufeff${many}` },
    code: 'E_INPUT_ENCODING',
    message: 'byte order mark',
    at: 'a.jsonl:1',
  },
  {
    fault: 'JSON that is not UTF-8',
    files: {
      'a.jsonl': Buffer.concat([Buffer.from(`${many}{"user_id": "`), Buffer.from([0xe9]), Buffer.from('"}\n')]),
    },
    code: 'E_INPUT_ENCODING',
    message: 'The line is not valid UTF-8.',
    at: 'a.jsonl:41',
  },
  {
    fault: 'JSON keys that differ in letter case only',
    files: { 'a.jsonl': '{"user_id": 1, "segment_id": 2, "USER_ID": 3}\n' },
    code: 'E_INPUT_COLUMN',
    message: 'differ in letter case only',
    at: 'a.jsonl:1',
  },
  {
    fault: 'ids with a fraction in JSON',
    files: { 'a.jsonl': `${many}{"user_id": 7.0, "segment_id": "s"}\n` },
    code: 'E_INPUT_COLUMN',
    message: 'The column "user_id" holds JSON values that are no ids.',
    at: 'a.jsonl',
  },
  {
    fault: 'ids with a fraction in a JSON list',
    files: { 'a.jsonl': '{"user_id": 7, "segments": ["a", 1.5]}\n' },
    code: 'E_INPUT_COLUMN',
    message: 'The column "segments" holds JSON values that are no ids.',
    at: 'a.jsonl',
  },
  {
    fault: 'a named list column that is missing',
    files: { 'a.csv': 'user_id,tastes\nu1,a|b\n' },
    set: ["assignments.list={column: taste, separator: '|'}"],
    code: 'E_INPUT_COLUMN',
    message: 'There is no column "taste". Did you mean "tastes"?',
    at: 'a.csv:1',
  },
  {
    fault: 'a list that is not said to be one',
    files: { 'a.csv': 'user_id,segments\nu1,a|b\n' },
    code: 'E_INPUT_COLUMN',
    message: 'No column is recognised as the segment id.',
    at: 'a.csv:1',
  },
  {
    fault: 'lists that need a separator',
    files: { 'a.csv': 'user_id,segments\nu1,a|b\nu2,c\n' },
    set: ['assignments.list={}'],
    code: 'E_INPUT_EMPTY',
    message: 'No list can be read: it is no JSON array, and no separator is given.',
    at: 'a.csv',
  },
  {
    fault: 'a wide column that holds something else',
    files: { 'a.csv': 'user_id,jazz,age\nu1,1,34\nu2,0,35\n' },
    set: ['assignments.wide=true'],
    code: 'E_INPUT_COLUMN',
    message: 'in the first rows the column age holds nothing of the kind',
    at: 'a.csv',
  },
  {
    fault: 'a wide column that only a later file has',
    files: { 'a.csv': 'user_id,jazz,tea\nu1,1,0\n', 'b.csv': 'user_id,jazz,tea,rock\nu2,1,0,1\n' },
    named: ['a.csv', 'b.csv'],
    set: ['assignments.wide=true'],
    code: 'E_INPUT_COLUMN',
    message: 'The column "rock" is not in the first file, a.csv.',
    at: 'b.csv:1',
  },
  {
    fault: 'both a list and columns',
    files: { 'a.csv': LONG },
    set: ['assignments.wide=true', 'assignments.list={column: x}'],
    code: 'E_CONFIG_INVALID',
    message: 'The assignments contradict themselves',
  },
  {
    fault: 'a threshold without a score',
    files: { 'a.csv': LONG },
    set: ['assignments.threshold=0.5'],
    code: 'E_INPUT_COLUMN',
    message: 'No column is recognised as the score, and a threshold needs one.',
    at: 'a.csv:1',
  },
  {
    fault: 'scores that are all below the threshold',
    files: { 'a.csv': 'user_id,segment_id,score\nu1,s1,0.1\n' },
    set: ['assignments.threshold=0.5'],
    code: 'E_INPUT_EMPTY',
    message: 'Every score is below the threshold.',
    at: 'a.csv',
  },
  {
    fault: 'the newest rows of no time',
    files: { 'a.csv': LONG },
    set: ['assignments.latest=true'],
    code: 'E_INPUT_COLUMN',
    message: 'No column is recognised as the time, and `latest` needs one.',
    at: 'a.csv:1',
  },
  {
    fault: 'a delimiter of two characters',
    files: { 'a.csv': LONG },
    set: ["assignments.delimiter='||'"],
    code: 'E_CONFIG_INVALID',
    message: /delimiter/,
    at: 'command line',
  },
  {
    fault: 'an Arrow file',
    files: { 'a.feather': 'ARROW1' },
    code: 'E_INPUT_FORMAT',
    message: 'Rows are read from .csv',
    at: 'a.feather',
  },
];

test.each(CASES)('assignments with $fault stop the audit', async ({ files, named, set = [], fault: _, ...refusal }) => {
  const names = named ?? Object.keys(files).slice(0, 1);
  const settings = set.flatMap((setting) => ['--set', setting]);

  await expectAuditRefusal(inputFolder(files), ['--assignments', ...names, ...settings], refusal);
});

test('a refused Arrow file says what to do', async () => {
  const folder = inputFolder({ 'a.arrow': 'ARROW1' });

  const { stderr } = await traitleak(['audit', '--assignments', 'a.arrow'], { cwd: folder });

  expect(stderr).toContain('Write Parquet');
});

test('no value of a broken line is told', async () => {
  const folder = inputFolder({
    'a.jsonl': `${many}{"user_id": "secret-id", "user_id": "secret-id"}\n`,
    'b.jsonl': `${many}["secret-id"]\n`,
  });
  for (const file of ['a.jsonl', 'b.jsonl']) {
    const { exitCode, stderr } = await traitleak(['audit', '--assignments', file], { cwd: folder });
    expect(exitCode).toBe(2);
    expect(stderr).not.toContain('secret');
  }
});

test('numbers with a fraction are no ids in Parquet', async () => {
  const folder = inputFolder();
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const [name, select] of [
    ['user', '7.0::DOUBLE AS user_id, 1 AS segment_id'],
    ['segment', "'u' AS user_id, 7.5::DECIMAL(5, 2) AS segment_id"],
    ['list', "'u' AS user_id, [7.5::FLOAT] AS segments"],
  ]) {
    await connection.run(`COPY (SELECT ${select}) TO '${join(folder, `${name}.parquet`)}' (FORMAT parquet)`);
  }
  connection.closeSync();
  instance.closeSync();

  for (const [name, column] of [
    ['user', 'user_id'],
    ['segment', 'segment_id'],
    ['list', 'segments'],
  ]) {
    await expectAuditRefusal(folder, ['--assignments', `${name}.parquet`], {
      code: 'E_INPUT_COLUMN',
      message: new RegExp(`The column "${column}" holds .*, which is no type of ids.`),
      at: `${name}.parquet`,
    });
  }
});

const hasZstd = spawnSync('zstd', ['--version']).status === 0;

test.runIf(hasZstd)('a Zstandard stream is read only when it is whole', async () => {
  const text = `user_id,segment_id\n${Array.from({ length: 60_000 }, (_, i) => `${(i * 7919) % 100_003},s${i % 3}\n`).join('')}`;
  const compress = (...flags: string[]): Buffer => spawnSync('zstd', ['-q', '-c', ...flags], { input: text }).stdout;
  const whole = compress('--check');
  const folder = inputFolder({
    'whole.csv.zst': whole,
    'twice.csv.zst': Buffer.concat([compress('--no-check'), spawnSync('zstd', ['-qc'], { input: 'x1,s9\n' }).stdout]),
    'half.csv.zst': whole.subarray(0, whole.length / 2),
    'unsealed.csv.zst': whole.subarray(0, whole.length - 2),
    'damaged.csv.zst': whole.map((byte, i) => (i === Math.floor(whole.length / 2) ? byte ^ 0x55 : byte)),
    'text.csv.zst': text,
  });
  const rows = async (file: string): Promise<unknown> =>
    (await auditResults(folder, '--assignments', file)).inputs[0]?.rows;

  expect(await rows('whole.csv.zst')).toBe(60_000);
  expect(await rows('twice.csv.zst')).toBe(60_001);
  for (const file of ['half', 'unsealed', 'damaged', 'text'].map((name) => `${name}.csv.zst`)) {
    await expectAuditRefusal(folder, ['--assignments', file], {
      code: 'E_INPUT_UNREADABLE',
      message: /cannot be/,
      at: file,
    });
  }
});

test('nothing on the standard input stops the audit', async () => {
  await expectRefusal(inputFolder(), ['audit', '--assignments', '-'], {
    code: 'E_INPUT_EMPTY',
    message: 'The standard input is empty.',
    at: '-',
  });
});
