import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditResults, traitleak } from './command-line.ts';
import { csv, inputFolder } from './input-folder.ts';

/** Ids that can't be mistaken for anything else in an output. */
const idOf = (i: number): string => `qz${(i * 7919 + 104_729) % 1_000_003}x`;
const USERS = Array.from({ length: 400 }, (_, i) => i);

const EXPORT = {
  'definitions.csv': csv(['segment_id', 'name'], ['a', 'LGBT'], ['b', 'gardeners'], ['c', 'rare'], ['d', 'tiny']),
  'assignments.csv': csv(
    ['user_id', 'segment_id'],
    ...USERS.flatMap((i) => [
      ...(i % 3 === 0 ? [[idOf(i), 'a']] : []),
      ...(i % 2 === 0 ? [[idOf(i), 'b']] : []),
      ...(i % 60 === 0 ? [[idOf(i), 'c']] : []),
      ...(i === 7 ? [[idOf(i), 'd']] : []),
    ]),
  ),
  'traits.csv': csv(
    ['user_id', 'sexual_orientation', 'religion', 'country'],
    ...USERS.map((i) => [
      idOf(i),
      i % 3 === 0 && i % 5 > 0 ? 'gay' : 'straight',
      i % 50 === 0 ? 'rare' : i % 2 === 0 ? 'x' : 'y',
      i % 2 === 0 ? 'A' : 'B',
    ]),
  ),
};

test('no output of any command contains a user id', async () => {
  const folder = inputFolder(EXPORT);
  const outputs: string[] = [];
  const run = async (...args: string[]): Promise<void> => {
    const { stdout, stderr } = await traitleak(args, { cwd: folder });
    outputs.push(stdout, stderr);
  };

  await run('audit', '.', '-v', '-f', 'json=results.json', '-f', 'text=report.txt', '--min-cell', '0');
  await run('audit', '.', '-v', '--debug');
  await run('report', 'results.json', '-f', 'text', '-v');
  for (const segment of ['a', 'd']) await run('explain', segment, '--from', 'results.json');
  outputs.push(...['results.json', 'report.txt'].map((file) => readFileSync(join(folder, file), 'utf8')));

  const text = outputs.join('\n');
  expect(text.length).toBeGreaterThan(10_000);
  expect(USERS.map(idOf).filter((id) => text.includes(id))).toEqual([]);
});

test.each([
  ['a ragged row', (id: string) => `${id},a,b\n`],
  ['an open quote', (id: string) => `${id},"a\n`],
  ['a NUL byte', (id: string) => `${id},a\0\n`],
])('an error about %s in the assignments shows no user id', async (_what, row) => {
  const folder = inputFolder({ 'assignments.csv': `${EXPORT['assignments.csv']}${row(idOf(3))}` });

  const { exitCode, stdout, stderr } = await traitleak(['--debug', 'audit', '--assignments', 'assignments.csv'], {
    cwd: folder,
  });

  expect(exitCode).toBe(2);
  expect(USERS.map(idOf).filter((id) => (stdout + stderr).includes(id))).toEqual([]);
});

test('no count of 1 to 10 people is in the results', async () => {
  const folder = inputFolder(EXPORT);
  const report = await auditResults(folder, '.');

  const counts = report.associations.flatMap((row) => Object.values(row.counts));
  const sizes = report.segments.map(({ members }) => members);

  expect(counts.length).toBeGreaterThan(40);
  expect([...counts, ...sizes].filter((count) => count !== null && count > 0 && count < 11)).toEqual([]);
  expect(report.associations.some(({ suppressed }) => suppressed)).toBe(true);
  expect(report.segments.find(({ segment }) => segment === 'd')).toMatchObject({ members: null, suppressed: true });
});

test('a hidden table shows no figure from which its counts follow', async () => {
  const folder = inputFolder(EXPORT);
  const { associations, findings } = await auditResults(folder, '.');

  const hidden = associations.filter(({ suppressed }) => suppressed);
  const figures = hidden.flatMap(
    ({ counts, shareInside, shareOutside, representationRatio, riskDifference, oddsRatio, ...row }) => [
      ...[counts, shareInside, shareOutside, representationRatio, riskDifference, oddsRatio].flatMap((part) =>
        Object.values(part),
      ),
      ...[row.lift, row.phi, row.pValue, row.lnPValue, row.qValue, row.minimumDetectableRatio],
    ],
  );
  const isHidden = (segment: string, trait: string, value?: string): boolean =>
    hidden.some((row) => row.segment === segment && row.trait === trait && row.value === value);
  const messages = findings
    .filter((item) => isHidden(item.segment, item.trait, item.value))
    .map(({ message }) => message);

  expect(hidden.length).toBeGreaterThan(0);
  expect(figures.filter((figure) => figure !== null)).toEqual([]);
  expect(messages.filter((message) => /\d+(\.\d+)? (%|times)/.test(message))).toEqual([]);
});

// Open: the number of members that a verdict would need, and the number of strata that say something, follow from the hidden counts.
test('a hidden row holds no number at all', async () => {
  const folder = inputFolder(EXPORT);
  const report = await auditResults(folder, '.');

  expect(numbersInHiddenRows(report)).toEqual([]);
});

test('a hidden row holds no number but two that are known to be left', async () => {
  const folder = inputFolder(EXPORT);
  const report = await auditResults(folder, '.');

  const left = numbersInHiddenRows(report).map((path) => path.replace(/^.*\.(\w+)$/, '$1'));
  expect([...new Set(left)].filter((key) => !['membersNeeded', 'informativeStrata'].includes(key))).toEqual([]);
});

/** Paths of all numbers in parts of the results that are marked as hidden, wherever they are. */
function numbersInHiddenRows(value: unknown, path = '$', isHidden = false): readonly string[] {
  if (typeof value === 'number') return isHidden ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  const isMarked = isHidden || ('suppressed' in value && value.suppressed === true && !('location' in value));
  return Object.entries(value).flatMap(([key, inner]) => numbersInHiddenRows(inner, `${path}.${key}`, isMarked));
}

test('the limit may be raised', async () => {
  const folder = inputFolder(EXPORT);
  const { associations, segments } = await auditResults(folder, '.', '--min-cell', '100');

  const counts = [
    ...associations.flatMap((row) => Object.values(row.counts)),
    ...segments.map(({ members }) => members),
  ];
  expect(counts.filter((count) => count !== null && count > 0 && count < 100)).toEqual([]);
});
