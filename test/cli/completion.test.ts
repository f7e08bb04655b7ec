import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { traitleak } from '../command-line.ts';
import { inputFolder } from '../input-folder.ts';

/** Proposals for the last of the words, as a completion script gets them. */
async function proposals(...words: readonly string[]): Promise<readonly string[]> {
  const { exitCode, stdout } = await traitleak(['complete', '--', ...words]);
  expect(exitCode).toBe(0);
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(':'))
    .map((line) => line.split('\t')[0] ?? '');
}

describe('completion', () => {
  test('proposes commands, also those of a group', async () => {
    expect(await proposals('')).toEqual(expect.arrayContaining(['audit', 'check', 'explain', 'init', 'rules']));
    expect(await proposals('rules', 's')).toEqual(['show']);
  });

  test('proposes the flags of a command', async () => {
    expect(await proposals('audit', '--fail')).toEqual(['--fail-on', '--fail-on-inconclusive']);
  });

  test('proposes the values of a flag from the registries', async () => {
    expect(await proposals('audit', '--fail-on', '')).toEqual(['critical', 'high', 'medium', 'low', 'never']);
    expect(await proposals('audit', '--format', 's')).toContain('sarif');
    expect(await proposals('audit', '--pack', 'rec')).toEqual(['recommended']);
  });

  test.each([
    [
      ['sql', '--dialect'],
      ['duckdb', 'postgres', 'trino', 'spark', 'bigquery', 'snowflake', 'clickhouse'],
    ],
    [
      ['check', '--format'],
      ['text', 'jsonl'],
    ],
    [
      ['rules', 'test', '-f'],
      ['text', 'json'],
    ],
    [
      ['verify', '-f'],
      ['text', 'json'],
    ],
    [
      ['diff', '--format'],
      ['text', 'json', 'markdown'],
    ],
    [
      ['report', '--edition'],
      ['restricted', 'publishable'],
    ],
    [
      ['audit', '--assignments-format'],
      ['csv', 'jsonl', 'parquet'],
    ],
  ])('proposes for %j what that command takes, and nothing else', async (words, expected) => {
    expect(await proposals(...words, '')).toEqual(expected);
  });

  test('proposes packs and rules where they are asked for', async () => {
    expect(await proposals('rules', 'test', 'rec')).toEqual(['recommended']);
    expect(await proposals('rules', 'show', 'membership-proxy-s')).toEqual(['membership-proxy-special']);
    expect(await proposals('rules', 'show', '--pack', 'eu-g')).toEqual(['eu-gdpr']);
  });

  test('proposes values for every flag whose values are a list', async () => {
    const { stdout } = await traitleak(['--help']);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name ?? '');
    for (const command of [...commands, 'rules list', 'rules show', 'rules test']) {
      const { stdout: help } = await traitleak([...command.split(' '), '--help']);
      const flags = [...help.matchAll(/(--[a-z-]+) <(?:format|dialect|severity|edition|label|name\.\.\.)>/g)];
      for (const [, flag = ''] of flags)
        expect(await proposals(...command.split(' '), flag, ''), `${command} ${flag}`).not.toEqual([]);
    }
  }, 60_000);

  test('does not propose its own protocol', async () => {
    expect(await proposals('')).not.toContain('complete');
  });

  test.runIf(process.platform === 'linux')('gives bash a script that it takes', async () => {
    const { stdout: script } = await traitleak(['completion', 'bash']);
    const folder = inputFolder({ 'completion.bash': script });
    const { stdout } = await execa('bash', ['--norc', '-c', '. ./completion.bash; complete -p traitleak'], {
      cwd: folder,
    });
    expect(stdout).toMatch(/^complete .*traitleak$/);
  });

  test('refuses a shell that it does not know, and names the nearest', async () => {
    const { exitCode, stdout, stderr } = await traitleak(['completion', 'bsh']);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('Did you mean "bash"?');
  });
});
