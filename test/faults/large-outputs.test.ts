import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stageFiles } from '../../src/cli/stage-files.ts';
import { EXECUTABLE, traitleak } from '../command-line.ts';
import { inputFolder, writeFiles } from '../input-folder.ts';

/** Results of some 2 MB: many times what a pipe holds, and several of the pieces that outputs are written in. */
const VALUES = ['christian', 'muslim', 'jewish', 'none'];
const COUNTS = Array.from({ length: 400 }, (_, i) =>
  VALUES.map((value, j) => `s${i},religion,${value},${20 + ((i * 7 + j * 13) % 50)},${120 + (i % 30)},900,3000`).join(
    '\n',
  ),
).join('\n');

describe.skipIf(process.platform === 'win32')('results that are larger than a pipe', () => {
  let cwd = '';
  let results = '';

  beforeAll(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'traitleak-test-'));
    writeFiles(cwd, { 'c.csv': `segment_id,trait,value,in_value,in_other,out_value,out_other\n${COUNTS}\n` });
    await traitleak(['audit', '--counts', 'c.csv', '-q', '--fail-on', 'never', '-f', 'json=r.json'], { cwd });
    results = readFileSync(join(cwd, 'r.json'), 'utf8');
  });

  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  const report = () =>
    spawn(process.execPath, [EXECUTABLE, 'report', 'r.json', '-f', 'json'], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });

  test('are the text that JSON.stringify makes of them', () => {
    expect(results.length).toBeGreaterThan(1_000_000);
    expect(results === `${JSON.stringify(JSON.parse(results), undefined, 2)}\n`).toBe(true);
  });

  test('reach a slow reader whole', async () => {
    const run = report();
    const chunks: Buffer[] = [];
    for await (const chunk of run.stdout) {
      chunks.push(chunk as Buffer);
      if (chunks.length % 4 === 0) await new Promise((done) => setTimeout(done, 5));
    }

    expect(Buffer.concat(chunks).toString() === results).toBe(true);
  });

  test('end without a word when the reader goes away', async () => {
    const run = report();
    let stderr = '';
    run.stderr.on('data', (chunk) => {
      stderr += String(chunk);
    });
    run.stdout.once('data', () => run.stdout.destroy());
    const [status] = await once(run, 'close');

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

test('a text that fails while it is made leaves no file, and the files before as they were', async () => {
  const cwd = inputFolder({ 'a.json': 'before', 'b.json': 'before' });
  const fault = new TypeError('a bug');
  function* broken(): Generator<string> {
    yield 'x'.repeat(1_000_000);
    throw fault;
  }

  const staged = stageFiles([
    { path: join(cwd, 'a.json'), text: ['now'] },
    { path: join(cwd, 'b.json'), text: broken() },
  ]);

  await expect(staged).rejects.toBe(fault);
  expect(readdirSync(cwd)).toEqual(['a.json', 'b.json']);
  expect(readFileSync(join(cwd, 'a.json'), 'utf8')).toBe('before');
});
