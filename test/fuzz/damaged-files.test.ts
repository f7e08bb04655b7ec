import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { traitleak } from '../command-line.ts';
import { SOUND_FILES, soundFolder, USER_MARK } from './corpus.ts';
import { mutate } from './mutate.ts';
import { seededRandom } from './random.ts';
import { runHere } from './run-here.ts';

interface Target {
  /** The file that is damaged. */
  readonly file: string;
  /** One of them is run each time. */
  readonly commands: readonly (readonly string[])[];
}

const OUT = ['-f', 'json=out/results.json', '-f', 'html=out/report.html', '-f', 'text'];
const words = (file: string): readonly string[] => ['audit', '--definitions', file, ...OUT];

const FORMATS = [
  'text',
  'json',
  'html',
  'markdown',
  'markdown-report',
  'sarif',
  'junit',
  'github',
  'gitlab',
  'csv',
  'csv-associations',
  'openmetrics',
];

const TARGETS: readonly Target[] = [
  {
    file: 'traitleak.yaml',
    commands: [
      ['audit', ...OUT],
      ['audit', '--definitions', 'definitions.json', '--traits', 'traits.csv', ...OUT],
    ],
  },
  { file: 'definitions.csv', commands: [words('definitions.csv'), ['init', 'definitions.csv', '-o', '-']] },
  { file: 'definitions.json', commands: [words('definitions.json')] },
  { file: 'definitions.jsonl', commands: [words('definitions.jsonl')] },
  { file: 'definitions.yaml', commands: [words('definitions.yaml')] },
  {
    file: 'assignments.csv',
    commands: [
      [
        'audit',
        '--assignments',
        'assignments.csv',
        '--traits',
        'traits.csv',
        '--set',
        'leaveOut=[leakage,combinations]',
        ...OUT,
      ],
      ['init', 'assignments.csv', 'traits.csv', '-o', '-'],
    ],
  },
  { file: 'assignments.jsonl', commands: [['audit', '--assignments', 'assignments.jsonl', ...OUT]] },
  {
    file: 'traits.csv',
    commands: [
      ['audit', '--assignments', 'assignments.csv', '--traits', 'traits.csv', ...OUT],
      ['init', 'traits.csv', '-o', '-'],
    ],
  },
  {
    file: 'consent.csv',
    commands: [
      [
        'audit',
        '--definitions',
        'definitions.csv',
        '--assignments',
        'assignments.csv',
        '--consent',
        'consent.csv',
        ...OUT,
      ],
    ],
  },
  { file: 'before-assignments.csv', commands: [['audit', ...OUT]] },
  { file: 'counts.csv', commands: [['audit', '--counts', 'counts.csv', '--definitions', 'definitions.csv', ...OUT]] },
  {
    file: 'pack.yaml',
    commands: [
      ['rules', 'validate', './pack.yaml'],
      ['rules', 'test', './pack.yaml'],
      ['rules', 'list', './pack.yaml'],
      ['audit', '--definitions', 'definitions.csv', '--pack', './pack.yaml', ...OUT],
    ],
  },
  {
    file: 'waivers.yaml',
    commands: [
      ['audit', '--definitions', 'definitions.csv', '--waivers', 'waivers.yaml', ...OUT],
      [
        'waive',
        'FINGERPRINT',
        '--from',
        'results.json',
        '--reason',
        'r',
        '--owner',
        'o',
        '--expires',
        '2099-01-01',
        '--to',
        'waivers.yaml',
        '--renew',
      ],
    ],
  },
  {
    file: 'baseline.json',
    commands: [['audit', '--definitions', 'definitions.csv', '--baseline', 'baseline.json', ...OUT]],
  },
  {
    file: 'results.json',
    commands: [
      ...FORMATS.map((format) => ['report', 'results.json', '-f', format]),
      ...['html', 'markdown', 'markdown-report'].map((format) => [
        'report',
        'results.json',
        '--edition',
        'publishable',
        '-f',
        format,
      ]),
      ['explain', 'c01', '--from', 'results.json'],
      ['baseline', 'results.json', '-o', '-'],
      [
        'waive',
        'FINGERPRINT',
        '--from',
        'results.json',
        '--reason',
        'r',
        '--owner',
        'o',
        '--expires',
        '2099-01-01',
        '--to',
        'out/waivers.yaml',
      ],
      ['audit', '--definitions', 'definitions.csv', '--baseline', 'results.json', ...OUT],
    ],
  },
];

const SEED = Number(process.env.FUZZ_SEED ?? 1);

/** Seconds that were asked for, over all files; without them a set number of cases is run, so that every machine does the same. */
const SECONDS = process.env.FUZZ_SECONDS === undefined ? undefined : Number(process.env.FUZZ_SECONDS);
const CASES = 8;

let folder = '';
let sound: Record<string, string> = {};
let fingerprint = '';

beforeAll(async () => {
  folder = soundFolder();
  const { exitCode, stderr } = await runHere(['audit', '-q', '-f', 'json=results.json'], folder);
  expect(stderr).toBe('');
  expect(exitCode).toBe(1);
  expect((await runHere(['baseline', 'results.json', '-o', 'baseline.json'], folder)).exitCode).toBe(0);
  sound = { ...SOUND_FILES };
  for (const name of ['results.json', 'baseline.json']) sound[name] = readFileSync(join(folder, name), 'utf8');
  fingerprint =
    (JSON.parse(sound['results.json'] ?? '') as { findings: { fingerprint: string }[] }).findings[0]?.fingerprint ?? '';
  expect(fingerprint).not.toBe('');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

for (const [index, { file, commands }] of TARGETS.entries()) {
  test(`whatever is in ${file}, a run ends with status 0, 1 or 2 and a message, and tells no user`, {
    timeout: 120_000 + 2000 * (SECONDS ?? 0),
  }, async () => {
    const end = performance.now() + (1000 * (SECONDS ?? 0)) / TARGETS.length;
    const isOver = (cases: number): boolean => (SECONDS === undefined ? cases >= CASES : performance.now() >= end);
    const faults: string[] = [];
    for (let number = 0; !isOver(number); number += 1) {
      const random = seededRandom(SEED * 1_000_003 + index * 10_007 + number);
      writeFileSync(join(folder, file), mutate(file, Buffer.from(sound[file] ?? ''), random));
      const args = (commands[number % commands.length] ?? []).map((arg) => (arg === 'FINGERPRINT' ? fingerprint : arg));
      const fault = await faultOf(args, number % 40 === 2 * index);
      if (fault !== undefined) faults.push(`seed ${SEED}, number ${number}, ${args.join(' ')}: ${fault}`);
    }
    writeFileSync(join(folder, file), sound[file] ?? '');
    expect(faults).toEqual([]);
  });
}

/** Runs a command, and says what it did that no command may do. */
async function faultOf(args: readonly string[], isReal: boolean): Promise<string | undefined> {
  const out = join(folder, 'out');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const { exitCode, stdout, stderr } = isReal ? await traitleak(args, { cwd: folder }) : await runHere(args, folder);
  const written = readdirSync(out).map((name) => readFileSync(join(out, name), 'utf8'));
  const told = JSON.stringify(stderr.slice(0, 1000));
  if (exitCode !== 0 && exitCode !== 1 && exitCode !== 2) return `exit status ${exitCode}, ${told}`;
  if (/^\s+at |\(node:\d+\)|Warning:/m.test(stderr)) return `a stack or a warning, ${told}`;
  if (stderr.length > 20_000) return `an endless message, ${told}`;
  for (const text of [stderr, stdout, ...written]) {
    const mark = text.toLowerCase().indexOf(USER_MARK);
    if (mark >= 0) return `a user id, ${JSON.stringify(text.slice(Math.max(0, mark - 200), mark + 100))}`;
  }
  if (exitCode === 2 && !/^error .*\(E_[A-Z_]+\)\n {6}\S/m.test(stderr)) return `no message, ${told}`;
  if (exitCode === 2 && written.length > 0) return `a file of a run that failed, ${told}`;
  const wasAudited = args[0] === 'audit' && exitCode !== 2;
  return wasAudited && written.length !== 2 ? `no results, ${told}` : undefined;
}
