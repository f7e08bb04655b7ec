import { describe, expect, test } from 'vitest';
import { expectRefusal, traitleak } from '../command-line.ts';
import { inputFolder } from '../input-folder.ts';

const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const MESSAGE = 'The document is nested deeper than 100 levels, or holds itself.';
const ITSELF = '&a [*a]';

const DEFINITIONS = { 'd.csv': 'segment_id,name\n1,LGBT\n' };
const AUDIT = ['audit', '-q', '-f', 'json=r.json'];

describe.each<[what: string, file: string, content: string, args: readonly string[], code: string]>([
  ['a config', 'traitleak.yaml', 'definitions: VALUE\n', AUDIT, 'E_CONFIG_INVALID'],
  ['definitions in JSON', 'd.json', 'VALUE', [...AUDIT, '--definitions', 'd.json'], 'E_DEFINITION_INVALID'],
  [
    'an attribute of a definition',
    'd.json',
    '[{ "segment_id": 1, "purpose": VALUE }]',
    [...AUDIT, '--definitions', 'd.json'],
    'E_DEFINITION_INVALID',
  ],
  [
    'a line of definitions',
    'd.jsonl',
    '{ "segment_id": 1, "name": VALUE }',
    [...AUDIT, '--definitions', 'd.jsonl'],
    'E_DEFINITION_INVALID',
  ],
  [
    'definitions in YAML',
    'd.yaml',
    '- segment_id: 1\n  purpose: VALUE\n',
    [...AUDIT, '--definitions', 'd.yaml'],
    'E_DEFINITION_INVALID',
  ],
  ['a pack', 'p.yaml', 'id: VALUE\n', ['rules', 'validate', './p.yaml'], 'E_PACK_INVALID'],
  ['waivers', 'w.yaml', 'VALUE\n', [...AUDIT, '--definitions', 'd.csv', '--waivers', 'w.yaml'], 'E_WAIVERS_INVALID'],
  ['a baseline', 'b.json', 'VALUE', [...AUDIT, '--definitions', 'd.csv', '--baseline', 'b.json'], 'E_BASELINE_INVALID'],
  ['a lock file', 'traitleak.lock', 'VALUE', [...AUDIT, '--definitions', 'd.csv'], 'E_LOCK_INVALID'],
  ['a list of results', 'results.json', '{"findings": [VALUE]}', ['report', 'results.json'], 'E_RESULTS_INVALID'],
  ['results', 'results.json', '{"tool": VALUE}', ['report', 'results.json'], 'E_RESULTS_INVALID'],
])('%s', (_what, file, content, args, code) => {
  test.each([101, 100_000])('that is nested %i levels deep is refused in one message', async (depth) => {
    const cwd = inputFolder({ ...DEFINITIONS, [file]: content.replace('VALUE', deep(depth)) });

    const { exitCode, stdout, stderr } = await traitleak(args, { cwd });

    expect(stderr).toContain(`${MESSAGE} (${code})`);
    expect(stderr).toMatch(new RegExp(`^error (\\./)?${file.replace('.', '\\.')}`));
    expect(stderr.length).toBeLessThan(1000);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
  });

  test.runIf(/ya?ml$/.test(file))('that holds itself is refused', async () => {
    const cwd = inputFolder({ ...DEFINITIONS, [file]: content.replace('VALUE', ITSELF) });

    const { exitCode, stderr } = await traitleak(args, { cwd });

    expect(stderr).toContain(`${MESSAGE} (${code})`);
    expect(exitCode).toBe(2);
  });
});

test.each([
  ['holds itself', ITSELF],
  ['is nested deep', deep(300)],
])('a setting that %s is refused', async (_what, value) => {
  const cwd = inputFolder({ ...DEFINITIONS, 'traitleak.yaml': 'definitions: d.csv\n' });

  await expectRefusal(cwd, ['audit', '--definitions', 'd.csv', '--set', `packs=${value}`], {
    code: 'E_USAGE',
    message: `--set packs: ${MESSAGE}`,
  });
  await expectRefusal(cwd, ['sql', '--dialect', 'duckdb', '--set', `traits=${value}`], {
    code: 'E_USAGE',
    message: `--set traits: ${MESSAGE}`,
  });
});

test('results that are no JSON are refused at the first fault', async () => {
  const cwd = inputFolder({ 'results.json': '{\n  "schemaVersion": "1.0",\n  "tool": {]\n}' });

  await expectRefusal(cwd, ['report', 'results.json'], {
    code: 'E_RESULTS_INVALID',
    message: 'The text is not valid JSON.',
    at: 'results.json:3:12',
  });
});
