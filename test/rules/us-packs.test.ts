import { expect, test } from 'vitest';
import { traitleak } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

/** Rules of a pack that find something in segments with these names, as `rule segment`. */
async function found(pack: string, ...names: readonly string[]): Promise<readonly string[]> {
  const rows = names.map((name, index) => [`s${index + 1}`, name]);
  const cwd = inputFolder({ 'd.csv': csv(['segment_id', 'name'], ...rows) });
  const { stdout } = await traitleak(['audit', '--definitions', 'd.csv', '--pack', ...pack.split(' '), '-f', 'json'], {
    cwd,
  });
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; segment: string }[] };
  return findings.map(({ rule, segment }) => `${rule} ${segment}`).sort();
}

test('each US law sees the classes that it names, and no others', async () => {
  const names = ['Married couples', 'Families with children', 'Food stamp recipients', 'Payday loan borrowers'];

  expect(await found('us-credit', ...names)).toEqual([
    'us-credit-name-states-assistance s3',
    'us-credit-name-states-basis s1',
    'us-credit-name-states-basis s2',
  ]);
  expect(await found('us-housing', ...names)).toEqual(['us-housing-name-states-class s2']);
  expect(await found('us-employment', ...names)).toEqual([]);
});

test('packs of several laws run together, and each keeps to its own findings', async () => {
  const rules = await found('us-coppa us-employment', 'High school students', 'Seniors 65+');

  expect(rules).toEqual([
    'us-coppa-name-states-child s1',
    'us-employment-name-states-class s1',
    'us-employment-name-states-class s2',
  ]);
});

test('the consent of users in cases may be to a purpose', async () => {
  const groups = (more: object): object[] => [
    { users: 40, segments: ['c1'], consents: ['concert tips'] },
    { users: 20, segments: ['c1'], ...more },
  ];
  const definitions = [{ segment_id: 'c1', name: 'Catholics', purpose: 'concert tips' }];
  const rule = (kind: string, when: object, cases: object): object => ({
    ...{
      id: `of-${kind}`,
      kind,
      when,
      cases,
      title: 't',
      severity: 'high',
      traits: ['religion'],
      why: 'w',
      remedy: 'r',
    },
    law: [],
  });
  const pack = {
    ...{ id: 'ours', version: '1.0.0', title: 'Ours' },
    rules: [
      rule('name', { strength: 'explicit', fields: ['name'] }, { fires: [{ name: 'Catholics' }], silent: [] }),
      rule(
        'consent',
        { share: 0 },
        {
          fires: [{ export: { definitions, groups: groups({}) } }],
          silent: [{ export: { definitions, groups: groups({ consents: ['concert tips'] }) } }],
        },
      ),
    ],
  };
  const cwd = inputFolder({ 'ours.json': JSON.stringify(pack) });

  const { stdout } = await traitleak(['rules', 'test', './ours.json'], { cwd });

  expect(stdout).toMatch(/of-consent\s+fires 1\/1, silent 1\/1/);
});
