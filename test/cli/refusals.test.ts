import { gzipSync } from 'node:zlib';
import { test } from 'vitest';
import { expectRefusal, type Refusal } from '../command-line.ts';
import { inputFolder } from '../input-folder.ts';

interface Case extends Refusal {
  readonly fault: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly args: readonly string[];
}

const rows = Array.from({ length: 5000 }, (_, i) => `u${(i * 7919) % 10_007},s\n`).join('');

/** One fault for every way an audit can be stopped; the others raise the same kind of error. */
const CASES: readonly Case[] = [
  {
    fault: 'a missing file',
    files: {},
    args: ['--definitions', 'none.csv'],
    code: 'E_INPUT_MISSING',
    message: 'There is no such file.',
    at: 'none.csv',
  },
  {
    fault: 'a segment that is defined twice',
    files: { 'd.csv': 'segment_id\n7\n7\n' },
    args: ['--definitions', 'd.csv'],
    code: 'E_DEFINITION_DUPLICATE',
    message: 'Segment "7" is defined twice; first at d.csv:2:1.',
    at: 'd.csv:3:1',
  },
  {
    fault: 'an open quote in the assignments',
    files: { 'a.csv': `user_id,segment_id\n${rows}u,"s\nv,t\n` },
    args: ['--assignments', 'a.csv'],
    code: 'E_INPUT_CSV',
    message: 'A quote is opened and never closed',
    at: 'a.csv:5002',
  },
  {
    fault: 'a cut-off gzip stream',
    files: { 'a.csv.gz': gzipSync(`user_id,segment_id\n${rows}`).subarray(0, -8) },
    args: ['--assignments', 'a.csv.gz'],
    code: 'E_INPUT_UNREADABLE',
    message: 'The file cannot be decompressed: unexpected end of file.',
    at: 'a.csv.gz',
  },
  {
    fault: 'damaged Parquet',
    files: { 'a.parquet': 'PAR1 but nothing else' },
    args: ['--assignments', 'a.parquet'],
    code: 'E_INPUT_UNREADABLE',
    message: 'not readable Parquet',
    at: 'a.parquet',
  },
  {
    fault: 'a protected value that nobody has',
    files: {
      'a.csv': 'user_id,segment_id\nu,s\n',
      't.csv': 'user_id,religion\nu,x\n',
      'traitleak.yaml':
        'assignments: a.csv\ntraits: { file: t.csv, columns: { religion: { trait: religion, protected: [y] } } }\n',
    },
    args: [],
    code: 'E_TRAIT_VALUE',
    message: 'No panel member has the value "y" for the trait religion.',
    at: 't.csv',
  },
  {
    fault: 'a misspelt key of the config',
    files: { 'traitleak.yaml': 'definition: d.csv\n' },
    args: [],
    code: 'E_CONFIG_INVALID',
    message: '`definition` is not a known key. Did you mean "definitions"?',
    at: 'traitleak.yaml:1:1',
  },
  {
    fault: 'a limit that is no number',
    files: { 'd.csv': 'segment_id\n7\n' },
    args: ['--definitions', 'd.csv', '--min-cell', 'abc'],
    code: 'E_USAGE',
    message: '--min-cell abc: expected a whole number.',
  },
];

test.each(CASES)('$fault: one message, status 2, nothing written', async ({ files, args, ...refusal }) => {
  const outputs = ['-f', 'json=results.json', '-f', 'text=report.txt'];

  await expectRefusal(inputFolder(files), ['audit', ...args, ...outputs], refusal);
});
