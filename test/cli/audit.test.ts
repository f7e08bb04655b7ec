import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { auditResults, EXECUTABLE, PROJECT, shownOf, traitleak } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

const NAMED = join(PROJECT, 'fixtures', 'named');
const SCHEMAS = join(PROJECT, 'dist', 'schemas');
const schema = (file: string): object => JSON.parse(readFileSync(join(SCHEMAS, file), 'utf8'));

describe('shipped schemas', () => {
  test.each(readdirSync(SCHEMAS))('%s compiles', (file) => {
    const compiled = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema(file));

    expect(compiled.schema).toHaveProperty('$schema');
  });

  test('cover results, config, pack, lexicon and definitions', () => {
    expect(readdirSync(SCHEMAS)).toEqual(
      expect.arrayContaining(
        ['config', 'definition', 'lexicon', 'pack', 'results'].map((name) => `${name}.schema.json`),
      ),
    );
  });
});

describe('results JSON', () => {
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema('results.schema.json'));

  test.each([
    ['the fixtures', ['fixtures/named']],
    ['the fixtures without names', ['fixtures/numbered']],
    ['the fixtures with small cells shown', ['fixtures/named', '--min-cell', '0']],
    ['words alone', ['--definitions', 'fixtures/named/definitions.csv']],
    ['assignments alone', ['--assignments', 'fixtures/named/assignments.csv']],
  ])('of %s fit the shipped schema', async (_what, args) => {
    validate(await auditResults(PROJECT, ...args));

    expect(validate.errors).toBeNull();
  });
});

describe('saved results', () => {
  test('rendered again give the bytes of a direct run, in every format', async () => {
    const cwd = inputFolder();
    const files = ['-f', 'json=results.json', '-f', 'text=direct.txt'];
    const direct = await traitleak(['audit', NAMED, '-q', '-f', 'text', ...files], { cwd });

    const again = await traitleak(['report', 'results.json', '-f', 'text'], { cwd });
    const json = await traitleak(['report', 'results.json', '-f', 'json', '-f', 'text=again.txt'], { cwd });

    expect(again).toEqual({ exitCode: 0, stdout: direct.stdout, stderr: '' });
    expect(json.stdout).toBe(readFileSync(join(cwd, 'results.json'), 'utf8'));
    expect(readFileSync(join(cwd, 'again.txt'), 'utf8')).toBe(readFileSync(join(cwd, 'direct.txt'), 'utf8'));
  });

  test.each<[string, string, RegExp, string]>([
    ['no JSON', '{"schemaVersion": ', /./, 'E_RESULTS_INVALID'],
    ['other JSON', '{"a": 1}', /is not a known key|is missing/, 'E_RESULTS_INVALID'],
    [
      'a later schema',
      '{"schemaVersion": "2.0"}',
      /schema version 2\.0; this program reads version 1/,
      'E_RESULTS_INVALID',
    ],
    ['an empty file', '', /./, 'E_RESULTS_INVALID'],
  ])('that are %s are refused', async (_what, content, message, code) => {
    const cwd = inputFolder({ 'results.json': content });

    for (const args of [
      ['report', 'results.json'],
      ['explain', 'x', '--from', 'results.json'],
    ]) {
      const { exitCode, stdout, stderr } = await traitleak(args, { cwd });
      expect(exitCode).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toMatch(message);
      expect(stderr).toContain(`(${code})`);
      expect(stderr).toMatch(/^error results\.json/);
    }
  });
});

describe('the gate', () => {
  /** One definition per severity that names can have: a critical, a medium and a harmless one. */
  const critical = csv(['segment_id', 'name'], ['1', 'gay men']);
  const harmless = csv(['segment_id', 'name'], ['1', 'gardeners']);

  test.each(['critical', 'high', 'medium', 'low'])(
    'fails with status 1 when a critical finding meets --fail-on %s',
    async (severity) => {
      const cwd = inputFolder({ 'definitions.csv': critical });

      const { exitCode, stdout } = await traitleak(['audit', '.', '-q', '--fail-on', severity], { cwd });

      expect(exitCode).toBe(1);
      expect(stdout).toContain('gate failed');
    },
  );

  test('passes with status 0 when nothing is grave enough, or with --fail-on never', async () => {
    const cwd = inputFolder({ 'definitions.csv': critical, 'other/definitions.csv': harmless });

    expect((await traitleak(['audit', '.', '-q', '--fail-on', 'never'], { cwd })).exitCode).toBe(0);
    expect((await traitleak(['audit', 'other', '-q'], { cwd })).exitCode).toBe(0);
  });
});

describe('the terminal', () => {
  const ESCAPE = '\u001b[';
  const DEFINITIONS = { 'definitions.csv': csv(['segment_id', 'name'], ['1', 'gay men'], ['2', 'gardeners']) };

  test('is coloured only when asked for, where the output is no terminal', async () => {
    const cwd = inputFolder(DEFINITIONS);
    const plain = await traitleak(['audit', '.'], { cwd });
    const forced = await traitleak(['audit', '.'], { cwd, env: { FORCE_COLOR: '1' } });
    const refused = await traitleak(['audit', '.'], { cwd, env: { NO_COLOR: '1' } });
    const off = await traitleak(['audit', '.'], { cwd, env: { FORCE_COLOR: '0' } });

    expect(plain.stdout + plain.stderr).not.toContain(ESCAPE);
    expect(forced.stdout).toContain(ESCAPE);
    expect(refused.stdout).toBe(plain.stdout);
    expect(off.stdout).toBe(plain.stdout);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
    expect(forced.stdout.replace(/\u001b\[[0-9;]*m/g, '')).toBe(plain.stdout);
  });

  test('gets no colour in files, even when it is forced', async () => {
    const cwd = inputFolder(DEFINITIONS);
    await traitleak(['audit', '.', '-f', 'text=out.txt', '-f', 'json=out.json'], { cwd, env: { FORCE_COLOR: '1' } });

    expect(readFileSync(join(cwd, 'out.txt'), 'utf8')).not.toContain(ESCAPE);
    expect(readFileSync(join(cwd, 'out.json'), 'utf8')).not.toContain(ESCAPE);
  });

  test('is at most 80 columns wide, but for the list of files and the closing line', async () => {
    const stdout = shownOf(await auditResults(NAMED, '.'));

    const long = stdout.split('\n').filter((line) => [...line].length > 80);
    expect(long.filter((line) => !/^rules: |: gate (passed|failed), /.test(line))).toEqual([]);
  });

  test('gets results on stdout and everything else on stderr', async () => {
    const { stdout, stderr } = await traitleak(['audit', '.', '-f', 'json'], { cwd: inputFolder(DEFINITIONS) });

    expect(() => JSON.parse(stdout)).not.toThrow();
    expect(
      stderr
        .trimEnd()
        .split('\n')
        .every((line) => line.startsWith('note: ')),
    ).toBe(true);
  });
});

describe('a reader that goes away', () => {
  test('is no error: the gate still decides the status', async () => {
    const child = spawn(process.execPath, [EXECUTABLE, 'audit', NAMED, '-q', '-f', 'json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk;
    });
    child.stdout.once('data', () => child.stdout.destroy());

    const status = await new Promise((done) => child.once('close', done));

    expect(errors).toBe('');
    expect(status).toBe(1);
  });
});

describe.skipIf(process.platform === 'win32')('a signal', () => {
  test.each<[NodeJS.Signals, number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('%s stops the program with status %i', async (signal, status) => {
    const child = spawn(process.execPath, [EXECUTABLE, 'check', '--format', 'jsonl'], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    // 100 kB of names make it write before its input ends: then it is known to be at work.
    child.stdin.write('a harmless name\n'.repeat(20_000));
    await new Promise((done) => child.stdout.once('data', done));
    child.stdout.resume();

    child.kill(signal);

    expect(await new Promise((done) => child.once('close', done))).toBe(status);
  });
});
