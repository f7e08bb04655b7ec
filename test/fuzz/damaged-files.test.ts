import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { traitleak } from '../command-line.ts';
import { SOUND_FILES, soundFolder, USER_MARK, writeBinaryFiles } from './corpus.ts';
import { mutate } from './mutate.ts';
import { seededRandom } from './random.ts';
import { runHere } from './run-here.ts';
import { TARGETS } from './targets.ts';

const SEED = Number(process.env.FUZZ_SEED ?? 1);

/** Seconds that were asked for, over all files; without them a set number of cases is run, so that every machine does the same. */
const SECONDS = process.env.FUZZ_SECONDS === undefined ? undefined : Number(process.env.FUZZ_SECONDS);
const CASES = 6;

let folder = '';
let sound: Record<string, Buffer> = {};
let fingerprint = '';

beforeAll(async () => {
  folder = soundFolder();
  const binary = await writeBinaryFiles(folder);
  const { exitCode, stderr } = await runHere(['audit', '-q', '-f', 'json=results.json'], folder);
  expect(stderr).toBe('');
  expect(exitCode).toBe(1);
  await runHere(['audit', '-q', '--set', 'packs=[strict]', '--fail-on', 'never', '-f', 'json=now.json'], folder);
  expect((await runHere(['baseline', 'results.json', '-o', 'baseline.json'], folder)).exitCode).toBe(0);
  expect((await runHere(['rules', 'lock', 'traitleak.yaml'], folder)).exitCode).toBe(0);
  const names = [...Object.keys(SOUND_FILES), ...binary, 'results.json', 'now.json', 'baseline.json', LOCK];
  sound = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name))]));
  // It would bind every audit with the config.
  rmSync(join(folder, LOCK));
  const { findings } = JSON.parse(String(sound['results.json'])) as { findings: { fingerprint: string }[] };
  fingerprint = findings[0]?.fingerprint ?? '';
  expect(fingerprint).not.toBe('');
});

const LOCK = 'traitleak.lock';

afterAll(() => rmSync(folder, { recursive: true, force: true }));

for (const [index, { file, commands, isPiped = false }] of TARGETS.entries()) {
  const place = isPiped ? `${file} on standard input` : file;
  test(`${index}: whatever is in ${place}, a run ends with status 0, 1 or 2 and a message, and tells no user`, {
    timeout: 120_000 + 2000 * (SECONDS ?? 0),
  }, async () => {
    const end = performance.now() + (1000 * (SECONDS ?? 0)) / TARGETS.length;
    const isOver = (cases: number): boolean => (SECONDS === undefined ? cases >= CASES : performance.now() >= end);
    const faults: string[] = [];
    for (let number = 0; !isOver(number); number += 1) {
      const random = seededRandom(SEED * 1_000_003 + index * 10_007 + number);
      const content = mutate(file, sound[file] ?? Buffer.alloc(0), random);
      const command = commands[number % commands.length] ?? [];
      const chosen = typeof command === 'function' ? command(random) : command;
      const args = chosen.map((arg) => (arg === 'FINGERPRINT' ? fingerprint : arg));
      if (!isPiped && typeof command !== 'function') writeFileSync(join(folder, file), content);
      const fault = await faultOf(args, {
        isReal: number % 40 === 2 * index,
        input: isPiped ? content : Buffer.alloc(0),
      });
      if (fault !== undefined)
        faults.push(`seed ${SEED}, target ${index}, number ${number}, ${shortened(args)}: ${fault}`);
      rmSync(join(folder, LOCK), { force: true });
    }
    if (file !== LOCK) writeFileSync(join(folder, file), sound[file] ?? '');
    expect(faults).toEqual([]);
  });
}

const shortened = (args: readonly string[]): string => JSON.stringify(args).slice(0, 500);

/** Runs a command, and says what it did that no command may do. */
async function faultOf(
  args: readonly string[],
  { isReal, input }: { readonly isReal: boolean; readonly input: Buffer },
): Promise<string | undefined> {
  const out = join(folder, 'out');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const { exitCode, stdout, stderr } = isReal
    ? await traitleak(args, { cwd: folder, input })
    : await runHere(args, folder, input);
  const written = readdirSync(out).map((name) => readFileSync(join(out, name), 'utf8'));
  const told = JSON.stringify(stderr.slice(0, 1000));
  if (exitCode !== 0 && exitCode !== 1 && exitCode !== 2) return `exit status ${exitCode}, ${told}`;
  if (/^\s+at |\(node:\d+\)|Warning:/m.test(stderr)) return `a stack or a warning, ${told}`;
  if (stderr.length > 20_000) return `an endless message, ${told}`;
  for (const text of [stderr, stdout, ...written]) {
    const mark = text.toLowerCase().indexOf(USER_MARK);
    if (mark >= 0) return `a user id, ${JSON.stringify(text.slice(Math.max(0, mark - 200), mark + 100))}`;
  }
  const isExplained =
    /^error [^\n]*\(E_[A-Z_]+\)\n {6}\S/m.test(stderr) || /^error: .*\nRun the command with --help/s.test(stderr);
  if (exitCode === 2 && !isExplained) return `no message, ${told}`;
  if (exitCode === 2 && written.length > 0) return `a file of a run that failed, ${told}`;
  const wasAudited = args[0] === 'audit' && exitCode !== 2 && args.includes('json=out/results.json');
  return wasAudited && written.length !== 2 ? `no results, ${told}` : undefined;
}
