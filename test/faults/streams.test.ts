import { execFileSync, spawn } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { expectRefusal, traitleak } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

const ROWS = csv(['user_id', 'segment_id'], ...Array.from({ length: 40 }, (_, i) => [`u${i}`, 1 + (i % 2)]));
const DEFINITIONS = csv(['segment_id', 'name'], ['1', 'LGBT']);

/** A folder with a pipe that something writes a file to. */
function pipeFolder(name: string, content: string): string {
  const cwd = inputFolder({ 'a.csv': ROWS, 'd.csv': DEFINITIONS, content });
  execFileSync('mkfifo', [join(cwd, name)]);
  const writer = spawn('sh', ['-c', `cat content > ${name}`], { cwd, stdio: 'ignore' });
  onTestFinished(() => void writer.kill('SIGKILL'));
  return cwd;
}

describe.skipIf(process.platform === 'win32')('a pipe', () => {
  test.each<[what: string, args: readonly string[]]>([
    ['assignments', ['audit', '--assignments', 'pipe.csv']],
    ['a panel', ['audit', '--assignments', 'a.csv', '--traits', 'pipe.csv']],
    ['consent', ['audit', '--assignments', 'a.csv', '--consent', 'pipe.csv']],
    ['an earlier export', ['audit', '--assignments', 'a.csv', '--previous-assignments', 'pipe.csv']],
    ['a file for init', ['init', 'pipe.csv', '-o', '-']],
  ])('is refused as %s, which would be read more than once', async (_what, args) => {
    await expectRefusal(pipeFolder('pipe.csv', ROWS), args, {
      code: 'E_INPUT_UNREADABLE',
      message: 'This is a pipe or a device',
      at: 'pipe.csv',
    });
  });

  test('is read as definitions, which are read once', async () => {
    const cwd = pipeFolder('pipe.csv', DEFINITIONS);

    const { exitCode, stdout } = await traitleak(['audit', '--definitions', 'pipe.csv', '-q', '-f', 'json'], { cwd });

    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toHaveProperty('segments.0.name', 'LGBT');
  });
});

test.skipIf(!existsSync('/dev/zero'))('a device that never ends is refused', async () => {
  const cwd = inputFolder({ 'd.csv': DEFINITIONS });
  for (const name of ['z.csv', 'z.json', 'z.yaml']) symlinkSync('/dev/zero', join(cwd, name));

  for (const [args, at] of [
    [['audit', '--definitions', 'z.csv'], 'z.csv'],
    [['audit', 'z.yaml'], 'z.yaml'],
    [['audit', '--definitions', 'd.csv', '--baseline', 'z.json'], 'z.json'],
    [['audit', '--assignments', 'z.csv'], 'z.csv'],
    [['rules', 'validate', './z.yaml'], './z.yaml'],
  ] as const) {
    await expectRefusal(cwd, args, { code: 'E_INPUT_UNREADABLE', message: 'a device', at });
  }
});
