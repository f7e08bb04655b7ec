import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { formatLocation } from '../../src/domain/location.ts';
import { AuditError } from '../../src/errors.ts';
import { loadPack } from '../../src/rules/load-pack.ts';
import { severityOn } from '../../src/rules/pack.ts';
import { auditResults, traitleak } from '../command-line.ts';
import { inputFolder, writeFiles } from '../input-folder.ts';

/** A pack in JSON, which is YAML too. */
function pack(id: string, parts: object): string {
  return JSON.stringify({ id, version: '1.0.0', title: id, ...parts }, undefined, 1);
}

function rule(id: string, parts: object = {}): object {
  return {
    id,
    kind: 'name',
    title: `Rule ${id}`,
    severity: 'high',
    traits: 'any',
    when: { strength: 'explicit', fields: ['name'] },
    why: 'Because.',
    remedy: 'Rename.',
    law: [],
    ...parts,
  };
}

/** What loading the pack says is wrong, as `file:line:column: message`. */
async function refusal(folder: string, reference: string): Promise<string> {
  const error = await loadPack(reference, folder).then(
    () => 'it loads',
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AuditError)) return String(error);
  expect(error.exitStatus).toBe(2);
  const where = error.location === undefined ? '' : `${formatLocation(error.location)}: `;
  return `${where}${error.message} (${error.code})`;
}

describe('a rule that is based on another', () => {
  test('takes kind, conditions, cases, rationale and remedy from it, and keeps what it states', async () => {
    const folder = inputFolder({
      'law.yaml': `id: law
version: 1.0.0
title: A law
specialTraits: [religion]
references:
  - { id: art-1, title: A law, provision: Art. 1, url: 'https://example.org/law', verify: Read it. }
rules:
  - id: law-name
    basedOn: recommended/name-states-special
    title: Stated
    severity: { special: critical, ordinary: low }
    traits: any
    law: [art-1]
    verify: Ask a lawyer.
  - id: law-name-again
    basedOn: law-name
    title: Stated again
    severity: high
    traits: [health]
    law: []
    why: Another reason.
    cases: { silent: [{ name: Jazz }] }
`,
    });
    const [base] = (await loadPack('recommended', '.')).rules;

    const { rules, builtOn } = await loadPack('law.yaml', folder);

    expect(rules[0]).toMatchObject({
      kind: 'name',
      when: base!.when,
      why: base!.why,
      remedy: base!.remedy,
      cases: base!.cases,
      basedOn: 'recommended/name-states-special',
      verify: 'Ask a lawyer.',
      law: [{ id: 'art-1', provision: 'Art. 1', url: 'https://example.org/law', verify: 'Read it.' }],
    });
    expect(severityOn(rules[0]!, 'religion')).toBe('critical');
    expect(severityOn(rules[0]!, 'religion x age')).toBe('critical');
    expect(severityOn(rules[0]!, 'health')).toBe('low');
    expect(rules[1]).toMatchObject({ kind: 'name', when: base!.when, why: 'Another reason.', remedy: base!.remedy });
    expect(rules[1]!.cases).toEqual({ fires: base!.cases.fires, silent: [{ name: 'Jazz' }] });
    expect(builtOn.map(({ id }) => id)).toEqual(['recommended']);
  });

  test('finds what it says, as gravely as the tier of the trait asks', async () => {
    const folder = inputFolder({
      'own.json': pack('own', {
        specialTraits: ['religion'],
        rules: [rule('own-name', { severity: { special: 'critical', ordinary: 'low' } })],
      }),
      'd.csv': 'segment_id,name\n1,Muslim teenagers\n',
    });

    const { findings } = await auditResults(folder, '--definitions', 'd.csv', '--pack', 'own.json');

    expect(findings.map(({ trait, severity }) => [trait, severity])).toEqual([
      ['religion', 'critical'],
      ['age', 'low'],
    ]);
  });

  test.each([
    ['recommended/name-states-specail', 'has no rule "name-states-specail". Did you mean "name-states-special"?'],
    [
      'recomended/name-states-special',
      '"recomended" is neither a shipped pack nor one that this pack extends. Did you mean "recommended"?',
    ],
    ['nothing-there', 'Neither this pack nor one that it extends has a rule "nothing-there".'],
    ['b', 'The rules are based on each other in a circle: a -> b -> a.'],
  ])('on %s is refused at its place', async (basedOn, message) => {
    const stated = { title: 't', severity: 'low', traits: 'any', law: [] };
    const folder = inputFolder({
      'own.json': pack('own', {
        rules: [
          { id: 'a', basedOn, ...stated },
          { id: 'b', basedOn: 'a', ...stated },
        ],
      }),
    });

    const said = await refusal(folder, 'own.json');

    expect(said).toMatch(/^own\.json:(8|16):15: .*\(E_PACK_INVALID\)$/);
    expect(said).toContain(message);
  });

  test('of another kind is refused', async () => {
    const folder = inputFolder({
      'own.json': pack('own', {
        rules: [rule('a', { basedOn: 'recommended/name-states-special', kind: 'topics', when: undefined })],
      }),
    });

    expect(await refusal(folder, 'own.json')).toContain('of the kind topics, but based on one of the kind name');
  });
});

describe('a pack that extends others', () => {
  const files = {
    'packs/mine.yaml': `id: mine
version: 2.0.0
title: Mine
extends: [../base/base.json, '@acme/rules', plain-package]
overrides:
  base-a: { off: true, reason: We have no names. }
  base-b: { severity: low, when: { strength: implied }, reason: Ours is milder. }
rules:
  - id: mine-name
    basedOn: base-a
    title: Mine
    severity: medium
    traits: special
    law: []
`,
    'base/base.json': pack('base', {
      specialTraits: ['religion'],
      rules: [rule('base-a'), rule('base-b', { when: { strength: 'explicit', fields: ['description'] } })],
    }),
    'node_modules/@acme/rules/package.json': '{ "traitleak": { "pack": "lib/acme.json" } }',
    'node_modules/@acme/rules/lib/acme.json': pack('acme', { rules: [rule('acme-a')] }),
    'node_modules/plain-package/package.json': '{}',
    'node_modules/plain-package/pack.yaml': pack('plain', { specialTraits: ['age'], rules: [rule('plain-a')] }),
  };

  test('has their rules, changed or switched off as it says, then its own', async () => {
    const mine = await loadPack('packs/mine.yaml', inputFolder(files));

    expect(mine.rules.map(({ id, pack, statedBy }) => [id, pack, statedBy])).toEqual([
      ['base-b', 'mine', 'base'],
      ['acme-a', 'mine', 'acme'],
      ['plain-a', 'mine', 'plain'],
      ['mine-name', 'mine', 'mine'],
    ]);
    expect(mine.rules[0]).toMatchObject({
      severity: { special: 'low', ordinary: 'low' },
      when: { strength: 'implied', fields: ['description'] },
      changed: 'Ours is milder.',
      specialTraits: ['religion'],
    });
    expect(mine.off.map(({ rule, reason, by }) => [rule.id, reason, by])).toEqual([
      ['base-a', 'We have no names.', 'mine'],
    ]);
    expect(mine.specialTraits).toEqual(['religion', 'age']);
    expect(mine.builtOn.map(({ shown }) => shown)).toEqual([
      'base/base.json',
      'node_modules/@acme/rules/lib/acme.json',
      'node_modules/plain-package/pack.yaml',
    ]);
  });

  test('has a digest that covers every file that it is built on', async () => {
    const folder = inputFolder(files);
    const before = await loadPack('packs/mine.yaml', folder);
    const alone = await loadPack('base/base.json', folder);

    writeFiles(folder, { 'node_modules/@acme/rules/lib/acme.json': pack('acme', { rules: [rule('acme-b')] }) });
    const after = await loadPack('packs/mine.yaml', folder);

    expect(after.sha256).toBe(before.sha256);
    expect(after.digest).not.toBe(before.digest);
    expect(alone.digest).toBe(alone.sha256);
    expect(alone.sha256).toBe(createHash('sha256').update(files['base/base.json']).digest('hex'));
  });

  test('tells in the results what it is built on and what it does without, and in the text report why', async () => {
    const folder = inputFolder({ ...files, 'd.csv': 'segment_id,name\n1,Muslims\n' });

    const { packs } = await auditResults(folder, '--definitions', 'd.csv', '--pack', 'packs/mine.yaml');
    const { stdout } = await traitleak(['audit', '--definitions', 'd.csv', '--pack', 'packs/mine.yaml'], {
      cwd: folder,
    });

    expect(packs[0]).toMatchObject({
      id: 'mine',
      rules: 4,
      builtOn: [{ id: 'base', path: 'base/base.json' }, { id: 'acme' }, { id: 'plain' }],
      off: [{ rule: 'base-a', by: 'mine', reason: 'We have no names.' }],
    });
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('Switched off in mine: base-a (We have no names.)');
  });

  test('is extended in turn, and what it switches off stays off', async () => {
    const folder = inputFolder({
      ...files,
      'top.json': pack('top', { extends: 'packs/mine.yaml', overrides: { 'mine-name': { severity: 'high' } } }),
    });

    const top = await loadPack('top.json', folder);

    expect(top.rules.map(({ id, pack }) => `${pack}/${id}`)).toEqual([
      'top/base-b',
      'top/acme-a',
      'top/plain-a',
      'top/mine-name',
    ]);
    expect(top.off.map(({ rule, by }) => [rule.id, by])).toEqual([['base-a', 'mine']]);
    expect(top.builtOn).toHaveLength(4);
  });

  test.each([
    [
      'an unknown rule',
      { 'base-c': { off: true, reason: 'x' } },
      /No rule that comes through `extends` has the id "base-c"\. Did you mean "base-[ab]"\?/,
    ],
    ['no reason for switching off', { 'base-a': { off: true } }, /`reason` is missing/],
    ['nothing', { 'base-a': {} }, /must NOT have fewer than 1/],
    ['a misspelt key', { 'base-a': { of: true } }, /`of` is not a known key\. Did you mean "off"\?/],
    [
      'a condition that the kind does not know',
      { 'base-a': { when: { strenght: 'implied' } } },
      /`strenght` is not a known key\. Did you mean "strength"\?/,
    ],
    [
      'a condition out of its range',
      { 'base-a': { when: { strength: 'loud' } } },
      /"loud" is not one of "explicit", "implied"/,
    ],
    ['a rule of its own', { own: { severity: 'low' } }, /The rule "own" is this pack's own/],
  ])('is refused at its place when it overrides %s', async (_what, overrides, message) => {
    const folder = inputFolder({
      ...files,
      'top.json': pack('top', { extends: ['base/base.json'], rules: [rule('own')], overrides }),
    });

    const said = await refusal(folder, 'top.json');

    expect(said).toMatch(message);
    expect(said).toMatch(/^top\.json:\d+:\d+: .*\(E_PACK_INVALID\)$/);
  });

  test('cannot override what is switched off below it', async () => {
    const folder = inputFolder({
      ...files,
      'top.json': pack('top', { extends: 'packs/mine.yaml', overrides: { 'base-a': { severity: 'high' } } }),
    });

    expect(await refusal(folder, 'top.json')).toContain(
      '"base-a" is switched off by the pack mine (We have no names.)',
    );
  });

  test('cannot state a rule under an id that it takes over', async () => {
    const folder = inputFolder({
      ...files,
      'top.json': pack('top', { extends: 'packs/mine.yaml', rules: [rule('base-b')] }),
    });

    expect(await refusal(folder, 'top.json')).toContain('"base-b" comes from the pack base already');
  });

  test.each([
    ['recomended', 'There is no pack "recomended". Did you mean "recommended"?'],
    ['no-such-package', 'There is no pack "no-such-package".'],
    ['./gone.yaml', 'The pack "./gone.yaml" cannot be read: There is no such file.'],
  ])('is refused where it names %s, which is not there', async (reference, message) => {
    const folder = inputFolder({ 'top.json': pack('top', { extends: [reference] }) });

    expect(await refusal(folder, 'top.json')).toContain(`top.json:6:3: ${message}`);
    expect(await refusal(folder, 'top.json')).toContain('(E_PACK_NOT_FOUND)');
  });

  test('is refused when packs extend each other in a circle, or too deep', async () => {
    const chain = Array.from({ length: 13 }, (_, i) => [
      `deep${i}.json`,
      pack(`deep${i}`, { extends: `./deep${i + 1}.json` }),
    ]);
    const folder = inputFolder({
      'a.json': pack('a', { extends: './sub/b.json' }),
      'sub/b.json': pack('b', { extends: '../a.json' }),
      ...Object.fromEntries(chain),
      'deep13.json': pack('deep13', { rules: [rule('x')] }),
    });

    expect(await refusal(folder, 'a.json')).toMatch(
      /^sub\/b\.json:5:13: .*in a circle: a\.json -> sub\/b\.json -> a\.json\./,
    );
    expect(await refusal(folder, 'deep0.json')).toContain('more than 10 deep');
    expect(await refusal(folder, 'deep5.json')).toBe('it loads');
  });

  test('points at the file that is wrong when it is not its own', async () => {
    const folder = inputFolder({
      'top.json': pack('top', { extends: './below.json' }),
      'below.json': pack('below', { rules: [rule('x', { severity: 'hgih' })] }),
    });

    expect(await refusal(folder, 'top.json')).toMatch(/^below\.json:10:16: .*Did you mean "high"\?/);
  });
});

describe('the law of a pack', () => {
  const DEFINITIONS = 'segment_id,name\n1,Jazz\n';

  test.each([
    [{ from: '2027-01-01' }, 'is not in force before 2027-01-01'],
    [{ from: '2018-05-25', until: '2025-12-31' }, 'was in force until 2025-12-31'],
    [{ from: '2018-05-25', until: '2026-01-01' }, undefined],
    [{ from: '2026-01-01' }, undefined],
  ])('in force %j gives the notice %j on 2026-01-01', async (effective, said) => {
    const folder = inputFolder({
      'law.json': pack('law', { jurisdiction: 'Utopia', effective, rules: [rule('x')] }),
      'own.json': pack('own', { extends: './law.json' }),
      'd.csv': DEFINITIONS,
    });

    const { notices, packs } = await auditResults(folder, '--definitions', 'd.csv', '--pack', 'own.json', 'law.json');

    const found = notices.filter(({ code }) => code === 'pack-not-in-force').map(({ message }) => message);
    expect(found).toEqual(
      said === undefined ? [] : [`The law of the pack law (law) ${said}. Its rules were applied all the same.`],
    );
    expect(packs.map(({ jurisdiction }) => jurisdiction)).toEqual([null, 'Utopia']);
  });

  test.each([
    [{ from: '2026-02-30' }, '2026-02-30 is not a day of the calendar'],
    [{ from: '2026-02-03', until: '2026-02-02' }, '2026-02-02, comes before the first'],
    [{ until: '2026-02-02' }, '`from` is missing'],
  ])('in force %j is refused', async (effective, message) => {
    const folder = inputFolder({ 'law.json': pack('law', { effective, rules: [rule('x')] }) });

    expect(await refusal(folder, 'law.json')).toContain(message);
  });
});

test('a trait that looks like a misspelt one gives a notice, one of the pack itself none', async () => {
  const folder = inputFolder({
    'own.json': pack('own', { specialTraits: ['caste'], rules: [rule('x', { traits: ['relgion', 'caste'] })] }),
    'd.csv': 'segment_id,name\n1,Jazz\n',
  });

  const { notices } = await auditResults(folder, '--definitions', 'd.csv', '--pack', 'own.json');
  const { stdout, exitCode } = await traitleak(['rules', 'validate', 'own.json'], { cwd: folder });

  const found = notices.filter(({ code }) => code === 'pack-trait-unknown');
  expect(found).toEqual([
    {
      code: 'pack-trait-unknown',
      level: 'warning',
      message: 'The pack own names the trait "relgion", which no lexicon knows. Did you mean "religion"?',
      location: { file: 'own.json', line: 15, column: 5 },
    },
  ]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Did you mean "religion"?');
});

test('two references with one id are refused', async () => {
  const references = [
    { id: 'a', title: 'A' },
    { id: 'a', title: 'B' },
  ];

  expect(
    await refusal(inputFolder({ 'own.json': pack('own', { references, rules: [rule('x')] }) }), 'own.json'),
  ).toContain('The reference id "a" occurs twice.');
});
