import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditResults, traitleak } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

const CLUSTERS = csv(['segment_id', 'name'], ['1', 'gay men'], ['2', 'gardeners']);
const ROWS = csv(['user_id', 'segment_id'], ...Array.from({ length: 40 }, (_, i) => [`u${i}`, (i % 2) + 1]));
const PANEL = csv(['user_id', 'religion'], ...Array.from({ length: 40 }, (_, i) => [`u${i}`, i % 4 < 2 ? 'x' : 'y']));

test('a config is found in the folders above, and its paths are relative to it', async () => {
  const folder = inputFolder({
    'traitleak.yaml': 'definitions: data/clusters.csv\nfailOn: never\n',
    'data/clusters.csv': CLUSTERS,
    'deep/down/x': '',
  });

  const { exitCode, stdout, stderr } = await traitleak(['audit', '-f', 'json'], { cwd: join(folder, 'deep', 'down') });

  const { inputs, gate } = JSON.parse(stdout);
  expect(exitCode).toBe(0);
  expect(stderr).toContain(`note: config: ${join('..', '..', 'traitleak.yaml')}`);
  expect(inputs.map(({ role, path }: Record<string, string>) => [role, path])).toEqual([
    ['config', join('..', '..', 'traitleak.yaml')],
    ['definitions', 'data/clusters.csv'],
  ]);
  expect(gate).toMatchObject({ passed: true, failOn: 'never', failing: 0 });
});

test('a config may be JSON', async () => {
  const folder = inputFolder({
    'traitleak.json': JSON.stringify({
      $schema: 'x',
      definitions: ['clusters.csv'],
      failOn: 'never',
      packs: 'recommended',
    }),
    'clusters.csv': CLUSTERS,
  });

  expect((await auditResults(folder)).summary.segments).toBe(2);
});

test('a folder is audited by its config, when it has one', async () => {
  const folder = inputFolder({
    'export/traitleak.yaml': 'definitions: mine.csv\n',
    'export/mine.csv': CLUSTERS,
    'export/definitions.csv': csv(['segment_id'], ['z']),
  });

  expect((await auditResults(folder, 'export')).inputs.map(({ path }) => path)).toEqual([
    'export/traitleak.yaml',
    'mine.csv',
  ]);
});

test.each([
  ['definitions.csv', 'assignments.csv', 'traits.csv'],
  ['segments.csv', 'memberships.csv', 'panel.csv'],
  ['clusters.csv', 'members.csv', 'traits.csv'],
  ['audiences.csv', 'assignments.csv', 'panel.csv'],
])(
  'a folder with %s, %s and %s is understood without a config, and said to be',
  async (definitions, assignments, traits) => {
    const folder = inputFolder({
      [`export/${definitions}`]: CLUSTERS,
      [`export/${assignments}`]: ROWS,
      [`export/${traits}`]: PANEL,
    });

    const { exitCode, stdout, stderr } = await traitleak(['audit', 'export', '-f', 'json'], { cwd: folder });

    const report = JSON.parse(stdout);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`note: definitions: ${definitions} (recognised by its name)`);
    expect(stderr).toContain(`note: assignments: ${assignments} (recognised by its name)`);
    expect(stderr).toContain(`note: traits: ${traits} (recognised by its name)`);
    expect(report.summary).toMatchObject({ segments: 2, users: 40, panelUsers: 40, traitsTested: ['religion'] });
  },
);

test('--quiet keeps notes off stderr', async () => {
  const folder = inputFolder({ 'definitions.csv': CLUSTERS });

  expect((await traitleak(['audit', '-q', '.'], { cwd: folder })).stderr).toBe('');
});

test('flags win over the config, and --set over flags', async () => {
  const folder = inputFolder({
    'traitleak.yaml':
      'definitions: none.csv\nassignments: { files: none.csv, user: member, segment: shelf }\ntraits: none.csv\nfailOn: low\nminCell: 50\nengine: { threads: 1 }\nmultiplicity: { method: holm, level: 0.01 }\n',
    'clusters.csv': CLUSTERS,
    'rows.csv': ROWS.replace('user_id,segment_id', 'member,shelf'),
    'panel.csv': PANEL,
  });

  const { manifest, gate, inputs } = await auditResults(
    folder,
    ...['--definitions', 'clusters.csv', '--assignments', 'rows.csv', '--traits', 'panel.csv', '--fail-on', 'never'],
    ...['--min-cell', '20', '--threads', '2', '--set', 'multiplicity.method=by', '--set', 'minCell=30'],
  );

  expect(inputs.map(({ path }) => path)).toEqual(['traitleak.yaml', 'clusters.csv', 'rows.csv', 'panel.csv']);
  expect(gate.failOn).toBe('never');
  expect(manifest.thresholds).toMatchObject({
    minCell: 30,
    failOn: 'never',
    multiplicity: { method: 'by', family: 'run', level: 0.01 },
  });
});

test('flags name files from the working directory, the config from its own folder', async () => {
  const folder = inputFolder({
    'config/traitleak.yaml': 'definitions: clusters.csv\n',
    'config/clusters.csv': CLUSTERS,
    'rows.csv': ROWS,
  });

  const { inputs } = await auditResults(folder, 'config/traitleak.yaml', '--assignments', 'rows.csv');

  expect(inputs.map(({ role }) => role)).toEqual(['config', 'definitions', 'assignments']);
});

test('the results name every input with its digest and rows, and every setting that matters', async () => {
  const folder = inputFolder({ 'clusters.csv': CLUSTERS, 'rows.csv': ROWS, 'panel.csv': PANEL });

  const { inputs, packs, manifest, tool } = await auditResults(
    folder,
    ...['--definitions', 'clusters.csv', '--assignments', 'rows.csv', '--traits', 'panel.csv'],
  );

  const { createHash } = await import('node:crypto');
  const digest = (file: string): string =>
    createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex');
  expect(inputs).toEqual([
    { role: 'definitions', path: 'clusters.csv', sha256: digest('clusters.csv'), rows: 2 },
    { role: 'assignments', path: 'rows.csv', sha256: digest('rows.csv'), rows: 40 },
    { role: 'traits', path: 'panel.csv', sha256: digest('panel.csv'), rows: 40 },
  ]);
  expect(packs.map(({ id }) => id)).toEqual(['recommended']);
  expect(manifest.engine.name).toBe('duckdb');
  expect(manifest.node).toBe(process.versions.node);
  expect(manifest.lexicons.files.length).toBeGreaterThan(0);
  expect(tool.name).toBe('traitleak');
});
