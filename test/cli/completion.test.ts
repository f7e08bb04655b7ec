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
