import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { csv, writeFiles } from '../input-folder.ts';

/** What every user id of the made export begins with; no output may hold it. */
export const USER_MARK = 'uqz7x';

const SEGMENTS = ['c01', 'c02', 'c03', '48213', '007', 'c06'] as const;

const NAMES = ['LGBT', 'alt female', 'Gardening', '48213', 'Ramadan recipes', 'Chess'] as const;

const userId = (index: number): string => `${USER_MARK}${String(index).padStart(4, '0')}`;

interface User {
  readonly id: string;
  readonly orientation: string;
  readonly religion: string;
  readonly country: string;
  readonly segments: readonly string[];
}

const USERS: readonly User[] = Array.from({ length: 320 }, (_, index) => {
  const hasValue = index % 4 === 0;
  return {
    id: userId(index),
    orientation: hasValue ? 'lgbtq' : 'straight',
    religion: ['muslim', 'christian', 'none', ''][index % 5] ?? 'none',
    country: index % 3 === 0 ? 'A' : 'B',
    segments: [
      SEGMENTS[(index * 7) % 6] ?? 'c01',
      ...(hasValue && index % 8 !== 0 ? ['48213'] : []),
      ...(index % 5 === 0 ? ['007'] : []),
    ],
  };
});

/** Users are wholly in or out of a segment. */
const memberships = USERS.flatMap(({ id, segments }) => [...new Set(segments)].map((segment) => [id, segment]));

/** Files of a small export with something of everything: each is sound, and damaged by one test or another. */
export const SOUND_FILES: Readonly<Record<string, string>> = {
  'definitions.csv': csv(
    ['segment_id', 'name', 'description', 'topics', 'purpose'],
    ...SEGMENTS.map((id, index) => [
      id,
      NAMES[index] ?? '',
      index === 1 ? '"A ""quoted"" one, with a comma"' : '',
      index === 0 ? 'coming out stories:0.6;city:0.4' : 'travel:1',
      index % 2 === 0 ? 'ads' : '',
    ]),
  ),
  'definitions.json': `${JSON.stringify({ segments: SEGMENTS.map((segment_id, index) => ({ segment_id, name: NAMES[index], topics: [{ term: 'drag', weight: 0.5 }, { term: 'city' }], purpose: 'ads', visible: true })) }, undefined, 2)}\n`,
  'definitions.jsonl': SEGMENTS.map(
    (segment_id, index) => `${JSON.stringify({ segment_id, name: NAMES[index] })}\n`,
  ).join(''),
  'definitions.yaml': `segments:\n${SEGMENTS.map((id, index) => `  - segment_id: ${id}\n    name: ${NAMES[index]}\n    topics: [{ term: drag, weight: 0.5 }]\n`).join('')}`,
  'assignments.csv': csv(
    ['user_id', 'segment_id', 'score'],
    ...memberships.map(([id = '', segment = ''], index) => [id, segment, (index % 10) / 10]),
  ),
  'assignments.jsonl': memberships
    .map(([user_id, segment_id]) => `${JSON.stringify({ user_id, segment_id })}\n`)
    .join(''),
  'traits.csv': csv(
    ['user_id', 'sexual_orientation', 'religion', 'country', 'weight'],
    ...USERS.map(({ id, orientation, religion, country }) => [id, orientation, religion, country, 1.5]),
  ),
  'consent.csv': csv(
    ['user_id', 'trait', 'granted'],
    ...USERS.slice(0, 100).map(({ id }) => [id, 'sexual_orientation', 'yes']),
  ),
  'counts.csv': csv(
    ['segment_id', 'trait', 'value', 'in_value', 'in_other', 'out_value', 'out_other'],
    ['c01', 'sexual_orientation', 'lgbtq', 40, 60, 100, 800],
    ['c02', 'sexual_orientation', 'lgbtq', 14, 86, 126, 774],
    ['c03', 'religion', 'muslim', 3, 97, 50, 850],
  ),
  'weighted-counts.csv': csv(
    [
      ...[
        'kind',
        'segment_id',
        'trait',
        'value',
        'stratum',
        'in_value',
        'in_other',
        'out_value',
        'out_other',
        'in_unknown',
      ],
      ...['out_unknown', 'members', 'in_value_weight', 'in_value_squared_weight', 'out_value_weight'],
      'out_value_squared_weight',
    ],
    ...['A', 'B'].flatMap((stratum) => [
      ['segment', 'c01', 'religion', 'muslim', stratum, 40, 60, 100, 800, 3, 5, 300, 60, 90, 150, 225],
      ['segment', 'c01', 'religion', 'none', stratum, 60, 40, 800, 100, 3, 5, 300, 90, 135, 1200, 1800],
    ]),
    ...['muslim', 'none'].map((value) => [
      'no-segment',
      '',
      'religion',
      value,
      'A',
      40,
      40,
      400,
      400,
      1,
      1,
      '',
      60,
      90,
      600,
      900,
    ]),
    ['fact', '', '', 'users', '', 5000, ...Array(10).fill('')],
    ['fact', '', '', 'panel-users', '', 2016, ...Array(10).fill('')],
    ['stratum-column', '', '', 'country', '', 0, ...Array(10).fill('')],
    ['protected', '', 'religion', 'muslim', '', ...Array(11).fill('')],
  ),
  'wide.csv': csv(
    ['user_id', ...SEGMENTS],
    ...USERS.map(({ id, segments }) => [id, ...SEGMENTS.map((segment) => (segments.includes(segment) ? 1 : 0))]),
  ),
  'consent.jsonl': USERS.slice(0, 100)
    .map(
      ({ id }, index) =>
        `${JSON.stringify({ user_id: id, purpose: 'ads', granted: index % 3 > 0, withdrawn: null })}\n`,
    )
    .join(''),
  'names.txt': [...NAMES, 'g4y m3n', 'black friday', 'l.g.b.t', 'מוסלמים', 'Club de lesbianas', ''].join('\n'),
  'warehouse.yaml': `warehouse:
  dialect: postgres
  assignments: { table: export.members, user: profile_id, segment: taste, score: affinity, threshold: 0.5 }
  traits:
    table: [research, panel.2026]
    user: profile_id
    columns:
      orientation: { trait: sexual_orientation, protected: [gay, lesbian, bi], unknown: ['?'] }
      years: { trait: age, bands: [18, 25, 40, 65] }
    strata: [country]
    weight: w
    intersections: [[sexual_orientation, age]]
`,
  'before-definitions.csv': csv(['segment_id', 'name'], ['a1', 'LGBT'], ['a2', 'Gardening']),
  'before-assignments.csv': csv(
    ['user_id', 'segment_id'],
    ...memberships.filter(([, segment]) => segment === '48213').map(([id = '']) => [id, 'a1']),
  ),
  'traitleak.yaml': `definitions: definitions.csv
assignments: { files: [assignments.csv], user: user_id, segment: segment_id }
traits:
  file: traits.csv
  user: user_id
  columns:
    sexual_orientation: { trait: sexual_orientation, protected: [lgbtq], unknown: ['', unknown] }
    religion: religion
  strata: [country]
  weight: weight
  intersections: [[sexual_orientation, religion]]
previous: { definitions: before-definitions.csv, assignments: before-assignments.csv }
consent: { file: consent.csv, trait: trait, granted: granted }
packs: [recommended, ./pack.yaml]
failOn: high
minCell: 11
multiplicity: { method: bh, family: run, level: 0.05 }
waivers: waivers.yaml
report: { edition: restricted }
engine: { threads: 1, memory: 1GiB }
`,
  'pack.yaml': `id: our-rules
version: 1.0.0
title: Our rules
specialTraits: [sexual_orientation, religion]
references:
  - id: our-policy-3
    title: Data policy, section 3
rules:
  - id: our-name-rule
    kind: name
    title: The name states a trait that our policy forbids
    severity: critical
    traits: special
    when: { strength: explicit, fields: [name, segment_id] }
    why: Everyone with access to the dashboard reads the name.
    remedy: Delete the segment.
    law: [our-policy-3]
    cases:
      fires:
        - name: LGBT
      silent:
        - name: Gardening
  - id: our-size-rule
    basedOn: recommended/membership-proxy-special
    title: Membership gives a trait away
    severity: high
    traits: special
    why: Whoever sees the membership learns the trait.
    remedy: Delete the segment.
    law: [our-policy-3]
    cases:
      fires:
        - note: everyone in it has the value
          export:
            groups:
              - { users: 60, segments: [9], traits: { sexual_orientation: lgbtq } }
              - { users: 240, segments: [8], traits: { sexual_orientation: straight } }
            day: 2026-02-01
      silent:
        - export:
            counts:
              - { segment_id: 9, trait: sexual_orientation, value: lgbtq, in_value: 900, in_other: 9100, out_value: 9000, out_other: 91000 }
`,
  'waivers.yaml': `# accepted
- fingerprint: 0123456789abcdef
  reason: Wound down by March
  owner: Data team
  expires: 2027-03-31
  ticket: 0012
  evidence: { rule: our-name-rule, segment: c01, trait: sexual_orientation, severity: critical }
- fingerprint: 1123456789abcdef
  reason: It is what it is
  owner: Someone
  expires: 2025-03-31
`,
};

/** Rows in formats that are not text, made of the text ones by the engine. */
const COPIES: readonly (readonly [name: string, query: string, options: string])[] = [
  ['assignments.parquet', "SELECT * FROM read_csv('assignments.csv', all_varchar = true)", 'FORMAT parquet'],
  ['assignments.csv.gz', "SELECT * FROM read_csv('assignments.csv', all_varchar = true)", 'HEADER'],
  ['assignments.csv.zst', "SELECT * FROM read_csv('assignments.csv', all_varchar = true)", 'HEADER'],
  [
    'assignments.jsonl.gz',
    "SELECT * FROM read_csv('assignments.csv', all_varchar = true)",
    'FORMAT json, COMPRESSION gzip',
  ],
  [
    'lists.parquet',
    "SELECT user_id, list(segment_id) AS segments FROM read_csv('assignments.csv', all_varchar = true) GROUP BY user_id ORDER BY user_id",
    'FORMAT parquet',
  ],
  ['traits.parquet', "SELECT * FROM read_csv('traits.csv')", 'FORMAT parquet'],
  ['traits.csv.gz', "SELECT * FROM read_csv('traits.csv', all_varchar = true)", 'HEADER'],
  ['traits.csv.zst', "SELECT * FROM read_csv('traits.csv', all_varchar = true)", 'HEADER'],
];

/** Writes the same rows as Parquet and compressed; returns the names of the files. */
export async function writeBinaryFiles(folder: string): Promise<readonly string[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const place = (path: string): string => join(folder, path).replaceAll("'", "''");
  for (const [name, query, options] of COPIES) {
    const from = query.replace(/'(\w+\.csv)'/, (_, file: string) => `'${place(file)}'`);
    await connection.run(`COPY (${from}) TO '${place(name)}' (${options})`);
  }
  connection.closeSync();
  instance.closeSync();
  return COPIES.map(([name]) => name);
}

/** Makes a folder with the sound files. */
export function soundFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'traitleak-fuzz-'));
  writeFiles(folder, SOUND_FILES);
  return folder;
}
