import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditResults, PROJECT, traitleak } from '../command-line.ts';
import { inputFolder, writeFiles } from '../input-folder.ts';

const DEFINITIONS = JSON.stringify([
  { segment_id: '48213', name: 'gay men' },
  { segment_id: '7', name: 'gardeners' },
  { segment_id: '8', name: 'twins' },
  { segment_id: '9', name: 'twins' },
  { segment_id: 'gardeners', name: 'the one whose id is a name' },
]);

async function saved(): Promise<string> {
  const cwd = inputFolder({ 'definitions.json': DEFINITIONS });
  writeFiles(cwd, { 'results.json': JSON.stringify(await auditResults(cwd, '.')) });
  return cwd;
}

test('a segment is explained by its id, or by its name', async () => {
  const cwd = await saved();

  const byId = await traitleak(['explain', '48213', '--from', 'results.json'], { cwd });
  const byName = await traitleak(['explain', 'gay men', '--from', 'results.json'], { cwd });

  expect(byId.exitCode).toBe(0);
  expect(byName).toEqual(byId);
  const words = byId.stdout.replace(/\s+/g, ' ');
  expect(words).toContain('Segment 48213, "gay men"');
  expect(words).toContain('sexual orientation');
  expect(words).toContain('What to do:');
  expect(words).toContain('Law: GDPR');
  expect(words).toContain('Membership was not tested');
});

test('an id wins over a name that is the same', async () => {
  const { stdout } = await traitleak(['explain', 'gardeners', '--from', 'results.json'], { cwd: await saved() });

  expect(stdout.replace(/\s+/g, ' ')).toContain('"the one whose id is a name"');
});

test('a segment without findings is not called safe', async () => {
  const { exitCode, stdout } = await traitleak(['explain', '7', '--from', 'results.json'], { cwd: await saved() });

  expect(exitCode).toBe(0);
  expect(stdout).toContain('not proof of safety');
});

test.each([
  ['a misspelt id', '48231', 'Did you mean "48213"?'],
  ['a misspelt name', 'gay mne', 'Did you mean "gay men"?'],
  ['a name that two segments share', 'twins', '2 segments have the name "twins": 8, 9.'],
])('%s is refused with a way out', async (_what, wanted, message) => {
  const { exitCode, stdout, stderr } = await traitleak(['explain', wanted, '--from', 'results.json'], {
    cwd: await saved(),
  });

  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
  expect(stderr).toContain('(E_SEGMENT_NOT_FOUND)');
});

test('membership is told value by value, hidden figures are said to be hidden', async () => {
  const cwd = inputFolder();
  writeFiles(cwd, { 'results.json': JSON.stringify(await auditResults(cwd, join(PROJECT, 'fixtures', 'named'))) });

  const { stdout } = await traitleak(['explain', 'c04', '--from', 'results.json'], { cwd });

  const words = stdout.replace(/\s+/g, ' ');
  expect(words).toContain('Ethnicity or race = black: proxy');
  expect(words).toContain('The figures are hidden, because they would reveal a group that is too small to show.');
});
