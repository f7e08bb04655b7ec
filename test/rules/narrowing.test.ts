import { expect, test } from 'vitest';
import { auditResults } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

const packOf = (...rules: readonly object[]): string =>
  JSON.stringify({
    id: 'ours',
    version: '1.0.0',
    title: 'Ours',
    rules: rules.map((rule) => ({ severity: 'high', why: 'w', remedy: 'r', law: [], title: 't', ...rule })),
  });

/** Rules and segments of the findings, as `rule segment`. */
async function found(files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<readonly string[]> {
  const { findings } = await auditResults(inputFolder(files), '.', ...args);
  return findings
    .map(({ rule, segment, value }) => `${rule} ${segment}${value === undefined ? '' : ` ${value}`}`)
    .sort();
}

const AGES = csv(['segment_id', 'name'], ['c1', 'high school students'], ['c2', 'senior citizens']);

test('a rule on names leaves out the groups of words that its law does not name', async () => {
  const when = { strength: 'explicit', fields: ['name'], exceptGroups: ['minors'] };
  const rule = { id: 'not-minors', kind: 'name', traits: ['age'], when };

  expect(await found({ 'definitions.csv': AGES, 'ours.json': packOf(rule) }, '--pack', './ours.json')).toEqual([
    'not-minors c2',
  ]);
});

test('a rule on topics counts only the groups of words that its law names', async () => {
  const definitions = JSON.stringify([
    {
      segment_id: 'c1',
      name: 'One',
      topics: [
        { term: 'high school students', weight: 1 },
        { term: 'jazz', weight: 3 },
      ],
    },
    {
      segment_id: 'c2',
      name: 'Two',
      topics: [
        { term: 'senior citizens', weight: 3 },
        { term: 'jazz', weight: 1 },
      ],
    },
  ]);
  const when = { strength: 'explicit', share: 0.2, lift: 1 };
  const audit = async (narrowed: object): Promise<readonly (readonly [string, number])[]> => {
    const rule = { id: 'topics', kind: 'topics', traits: ['age'], when: { ...when, ...narrowed } };
    const folder = inputFolder({ 'definitions.json': definitions, 'ours.json': packOf(rule) });
    const { findings } = await auditResults(folder, '.', '--pack', './ours.json');
    return findings.flatMap(({ segment, evidence }) =>
      evidence.flatMap((item) => (item.kind === 'topics' ? [[segment, item.lift] as const] : [])),
    );
  };

  // Of two definitions with topics, 25 % and 75 % of the weight name an age: the mean is 50 %.
  expect(await audit({})).toEqual([['c2', 1.5]]);
  // Of the words about minors there are 25 % and none: the mean is 12.5 %.
  expect(await audit({ groups: ['minors'] })).toEqual([['c1', 2]]);
  expect(await audit({ exceptGroups: ['minors'] })).toEqual([['c2', 2]]);
});

/** A panel in which the young are in c1 and the old in c2. */
function panel(): Readonly<Record<string, string>> {
  const users = Array.from({ length: 1200 }, (_, i) => ({ id: `u${(i * 7919) % 100_003}k`, i }));
  const isIn = (i: number, group: number): boolean => (i % 3 === group ? i % 10 < 8 : i % 10 < 1);
  return {
    'assignments.csv': csv(
      ['user_id', 'segment_id'],
      ...users.flatMap(({ id, i }) => [
        ...(isIn(i, 0) ? [[id, 'c1']] : []),
        ...(isIn(i, 1) ? [[id, 'c2']] : []),
        [id, 'all'],
      ]),
    ),
    'panel.csv': csv(
      ['user_id', 'age'],
      ...users.map(({ id, i }) => [id, ['Under-13', '65+', 'other'][i % 3] ?? 'other']),
    ),
  };
}

test('a rule on membership makes findings on the values that it asks for, and judges all', async () => {
  const rule = {
    id: 'children',
    kind: 'association',
    traits: ['age'],
    when: { policy: 'bounds', direction: 'over', ratio: 1.25, values: ['under 13'] },
  };
  const folder = inputFolder({ ...panel(), 'ours.json': packOf(rule) });
  const { findings, associations } = await auditResults(folder, '.', '--pack', './ours.json');

  expect(findings.map(({ segment }) => segment)).toContain('c1');
  expect(new Set(findings.map(({ value }) => value))).toEqual(new Set(['Under-13']));
  expect(associations.filter(({ verdict }) => verdict === 'proxy').length).toBeGreaterThan(1);
});

test('a rule that asks for values which the panel spells otherwise says that its silence proves nothing', async () => {
  const when = { policy: 'bounds', direction: 'over', ratio: 1.25 };
  const noticed = async (values: readonly string[]): Promise<readonly string[]> => {
    const rule = { id: 'children', kind: 'association', traits: ['age'], when: { ...when, values } };
    const folder = inputFolder({ ...panel(), 'ours.json': packOf(rule) });
    const { notices } = await auditResults(folder, '.', '--pack', './ours.json');
    return notices.flatMap(({ code, message }) => (code === 'values-not-in-panel' ? [message] : []));
  };

  expect(await noticed(['0-12'])).toEqual([expect.stringContaining('The rule children')]);
  expect(await noticed(['0-12', 'under 13'])).toEqual([]);
});

test('a rule on all memberships together looks at the values that it asks for', async () => {
  const rule = { id: 'told', kind: 'leakage', traits: ['age'], when: { auc: 0.6 } };
  const wide = await found({ ...panel(), 'ours.json': packOf(rule) }, '--pack', './ours.json');
  const narrow = await found(
    { ...panel(), 'ours.json': packOf({ ...rule, when: { auc: 0.6, values: ['65+'] } }) },
    '--pack',
    './ours.json',
  );

  expect(wide).toEqual(expect.arrayContaining(['told traitleak:export 65+', 'told traitleak:export Under-13']));
  expect(narrow).toEqual(['told traitleak:export 65+']);
});

test('a rule on governance or descent may leave out what other packs find', async () => {
  const previous = csv(['segment_id', 'name'], ['o1', 'high school students'], ['o2', 'senior citizens']);
  const users = Array.from({ length: 400 }, (_, i) => [`q${(i * 7919) % 100_003}k`, i] as const);
  const members = (prefix: string): string =>
    csv(['user_id', 'segment_id'], ...users.map(([id, i]) => [id, `${prefix}${(i % 2) + 1}`]));
  const files = {
    'definitions.csv': csv(
      ['segment_id', 'name', 'owner', 'purpose'],
      ['c1', 'gardeners', 'x', ''],
      ['c2', 'cooks', 'x', ''],
      ['c3', 'teen girls', 'x', ''],
      ['c4', 'senior citizens', 'x', ''],
    ),
    'assignments.csv': members('c'),
    'before/definitions.csv': previous,
    'before/assignments.csv': members('o'),
  };
  const minors = {
    id: 'minors',
    kind: 'name',
    traits: ['age'],
    when: { strength: 'explicit', fields: ['name'], groups: ['minors'] },
  };
  const lineage = { carries: ['words'], atLeast: 'low', share: 0.5 };
  const purpose = { attribute: 'purpose', is: 'present', onlyIf: 'sensitive' };
  const packed = (narrowed: object): string =>
    packOf(
      minors,
      { id: 'lives-on', kind: 'lineage', traits: ['age'], when: { ...lineage, ...narrowed } },
      { id: 'purpose', kind: 'governance', traits: ['age'], when: { ...purpose, ...narrowed } },
    );
  const all = ['--pack', 'recommended', './ours.json'];
  const before = [
    '--previous-definitions',
    'before/definitions.csv',
    '--previous-assignments',
    'before/assignments.csv',
  ];
  const ofOurs = (rules: readonly string[]): readonly string[] =>
    rules.filter((rule) => /^(lives-on|purpose) /.test(rule));

  expect(ofOurs(await found({ ...files, 'ours.json': packed({}) }, ...before, ...all))).toEqual(
    expect.arrayContaining(['lives-on c1', 'lives-on c2', 'purpose c3', 'purpose c4']),
  );
  expect(ofOurs(await found({ ...files, 'ours.json': packed({ foundBy: 'this-pack' }) }, ...before, ...all))).toEqual([
    'lives-on c1',
    'purpose c1',
    'purpose c3',
  ]);
});
