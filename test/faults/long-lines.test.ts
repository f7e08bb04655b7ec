import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { auditResults, expectAuditRefusal, expectRefusal } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

const rows = (prefix: string, segment: number): string =>
  csv(...Array.from({ length: 30 }, (_, index) => [`${prefix}${index}`, segment]));
const withLine = (length: number): string =>
  `user_id,segment_id\n${rows('u', 1)}${'x'.repeat(length)},1\n${rows('v', 2)}`;

/** The engine loses a row that is longer than two of its buffers of 8 MiB, in silence. */
describe.each([9_000_000, 17_000_000, 40_000_000])('a line of %i bytes is refused, not lost', (length) => {
  test('in assignments', async () => {
    const cwd = inputFolder({ 'a.csv': withLine(length) });

    await expectRefusal(cwd, ['audit', '--assignments', 'a.csv', '-q', '-f', 'json=r.json'], {
      code: 'E_INPUT_CSV',
      message: /is longer than/,
      at: length < 10_000_000 ? 'a.csv:32' : 'a.csv',
    });
  });

  test('in a file that gzip compressed', async () => {
    const cwd = inputFolder({ 'a.csv.gz': gzipSync(withLine(length)) });

    await expectAuditRefusal(cwd, ['--assignments', 'a.csv.gz'], {
      code: 'E_INPUT_CSV',
      message: /8 MiB/,
      at: 'a.csv.gz',
    });
  });

  test('in a file that Zstandard compressed', async () => {
    const cwd = inputFolder();
    writeFileSync(join(cwd, 'plain'), withLine(length));
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const quoted = (name: string): string => `'${join(cwd, name).replaceAll("'", "''")}'`;
    await connection.run(
      `COPY (SELECT content FROM read_text(${quoted('plain')})) TO ${quoted('a.csv.zst')} (FORMAT csv, COMPRESSION zstd, HEADER false, QUOTE '', ESCAPE '', DELIM '\u0001')`,
    );
    connection.closeSync();
    instance.closeSync();

    const error = await auditResults(cwd, '--assignments', 'a.csv.zst').catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: expect.stringMatching(/^E_INPUT_(CSV|UNREADABLE)$/) });
  });

  test('in panel, consent and earlier export', async () => {
    const cwd = inputFolder({
      'a.csv': `user_id,segment_id\n${rows('u', 1)}`,
      'long.csv': withLine(length),
      't.csv': withLine(length).replace('segment_id', 'religion'),
      'c.csv': withLine(length).replace('segment_id', 'purpose'),
    });

    for (const args of [
      ['--traits', 't.csv'],
      ['--consent', 'c.csv'],
      ['--previous-assignments', 'long.csv'],
    ]) {
      await expectAuditRefusal(cwd, ['--assignments', 'a.csv', ...args], {
        code: 'E_INPUT_CSV',
        message: /is longer than/,
        at: `${args[1]}${length < 10_000_000 ? ':32' : ''}`,
      });
    }
  });
});

test('many short lines of a large file are no long line', async () => {
  const cwd = inputFolder({ 'a.csv': `user_id,segment_id\n${'u1,1\r\n'.repeat(2_000_000)}`.replaceAll('\r\n', '\n') });

  const { inputs } = await auditResults(cwd, '--assignments', 'a.csv');

  expect(inputs[0]?.rows).toBe(2_000_000);
});

test.skipIf(process.platform === 'win32')(
  'a file is read by its name, though it holds signs of a pattern',
  async () => {
    const own = `user_id,segment_id\n${rows('u', 1)}`;
    const other = `user_id,segment_id\n${rows('v', 2)}${rows('w', 3)}`;
    const names = ['a?.csv', 'a*.csv', 'a[12].csv', 'd[1]/x.csv'];
    const cwd = inputFolder({
      ...Object.fromEntries(names.map((name) => [name, own])),
      ...Object.fromEntries(['ax.csv', 'a1.csv', 'abc.csv', 'd1/x.csv'].map((name) => [name, other])),
    });

    for (const name of names) {
      const { inputs, segments } = await auditResults(cwd, '--assignments', name);

      expect(inputs).toMatchObject([{ path: name, rows: 30 }]);
      expect(segments.map(({ segment }) => segment)).toEqual(['1']);
    }
    expect(readFileSync(join(cwd, 'a?.csv'), 'utf8')).toBe(own);
  },
);

test.each(['audit', 'sql'])('%s refuses a header whose quote is never closed', async (command) => {
  const cwd = inputFolder({ 'a.csv': `user_id,segment_id\n${rows('u', 1)}`, 't.csv': 'user_id,"religion\nu1,x\n' });
  const files = ['--assignments', 'a.csv', '--traits', 't.csv'];

  await expectRefusal(cwd, command === 'sql' ? ['sql', '--dialect', 'duckdb', ...files] : ['audit', ...files], {
    code: 'E_INPUT_CSV',
    message: 'A quote is opened in the header and never closed.',
    at: 't.csv:1',
  });
});

test('texts of definitions and columns have a limit', async () => {
  const columns = Array.from({ length: 100_001 }, (_, index) => `c${index}`);
  const cwd = inputFolder({
    'long.csv': csv(['segment_id', 'name'], ['1', 'gay men '.repeat(3000)]),
    'wide.csv': csv(['user_id', ...columns], ['u1', ...columns.map(() => 1)]),
    'defined.csv': csv(['segment_id', ...columns], ['1', ...columns.map(() => 1)]),
  });

  await expectAuditRefusal(cwd, ['--definitions', 'long.csv'], {
    code: 'E_DEFINITION_INVALID',
    message: 'NOT have more than 20000 characters',
    at: 'long.csv:2:3',
  });
  const refusal = (at: string) => ({ code: 'E_INPUT_COLUMN', message: 'The file has 100002 columns', at });
  await expectAuditRefusal(cwd, ['--assignments', 'wide.csv'], refusal('wide.csv:1'));
  await expectAuditRefusal(cwd, ['--definitions', 'defined.csv'], refusal('defined.csv:1'));
});
