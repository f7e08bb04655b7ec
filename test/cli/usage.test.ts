import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { PROJECT, traitleak } from '../command-line.ts';
import { inputFolder } from '../input-folder.ts';

const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { version: string };

test('--version prints the version of the package', async () => {
  expect(await traitleak(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
});

test.each([[['--help']], [['-h']], [[]], [['help']]])('%j prints every command and every exit status', async (args) => {
  const { exitCode, stdout, stderr } = await traitleak(args);

  expect(exitCode).toBe(0);
  expect(stderr).toBe('');
  for (const command of ['audit', 'check', 'explain', 'rules', 'report'])
    expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  for (const status of ['0', '1', '2', '3', '130']) expect(stdout).toMatch(new RegExp(`^  ${status} +\\S`, 'm'));
});

test.each(['audit', 'check', 'explain', 'report'])(
  '%s --help explains the command with an example',
  async (command) => {
    const { exitCode, stdout } = await traitleak([command, '--help']);

    expect(exitCode).toBe(0);
    expect(stdout).toContain(`traitleak ${command}`);
    expect(stdout).toMatch(/Examples?:/);
  },
);

test.each(
  [
    ['audit', 'check', 'explain', 'init', 'report', 'waive', 'baseline', 'verify', 'diff', 'sql', 'completion'].map(
      (command) => [command],
    ),
    ['list', 'show', 'lock', 'test', 'validate'].map((command) => ['rules', command]),
    [[], ['rules']],
  ].flat(),
)('the help of "%s %s" fits into 80 columns', async (...command) => {
  const { exitCode, stdout } = await traitleak([...command, '--help']);

  expect(exitCode).toBe(0);
  for (const line of stdout.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
});

test.each([
  ['an unknown command', ['audt'], /unknown command 'audt'/],
  ['an unknown option', ['audit', '--format-json'], /unknown option '--format-json'/],
  ['a severity that does not exist', ['audit', '--fail-on', 'hihg'], /'hihg' is invalid/],
  ['a missing argument', ['explain', '--from', 'results.json'], /missing required argument 'segment'/],
  ['a missing option', ['explain', 'x'], /required option '--from/],
  ['too many arguments', ['audit', 'a', 'b'], /too many arguments/],
])('%s is wrong usage: status 2, a message on stderr, nothing on stdout', async (_what, args, message) => {
  const { exitCode, stdout, stderr } = await traitleak(args, { cwd: inputFolder() });

  expect(exitCode).toBe(2);
  expect(stderr).toMatch(message);
  expect(stderr).toContain('--help');
  expect(stdout).toBe('');
});

test('--debug adds the stack to an error', async () => {
  const { exitCode, stderr } = await traitleak(['--debug', 'audit', 'none.yaml'], { cwd: inputFolder() });

  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^\s+at /m);
});

test('a SOURCE_DATE_EPOCH that is no number is wrong usage', async () => {
  const cwd = inputFolder({ 'd.csv': 'segment_id\n1\n' });

  const { exitCode, stderr } = await traitleak(['audit', '--definitions', 'd.csv'], {
    cwd,
    env: { SOURCE_DATE_EPOCH: 'today' },
  });

  expect(exitCode).toBe(2);
  expect(stderr).toContain('SOURCE_DATE_EPOCH=today: expected seconds since 1970');
});
