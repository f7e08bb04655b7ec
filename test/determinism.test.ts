import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditResults, PROJECT, shownOf, traitleak } from './command-line.ts';
import { inputFolder, writeFiles } from './input-folder.ts';

const FILES = ['definitions.csv', 'assignments.csv', 'traits.csv'] as const;
const fixture = (file: string): string => readFileSync(join(PROJECT, 'fixtures', 'named', file), 'utf8');

/** Puts lines into an order that a small generator makes: the same in every run, and unlike the first one. */
function shuffled(text: string, seed: number): string {
  const [header = '', ...rows] = text.trimEnd().split('\n');
  let state = seed;
  const keyed = rows.map((row) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return { row, key: state };
  });
  return `${[header, ...keyed.sort((x, y) => x.key - y.key).map(({ row }) => row)].join('\n')}\n`;
}

const json = async (cwd: string, ...flags: string[]): Promise<string> =>
  JSON.stringify(await auditResults(cwd, '.', ...flags), undefined, 2);

test('the same inputs give the same bytes, whatever the order of the rows and the number of threads', async () => {
  const folder = inputFolder(Object.fromEntries(FILES.map((file) => [file, fixture(file)])));
  const results = [await json(folder, '--threads', '1'), await json(folder, '--threads', '2')];
  const reports = [shownOf(JSON.parse(results[0]!))];
  for (const seed of [1, 2]) {
    writeFiles(folder, {
      'assignments.csv': shuffled(fixture('assignments.csv'), seed),
      'traits.csv': shuffled(fixture('traits.csv'), seed),
    });
    const result = await json(folder, '--threads', String(seed));
    results.push(result);
    reports.push(shownOf(JSON.parse(result)));
  }

  // The digests of the shuffled files are their own.
  const bare = results.map((result) => result.replace(/"sha256": "[0-9a-f]{64}"/g, '"sha256": ""'));
  expect(results[1]).toBe(results[0]);
  expect(bare[1]).toBe(bare[0]);
  expect(bare[2]).toBe(bare[0]);
  expect(bare[3]).toBe(bare[0]);
  expect(reports[1]).toBe(reports[0]);
  expect(reports[2]).toBe(reports[0]);
});

test('the order of the definitions changes their places, and nothing else', async () => {
  const folder = inputFolder(Object.fromEntries(FILES.map((file) => [file, fixture(file)])));
  const first = await json(folder);
  writeFiles(folder, { 'definitions.csv': shuffled(fixture('definitions.csv'), 3) });
  const second = await json(folder);

  const bare = [first, second].map((result) =>
    result.replace(/"sha256": "[0-9a-f]{64}"/g, '"sha256": ""').replace(/"(line|column)": \d+/g, '"$1": 0'),
  );
  expect(bare[1]).toBe(bare[0]);
});

test('the executable writes the same bytes twice', async () => {
  const args = ['audit', 'fixtures/numbered', '-q', '-f', 'json'];

  const [first, second] = [await traitleak(args), await traitleak([...args, '--threads', '1'])];

  expect(first.exitCode).toBe(1);
  expect(second).toEqual(first);
});

test('SOURCE_DATE_EPOCH fixes the time of the report', async () => {
  const cwd = inputFolder({ 'definitions.csv': 'segment_id\n1\n' });

  const { stdout } = await traitleak(['audit', '.', '-q', '-f', 'json'], { cwd, env: { SOURCE_DATE_EPOCH: '86400' } });

  expect(JSON.parse(stdout).generatedAt).toBe('1970-01-02T00:00:00.000Z');
});
