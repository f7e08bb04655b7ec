import { lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { EXECUTABLE, expectRefusal, traitleak } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

const USERS = Array.from({ length: 40 }, (_, index) => `u${index}`);
const FILES = {
  'd.csv': csv(['segment_id', 'name'], ['1', 'LGBT'], ['2', 'tea']),
  'a.csv': csv(['user_id', 'segment_id'], ...USERS.map((user, index) => [user, 1 + (index % 2)])),
  't.csv': csv(['user_id', 'religion'], ...USERS.map((user, index) => [user, index % 3 === 0 ? 'x' : 'y'])),
};
const WORDS = ['audit', '--definitions', 'd.csv', '-q'];

describe('an output that would take the place of an input is refused', () => {
  test.each<[what: string, file: string, args: readonly string[]]>([
    ['definitions', 'd.csv', [...WORDS, '-f', 'json=./d.csv']],
    ['assignments that a pattern names', 'a.csv', ['audit', '--assignments', 'a*.csv', '-q', '-f', 'csv=a.csv']],
    ['the panel', 't.csv', ['audit', '--assignments', 'a.csv', '--traits', 't.csv', '-q', '-f', 'csv=t.csv']],
    ['results of report', 'r.json', ['report', 'r.json', '-f', 'html=r.json']],
    ['results of baseline', 'r.json', ['baseline', 'r.json', '-o', 'r.json']],
    ['results of diff', 'r.json', ['diff', 'r.json', 'r.json', '-f', 'text=r.json']],
    ['results of verify', 'r.json', ['verify', 'r.json', '-f', 'json=r.json']],
    ['a file that init looks at', 'd.csv', ['init', 'd.csv', '-o', 'd.csv', '--force']],
    [
      'a file whose header sql reads',
      't.csv',
      ['sql', '--dialect', 'postgres', '--assignments', 'a.csv', '--traits', 't.csv', '-o', 't.csv'],
    ],
  ])('%s', async (_what, file, args) => {
    const cwd = inputFolder(FILES);
    await traitleak([...WORDS, '-f', 'json=r.json'], { cwd });
    const before = readFileSync(join(cwd, file), 'utf8');

    await expectRefusal(cwd, args, { code: 'E_USAGE', message: 'The output would take the place of an input: ' });

    expect(readFileSync(join(cwd, file), 'utf8')).toBe(before);
  });

  test.skipIf(process.platform === 'win32')('also by a link', async () => {
    const cwd = inputFolder(FILES);
    symlinkSync('d.csv', join(cwd, 'link'));

    await expectRefusal(cwd, [...WORDS, '-f', 'json=link'], { code: 'E_USAGE', message: 'the place of an input' });
  });

  test('also a lock file that would take the place of definitions', async () => {
    const cwd = inputFolder({ ...FILES, 'traitleak.yaml': 'definitions: d.csv\nlock: d.csv\n' });

    await expectRefusal(cwd, ['rules', 'lock'], { code: 'E_USAGE', message: 'the place of an input' });
  });
});

describe.skipIf(process.platform === 'win32')('an output that is a link', () => {
  test('is written where the link points to, though nothing is there yet, and the link stays', async () => {
    const cwd = inputFolder({ ...FILES, 'there/keep': '' });
    symlinkSync(join('there', 'r.json'), join(cwd, 'link'));

    const { exitCode } = await traitleak([...WORDS, '-f', 'json=link'], { cwd });

    expect(exitCode).toBe(1);
    expect(lstatSync(join(cwd, 'link')).isSymbolicLink()).toBe(true);
    expect(readdirSync(join(cwd, 'there')).sort()).toEqual(['keep', 'r.json']);
  });

  test('to itself is refused', async () => {
    const cwd = inputFolder(FILES);
    symlinkSync('link', join(cwd, 'link'));

    await expectRefusal(cwd, [...WORDS, '-f', 'json=link'], { code: 'E_OUTPUT', message: 'never end' });
  });

  test('to another output is refused', async () => {
    const cwd = inputFolder(FILES);
    symlinkSync('r.json', join(cwd, 'link'));

    await expectRefusal(cwd, [...WORDS, '-f', 'json=r.json', '-f', 'html=link'], {
      code: 'E_USAGE',
      message: 'Two outputs go to the same place',
    });
  });
});

test('a hyphen stands for stdout', async () => {
  const cwd = inputFolder(FILES);

  const { stdout } = await traitleak([...WORDS, '-f', 'json=-'], { cwd });

  expect(JSON.parse(stdout)).toHaveProperty('segments');
  expect(readdirSync(cwd).sort()).toEqual(['a.csv', 'd.csv', 't.csv']);
  await expectRefusal(cwd, [...WORDS, '-f', 'json=-', '-f', 'text'], {
    code: 'E_USAGE',
    message: 'Two outputs go to the same place: stdout.',
  });
});

test('names of outputs may be as long as the system lets them be; one that is longer is one message', async () => {
  const cwd = inputFolder(FILES);

  const long = await traitleak([...WORDS, '-f', `json=${'é'.repeat(120)}`], { cwd });
  expect(long.exitCode).toBe(1);
  expect(readdirSync(cwd)).toHaveLength(4);

  const { exitCode, stderr } = await traitleak([...WORDS, '-f', `json=${'x'.repeat(5000)}`], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr.match(/\(E_OUTPUT\)/g)).toHaveLength(1);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr.length).toBeLessThan(5000);
});

test.skipIf(process.platform === 'win32')('a working directory that is gone is one message', async () => {
  const cwd = inputFolder(FILES);
  const script = `mkdir gone && cd gone && rmdir ../gone && '${process.execPath}' '${EXECUTABLE}' audit --definitions d.csv`;

  const { exitCode, stderr } = await execa('sh', ['-c', script], { cwd, reject: false });

  expect(exitCode).toBe(2);
  expect(stderr).toContain('The working directory is not there any more. (E_USAGE)');
});
