import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { PROJECT, type RunResult, traitleak } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly language: string;
  readonly files?: string;
  readonly pass_filenames?: boolean;
}

const HOOKS = parse(readFileSync(join(PROJECT, '.pre-commit-hooks.yaml'), 'utf8')) as readonly Hook[];

/** Runs a hook on the files that changed, as pre-commit does: those that fit the pattern are put after the entry. */
async function runHook(id: string, folder: string, changed: readonly string[]): Promise<RunResult> {
  const hook = HOOKS.find((candidate) => candidate.id === id)!;
  const [command, ...args] = hook.entry.split(' ');
  expect(command).toBe('traitleak');
  const files = hook.pass_filenames === false ? [] : changed.filter((file) => new RegExp(hook.files!).test(file));
  return traitleak([...args, ...files], { cwd: folder });
}

describe('the pre-commit hooks', () => {
  test('are installed with the package', () => {
    for (const { language } of HOOKS) expect(language).toBe('node');
  });

  test('names: stop a commit that names a trait, at its line, and look at definitions only', async () => {
    const folder = inputFolder({
      'exports/segments.csv': csv(['segment_id', 'name'], ['c1', 'Jazz'], ['c2', 'Lesbian couples']),
      'README.md': 'Lesbian couples',
    });

    const { exitCode, stdout } = await runHook('traitleak-names', folder, ['exports/segments.csv', 'README.md']);

    expect(exitCode).toBe(1);
    expect(stdout).toContain('exports/segments.csv:3');
  });

  test('names: let a harmless change pass', async () => {
    const folder = inputFolder({ 'clusters.json': JSON.stringify([{ segment_id: 'c1', name: 'Jazz' }]) });

    expect((await runHook('traitleak-names', folder, ['clusters.json'])).exitCode).toBe(0);
  });

  test('audit: runs what the config says', async () => {
    const folder = inputFolder({
      'traitleak.yaml': 'definitions: d.csv\nfailOn: critical\n',
      'd.csv': csv(['segment_id', 'name'], ['c1', 'Gay men']),
    });

    expect((await runHook('traitleak-audit', folder, [])).exitCode).toBe(1);
  });

  test('packs: refuse a pack with a misspelt key, at its line', async () => {
    const folder = inputFolder({ 'traitleak-rules/ours.yaml': 'id: ours\nversion: 1.0.0\ntitel: Ours\nrules: []\n' });

    const { exitCode, stderr } = await runHook('traitleak-packs', folder, ['traitleak-rules/ours.yaml']);

    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/traitleak-rules\/ours\.yaml:\d+/);
  });
});
