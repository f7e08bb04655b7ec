import { DIALECTS as REGISTRY } from '../../src/engine/sql/dialects/index.ts';
import { DIFF_FORMATS } from '../../src/report/diff-formats.ts';
import { hostileValue, TOKENS } from './mutate.ts';
import type { Random } from './random.ts';

const DIALECTS = REGISTRY.map(({ id }) => id);
const LEAVE_OUT = 'leaveOut=[leakage,combinations]';
const WAIVE = ['--from', 'results.json', '--expires', '2099-01-01', '--to', 'out/waivers.yaml'];

/** A file, and what is run on it. */
export interface Target {
  /** The file that is damaged. */
  readonly file: string;
  /** One of them is run each time; what is a function chooses its arguments anew. */
  readonly commands: readonly (readonly string[] | ((random: Random) => readonly string[]))[];
  /** The file is the standard input. */
  readonly isPiped?: boolean;
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

export const TARGETS: readonly Target[] = [
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
  {
    file: 'results.json',
    commands: [
      ...Object.keys(DIFF_FORMATS).flatMap((format) => [
        ['diff', 'results.json', 'now.json', '-f', format],
        ['diff', 'now.json', 'results.json', '--verbose', '-f', `${format}=out/diff`],
      ]),
      ['verify', 'results.json'],
      ['verify', 'results.json', '--rerun'],
      ['sql', '--dialect', 'postgres', '--flagged-by', 'results.json', '-o', 'out/query.sql'],
    ],
  },
  {
    file: 'traitleak.lock',
    commands: [
      [
        'audit',
        '--set',
        'lock=traitleak.lock',
        '--set',
        'packs=[recommended]',
        '--definitions',
        'definitions.csv',
        ...OUT,
      ],
      ['audit', '--definitions', 'definitions.csv', ...OUT],
    ],
  },
  {
    file: 'pack.yaml',
    commands: [
      ['rules', 'lock'],
      ['rules', 'show', 'our-name-rule', '--pack', './pack.yaml'],
    ],
  },
  {
    file: 'warehouse.yaml',
    commands: DIALECTS.map((dialect) => ['sql', 'warehouse.yaml', '--dialect', dialect, '-o', 'out/query.sql']),
  },
  {
    file: 'traits.csv',
    commands: DIALECTS.map((dialect) => [
      ...[
        'sql',
        '--dialect',
        dialect,
        '--assignments',
        'assignments.csv',
        '--traits',
        'traits.csv',
        '-o',
        'out/query.sql',
      ],
      ...['--assignments-table', 'a', '--traits-table', 't'],
    ]),
  },
  ...['assignments.parquet', 'assignments.csv.gz', 'assignments.csv.zst', 'assignments.jsonl.gz', 'lists.parquet'].map(
    (file): Target => ({
      file,
      commands: [
        ['audit', '--assignments', file, '--traits', 'traits.csv', '--set', 'leaveOut=[leakage]', ...OUT],
        ['audit', '--assignments', 'assignments.csv', '--previous-assignments', file, '--set', LEAVE_OUT, ...OUT],
        ['init', file, 'traits.csv', '-o', '-'],
      ],
    }),
  ),
  ...['traits.parquet', 'traits.csv.gz', 'traits.csv.zst'].map(
    (file): Target => ({
      file,
      commands: [
        ['audit', '--assignments', 'assignments.csv', '--traits', file, '--set', LEAVE_OUT, ...OUT],
        ['init', file, '-o', '-'],
      ],
    }),
  ),
  {
    file: 'wide.csv',
    commands: [['audit', '--assignments', 'wide.csv', '--traits', 'traits.csv', '--set', LEAVE_OUT, ...OUT]],
  },
  {
    file: 'weighted-counts.csv',
    commands: [['audit', '--counts', 'weighted-counts.csv', ...OUT]],
  },
  {
    file: 'consent.jsonl',
    commands: [
      [
        'audit',
        '--assignments',
        'assignments.csv',
        '--definitions',
        'definitions.csv',
        '--consent',
        'consent.jsonl',
        ...OUT,
      ],
    ],
  },
  {
    file: 'names.txt',
    isPiped: true,
    commands: [['check'], ['check', '--format', 'jsonl', '--fail-on', 'sensitive']],
  },
  ...['assignments.csv', 'assignments.jsonl', 'assignments.csv.gz', 'assignments.csv.zst', 'assignments.parquet'].map(
    (file): Target => ({
      file,
      isPiped: true,
      commands: [['audit', '--assignments', '-', '--traits', 'traits.csv', '--set', LEAVE_OUT, ...OUT]],
    }),
  ),
  {
    file: 'traitleak.yaml',
    commands: [
      (random) => ['audit', ...settings(random), ...OUT],
      (random) => ['audit', ...flags(random), ...OUT],
      (random) => ['sql', '--dialect', 'duckdb', ...settings(random)],
    ],
  },
  {
    file: 'definitions.csv',
    commands: [
      (random) => ['check', '--', ...hostileWords(random)],
      (random) => ['explain', hostileWord(random), '--from', 'results.json'],
      (random) => ['rules', 'show', hostileWord(random)],
      (random) => [
        'waive',
        hostileWord(random),
        ...WAIVE,
        '--reason',
        hostileWord(random),
        '--owner',
        hostileWord(random),
      ],
      (random) => ['report', 'results.json', '-f', `${hostileWord(random)}=out/x`],
      (random) => ['complete', '--', ...hostileWords(random)],
      (random) => ['init', 'definitions.csv', 'traits.csv', '-o', '-', ...hostileWords(random)],
    ],
  },
];

/** Settings of keys that the config has, or might have. */
function settings(random: Random): readonly string[] {
  return Array.from({ length: 1 + random.below(3) }, () => [
    '--set',
    `${random.pick(KEYS)}${random.below(4) === 0 ? `.${random.pick(KEYS)}` : ''}${random.below(20) === 0 ? '' : '='}${random.pick([hostileWord(random), hostileWord(random), JSON.stringify(hostileValue(random)).slice(0, 10_000)])}`,
  ]).flat();
}

const KEYS = [
  ...[
    'definitions',
    'assignments',
    'assignments.files',
    'assignments.user',
    'assignments.segment',
    'assignments.score',
  ],
  ...['assignments.threshold', 'assignments.time', 'assignments.latest', 'assignments.format', 'assignments.delimiter'],
  ...['assignments.separator', 'traits', 'traits.file', 'traits.user', 'traits.columns', 'traits.columns.religion'],
  ...[
    'traits.columns.weight',
    'traits.strata',
    'traits.weight',
    'traits.intersections',
    'previous',
    'previous.assignments',
  ],
  ...['consent', 'consent.trait', 'consent.withdrawn', 'counts', 'packs', 'failOn', 'minCell', 'multiplicity.method'],
  ...['multiplicity.level', 'multiplicity.family', 'leaveOut', 'waivers', 'baseline', 'lock', 'report.edition'],
  ...['report.dpEpsilon', 'report.dpSecretFile', 'selfTest', 'engine.threads', 'engine.memory', 'warehouse.dialect'],
  ...[
    'warehouse.assignments',
    'warehouse.traits.table',
    '__proto__',
    '__proto__.minCell',
    'constructor.prototype.a',
    '',
  ],
  ...['a.b.c', '.', '..', 'toString'],
] as const satisfies readonly string[];

/** Flags with values that they may not be made for. */
function flags(random: Random): readonly string[] {
  return Array.from({ length: 1 + random.below(3) }, () => [random.pick(FLAGS), hostileWord(random)]).flat();
}

const FLAGS = [
  ...['--definitions', '--assignments', '--traits', '--counts', '--consent', '--previous-definitions', '--baseline'],
  ...['--previous-assignments', '--pack', '--fail-on', '--waivers', '--min-cell', '--edition', '--dp-epsilon', '-f'],
  ...['--dp-secret-file', '--threads', '--memory', '--assignments-format', '--fail-on-inconclusive', '--self-test'],
] as const satisfies readonly string[];

const hostileWords = (random: Random): readonly string[] =>
  Array.from({ length: 1 + random.below(3) }, () => hostileWord(random));

/** A word of a command line, which cannot hold a NUL. */
function hostileWord(random: Random): string {
  const value = random.below(3) === 0 ? hostileValue(random) : random.pick(TOKENS);
  const word = typeof value === 'string' ? value : JSON.stringify(value);
  return word.replaceAll('\0', '').slice(0, 50_000);
}
