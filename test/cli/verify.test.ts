import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { assertValid } from '../../src/documents/validate-document.ts';
import type { Verification } from '../../src/domain/verification.ts';
import { VERIFY_SCHEMA } from '../../src/report/verify-schema.ts';
import { traitleak } from '../command-line.ts';
import { csv, inputFolder, writeFiles } from '../input-folder.ts';

const PACK = `
id: mine
version: 1.0.0
title: Mine
extends: recommended
`;
const users = Array.from({ length: 300 }, (_, i) => `u${i}`);
const FILES = {
  'definitions.csv': csv(['segment_id', 'name'], ['1', 'gay men'], ['2', 'gardeners']),
  'assignments.csv': csv(['user_id', 'segment_id'], ...users.map((user, i) => [user, (i % 2) + 1])),
  'panel.csv': csv(['user_id', 'religion'], ...users.map((user, i) => [user, i % 4 < 3 ? 'x' : 'y'])),
  'pack.yaml': PACK,
  'traitleak.yaml':
    'definitions: definitions.csv\nassignments: assignments.csv\ntraits: panel.csv\npacks: [pack.yaml]\nwaivers: w.yaml\nbaseline: b.json\nfailOn: never\n',
  'w.yaml': '- { fingerprint: 0123456789abcdef, reason: r, owner: o, expires: 2027-01-01 }\n',
  'b.json': '{"baselineVersion":"1.0","findings":[]}',
};

const audited = async (...args: readonly string[]): Promise<string> => {
  const cwd = inputFolder(FILES);
  const { exitCode, stderr } = await traitleak(['audit', '-q', ...args, '-f', 'json=results.json'], { cwd });
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return cwd;
};
const statesOf = (stdout: string): Record<string, string> =>
  Object.fromEntries([...stdout.matchAll(/^(ok|changed|missing) +(.*)$/gm)].map(([, state, what]) => [what, state]));

describe('traitleak verify', () => {
  test('says of every file that it is what it was', async () => {
    const cwd = await audited();

    const { exitCode, stdout } = await traitleak(['verify', 'results.json'], { cwd });

    expect(exitCode).toBe(0);
    expect(Object.keys(statesOf(stdout))).toEqual([
      expect.stringMatching(/^tool traitleak /),
      'config traitleak.yaml',
      'definitions definitions.csv',
      'assignments assignments.csv',
      'traits panel.csv',
      'waivers w.yaml',
      'baseline b.json',
      'pack pack.yaml',
      'pack rules/packs/recommended.yaml',
      expect.stringMatching(/^\d+ lexicons$/),
    ]);
    expect(new Set(Object.values(statesOf(stdout)))).toEqual(new Set(['ok']));
  });

  test('notices a byte more in any of them', async () => {
    const cwd = await audited();
    for (const [file, content] of Object.entries(FILES)) {
      writeFileSync(join(cwd, file), `${content}\n`);

      const { exitCode, stdout } = await traitleak(['verify', 'results.json'], { cwd });

      writeFileSync(join(cwd, file), content);
      expect(exitCode).toBe(1);
      const changed = Object.entries(statesOf(stdout)).filter(([, state]) => state !== 'ok');
      expect(changed).toEqual([[expect.stringContaining(file), 'changed']]);
      expect(stdout).toContain('1 changed, 0 missing');
    }
  }, 120_000);

  test('notices a file that is gone, another version, another lexicon, and does not run again then', async () => {
    const cwd = await audited();
    rmSync(join(cwd, 'panel.csv'));
    const text = readFileSync(join(cwd, 'results.json'), 'utf8');
    const report = JSON.parse(text);
    report.tool.version = '0.0.1';
    report.manifest.lexicons.files[0].sha256 = '0'.repeat(64);
    writeFileSync(join(cwd, 'results.json'), JSON.stringify(report));

    const { exitCode, stdout } = await traitleak(['verify', 'results.json', '--rerun'], { cwd });

    expect(exitCode).toBe(1);
    const bad = Object.entries(statesOf(stdout)).filter(([, state]) => state !== 'ok');
    expect(bad).toEqual([
      ['tool traitleak 0.0.1', 'changed'],
      ['traits panel.csv', 'missing'],
      [expect.stringMatching(/^lexicon /), 'changed'],
    ]);
    expect(stdout).toContain('Not run again');
  });

  test('finds the files from another folder of the repository, and from anywhere with --root', async () => {
    const cwd = inputFolder({ '.git/HEAD': '', 'deep/x': '' });
    writeFiles(join(cwd, 'audits'), FILES);
    await traitleak(['audit', '-q', 'audits', '-f', 'json=results.json'], { cwd });

    const deep = await traitleak(['verify', '../results.json'], { cwd: join(cwd, 'deep') });
    const elsewhere = await traitleak(['verify', join(cwd, 'results.json'), '--root', cwd], { cwd: inputFolder() });
    const lost = await traitleak(['verify', join(cwd, 'results.json')], { cwd: inputFolder() });

    expect(deep.exitCode).toBe(0);
    expect(elsewhere.exitCode).toBe(0);
    expect(lost.exitCode).toBe(1);
    expect(lost.stdout).toContain('missing  definitions definitions.csv');
  });

  test('refuses what are no results, and a root that is not there', async () => {
    const cwd = inputFolder({ 'r.json': '{}' });

    expect((await traitleak(['verify', 'r.json'], { cwd })).exitCode).toBe(2);
  });
});

describe('traitleak verify -f json', () => {
  const fitsSchema = (text: string): Verification => {
    const value = JSON.parse(text);
    assertValid(value, VERIFY_SCHEMA, () => ({ file: 'verified.json' }), 'E_INTERNAL');
    return value;
  };

  test('says of every file, pack and lexicon what became of it, and that nothing was run again', async () => {
    const cwd = await audited();
    rmSync(join(cwd, 'panel.csv'));

    const asked = await traitleak(['verify', 'results.json', '-f', 'json=v.json', '-f', 'text', '--rerun'], { cwd });
    const { exitCode, stdout } = await traitleak(['verify', 'results.json', '-f', 'json'], { cwd });

    const found = fitsSchema(stdout);
    expect(exitCode).toBe(1);
    expect(found).toMatchObject({ generatedAt: '2026-01-01T00:00:00.000Z', same: false, rerun: null });
    expect(found.checks.filter(({ state }) => state !== 'ok')).toEqual([
      { what: 'traits', path: 'panel.csv', state: 'missing' },
    ]);
    expect(found.checks.filter(({ what }) => what === 'lexicon').length).toBeGreaterThan(10);
    expect(statesOf(asked.stdout)['traits panel.csv']).toBe('missing');
    expect(fitsSchema(readFileSync(join(cwd, 'v.json'), 'utf8'))).toEqual({
      ...found,
      rerun: { done: false, notCompared: [], differences: [] },
    });
  });

  test('names every place where the report of today differs', async () => {
    const cwd = await audited();
    const same = await traitleak(['verify', 'results.json', '-f', 'json', '--rerun'], { cwd });
    const report = JSON.parse(readFileSync(join(cwd, 'results.json'), 'utf8'));
    report.findings[0].severity = 'low';
    report.findings[0].value = 'made up';
    writeFileSync(join(cwd, 'results.json'), JSON.stringify(report));

    const changed = await traitleak(['verify', 'results.json', '-f', 'json', '--rerun'], { cwd });

    expect(same.exitCode).toBe(0);
    expect(fitsSchema(same.stdout)).toMatchObject({
      same: true,
      rerun: { done: true, notCompared: [], differences: [] },
    });
    expect(changed.exitCode).toBe(1);
    expect(fitsSchema(changed.stdout)).toMatchObject({
      same: false,
      rerun: {
        done: true,
        differences: [
          { path: 'findings[0].severity', before: 'low', now: 'critical' },
          { path: 'findings[0].value', before: 'made up' },
        ],
      },
    });
  });

  test('compares the lock file that rules were held against', async () => {
    const cwd = inputFolder(FILES);
    await traitleak(['rules', 'lock'], { cwd });
    await traitleak(['audit', '-q', '-f', 'json=results.json'], { cwd });

    const { stdout } = await traitleak(['verify', 'results.json', '-f', 'json', '--rerun'], { cwd });
    rmSync(join(cwd, 'traitleak.lock'));
    const without = await traitleak(['verify', 'results.json', '-f', 'json'], { cwd });

    expect(fitsSchema(stdout)).toMatchObject({ same: true, rerun: { done: true, differences: [] } });
    expect(fitsSchema(without.stdout).checks.filter(({ state }) => state !== 'ok')).toEqual([
      { what: 'lock', path: 'traitleak.lock', state: 'missing' },
    ]);
  });

  test('makes counts with noise again with their secret, which results do not lead to', async () => {
    const cwd = inputFolder({ ...FILES, 'secrets/key': `${'s3cret'.repeat(4)}\n` });
    const noise = ['--dp-epsilon', '0.5', '--dp-secret-file', 'secrets/key'];
    await traitleak(['audit', '-q', ...noise, '-f', 'json=results.json'], { cwd });
    const rerun = async (...flags: readonly string[]) =>
      fitsSchema((await traitleak(['verify', 'results.json', '-f', 'json', '--rerun', ...flags], { cwd })).stdout);

    expect(readFileSync(join(cwd, 'results.json'), 'utf8')).not.toContain('secrets');
    expect(await rerun('--dp-secret-file', 'secrets/key')).toMatchObject({
      same: true,
      rerun: { done: true, notCompared: [], differences: [] },
    });
    expect(await rerun()).toMatchObject({
      same: true,
      rerun: { done: true, notCompared: ['privateCounts'], differences: [] },
    });
  });

  test('refuses a format that is not there', async () => {
    const cwd = inputFolder({ 'r.json': '{}' });

    const { exitCode, stderr } = await traitleak(['verify', 'r.json', '-f', 'jsno'], { cwd });

    expect(exitCode).toBe(2);
    expect(stderr).toContain('Did you mean "json"?');
  });
});

describe('traitleak verify --rerun', () => {
  test('gives the same report from the config', async () => {
    const cwd = await audited();

    const { exitCode, stdout } = await traitleak(['verify', 'results.json', '--rerun'], {
      cwd,
      env: { SOURCE_DATE_EPOCH: '1' },
    });

    expect(stdout).toContain('the audit gives the same report');
    expect(exitCode).toBe(0);
  });

  test('gives the same report of an audit that was made with flags alone', async () => {
    const { 'definitions.csv': definitions, 'assignments.csv': assignments, 'panel.csv': panel } = FILES;
    const cwd = inputFolder({ 'definitions.csv': definitions, 'rows/a.csv': assignments, 'panel.csv': panel });
    const flags = ['--definitions', 'definitions.csv', '--assignments', 'rows/*.csv', '--traits', 'panel.csv'];
    const settings = ['--min-cell', '20', '--set', 'multiplicity.method=holm', '--fail-on', 'never', '--threads', '1'];
    await traitleak(['audit', '-q', ...flags, ...settings, '-f', 'json=results.json'], { cwd });

    const { exitCode, stdout } = await traitleak(['verify', 'results.json', '--rerun'], { cwd });

    expect(stdout).toContain('the audit gives the same report');
    expect(exitCode).toBe(0);
  });

  test('notices results that somebody has changed', async () => {
    const cwd = await audited();
    const text = readFileSync(join(cwd, 'results.json'), 'utf8');
    writeFileSync(join(cwd, 'results.json'), text.replace('"severity": "critical"', '"severity": "low"'));

    const { exitCode, stdout } = await traitleak(['verify', 'results.json', '--rerun'], { cwd });

    expect(exitCode).toBe(1);
    expect(stdout).toContain('another report: ');
    expect(stdout).toMatch(/findings\[0\]\.severity: "low", now "critical"/);
  });
});
