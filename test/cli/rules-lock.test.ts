import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadLexicons } from '../../src/ingest/load-lexicons.ts';
import { loadPacks } from '../../src/rules/load-pack.ts';
import { makeLock } from '../../src/rules/pack-lock.ts';
import { auditResults, expectAuditRefusal, expectRefusal, traitleak } from '../command-line.ts';
import { inputFolder, writeFiles } from '../input-folder.ts';

const RULE = {
  id: 'names',
  kind: 'name',
  title: 'A name',
  severity: 'high',
  traits: 'any',
  when: { strength: 'explicit', fields: ['name'] },
  why: 'Because.',
  remedy: 'Rename.',
  law: [],
};
const base = (version: string): string => JSON.stringify({ id: 'base', version, title: 'Base', rules: [RULE] });
const FILES = {
  'traitleak.yaml': 'definitions: d.csv\npacks: [own.json, names-only]\n',
  'd.csv': 'segment_id,name\n1,Jazz\n',
  'own.json': JSON.stringify({ id: 'own', version: '1.0.0', title: 'Own', extends: './base.json' }),
  'base.json': base('1.0.0'),
};

/** What `traitleak rules lock` does, without a process. */
async function lock(folder: string): Promise<void> {
  const packs = await loadPacks(['own.json', 'names-only'], folder);
  const { record } = await loadLexicons();
  writeFiles(folder, { 'traitleak.lock': JSON.stringify(makeLock(packs, record)) });
}

async function locked(files: Readonly<Record<string, string>> = FILES): Promise<string> {
  const folder = inputFolder(files);
  await lock(folder);
  return folder;
}

test('a lock names every file that the packs are built on, and the lexicons; the audit runs as before', async () => {
  const folder = inputFolder(FILES);

  const { stdout } = await traitleak(['rules', 'lock'], { cwd: folder });
  const lock = JSON.parse(readFileSync(join(folder, 'traitleak.lock'), 'utf8'));

  expect(stdout).toMatch(/^traitleak\.lock: locked own, names-only \(4 files\) and \d+ lexicons\n$/);
  expect(
    lock.packs.map(({ id, files }: { id: string; files: { path: string }[] }) => [id, files.map(({ path }) => path)]),
  ).toEqual([
    ['own', ['own.json', 'base.json']],
    ['names-only', ['rules/packs/names-only.yaml', 'rules/packs/recommended.yaml']],
  ]);
  expect(lock.lexicons.files.length).toBeGreaterThan(10);
  expect((await auditResults(folder, '.')).packs.map(({ id }) => id)).toEqual(['own', 'names-only']);
});

test('a file below a locked pack that has changed stops the audit, and a new lock accepts it', async () => {
  const folder = await locked();
  writeFiles(folder, { 'base.json': base('1.0.1') });

  await expectRefusal(folder, ['audit'], {
    code: 'E_LOCK_MISMATCH',
    message: /the pack own has changed: base\.json was [0-9a-f]{12}, is [0-9a-f]{12}\./,
    at: 'traitleak.lock',
  });
  await lock(folder);
  expect((await auditResults(folder, '.')).packs.map(({ id }) => id)).toEqual(['own', 'names-only']);
});

test.each([
  [['--pack', 'own.json'], /the pack names-only is locked and not applied/],
  [['--pack', 'own.json', 'names-only', 'eu-gdpr'], /the pack eu-gdpr is applied and not locked/],
  [['--pack', 'names-only', 'own.json'], /applied in the order names-only, own, locked as own, names-only/],
])('other packs than the locked ones stop the audit: %j', async (flags, message) => {
  await expectAuditRefusal(await locked(), ['.', ...flags], { code: 'E_LOCK_MISMATCH', message, at: 'traitleak.lock' });
});

test('lexicons that differ from the locked ones stop the audit', async () => {
  const folder = await locked();
  const lock = JSON.parse(readFileSync(join(folder, 'traitleak.lock'), 'utf8'));
  const [first] = lock.lexicons.files;
  first.sha256 = '0'.repeat(64);
  lock.lexicons.sha256 = '0'.repeat(64);
  writeFiles(folder, { 'traitleak.lock': JSON.stringify(lock) });

  await expectAuditRefusal(folder, ['.'], {
    code: 'E_LOCK_MISMATCH',
    message: new RegExp(`lexicons have changed: ${first.id} was 000000000000, is [0-9a-f]{12}\\.`),
    at: 'traitleak.lock',
  });
});

test('a lock of another name is written where the config says, and must be there', async () => {
  const files = { ...FILES, 'traitleak.yaml': `${FILES['traitleak.yaml']}lock: locks/packs.json\n`, 'locks/keep': '' };

  const folder = inputFolder(files);
  await expectAuditRefusal(folder, ['.'], { code: 'E_INPUT_MISSING', message: /no such file/, at: 'locks/packs.json' });
  const { stdout } = await traitleak(['rules', 'lock'], { cwd: folder });
  expect(stdout).toContain(`${join('locks', 'packs.json')}: locked own, names-only`);
  expect((await auditResults(folder, '.')).packs.map(({ id }) => id)).toEqual(['own', 'names-only']);
});

test.each([
  ['not a lock', '{ "lockVersion": 2 }', 'traitleak.lock:1:1'],
  ['broken', '{ "lockVersion": ', 'traitleak.lock:1:18'],
  ['empty', '', 'traitleak.lock:1:1'],
])('a lock file that is %s stops the audit', async (_what, text, at) => {
  await expectAuditRefusal(inputFolder({ ...FILES, 'traitleak.lock': text }), ['.'], {
    code: 'E_LOCK_INVALID',
    message: /./,
    at,
  });
});
