import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { auditResults, expectRefusal } from '../command-line.ts';
import { inputFolder } from '../input-folder.ts';

/** A sound export of 20,000 users as Parquet, in one folder. */
async function parquetFolder(): Promise<string> {
  const cwd = inputFolder({});
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    "COPY (SELECT 'uqz' || i AS user_id, 'seg' || (i % 40) AS segment_id FROM range(20000) t(i)) " +
      `TO '${join(cwd, 'a.parquet').replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`,
  );
  connection.closeSync();
  instance.closeSync();
  return cwd;
}

const MAGIC = 4;
const FOOTER_LENGTH = 4;

test.each([
  ['is cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
  ['has another footer', (bytes: Buffer) => bytes.fill(0xff, bytes.length - 300, bytes.length - MAGIC - FOOTER_LENGTH)],
  [
    'says that its footer is larger than it is',
    (bytes: Buffer) => {
      bytes.writeUInt32LE(bytes.length * 2, bytes.length - MAGIC - FOOTER_LENGTH);
      return bytes;
    },
  ],
  ['has a damaged page', (bytes: Buffer) => bytes.fill(0xff, MAGIC, 4096)],
  ['has a damaged page further on', (bytes: Buffer) => bytes.fill(0xa5, 6000, 7000)],
])('a Parquet file that %s is refused in one message', async (_, damage) => {
  const cwd = await parquetFolder();
  const path = join(cwd, 'a.parquet');
  const damaged = damage(readFileSync(path));
  writeFileSync(path, damaged);

  const args = ['audit', '--assignments', 'a.parquet', '-q', '-f', 'json=r.json'];
  await expectRefusal(cwd, args, { code: 'E_INPUT_UNREADABLE', message: /read|Parquet/, at: 'a.parquet' });
});

test('a Parquet file whose first bytes are lost is audited as before: its rows are found by the footer', async () => {
  const cwd = await parquetFolder();
  const path = join(cwd, 'a.parquet');
  const sound = await auditResults(cwd, '--assignments', 'a.parquet');
  writeFileSync(path, readFileSync(path).fill(0, 0, MAGIC));

  const { segments, findings } = await auditResults(cwd, '--assignments', 'a.parquet');

  expect({ segments, findings }).toEqual({ segments: sound.segments, findings: sound.findings });
});
