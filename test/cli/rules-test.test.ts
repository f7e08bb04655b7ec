import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { expectRefusal, traitleak } from '../command-line.ts';
import { inputFolder } from '../input-folder.ts';

const HEAD = `id: own
version: 1.0.0
title: Own
rules:
  - id: names
    kind: name
    title: A name
    severity: high
    traits: any
    when: { strength: explicit, fields: [name] }
    why: Because.
    remedy: Rename.
    law: []
    cases:
`;
const GOOD = `${HEAD}      fires: [{ name: Gay men }]
      silent: [{ name: Jazz }]
`;
const BAD = `${HEAD}      fires: [{ name: Jazz }, { name: Gay men }, { note: by name, export: { definitions: [{ segment_id: 1, name: Opera }] } }]
      silent:
        - name: Muslims
        - note: a broken export
          export: { groups: [{ users: 3, traits: { age: 3 } }] }
  - id: membership
    kind: association
    title: A proxy
    severity: high
    traits: any
    when: { policy: bounds, direction: over, ratio: 1.25 }
    why: Because.
    remedy: Drop it.
    law: []
    cases:
      fires:
        - note: too few
          export: { counts: [{ segment_id: c1, trait: age, value: old, in_value: 4, in_other: 11, out_value: 1996, out_other: 7989 }] }
      silent:
        - note: no panel
          export: { definitions: [{ segment_id: c1, name: Jazz }] }
  - id: untried
    kind: name
    title: Nothing shows it
    severity: low
    traits: any
    when: { strength: implied, fields: [name] }
    why: Because.
    remedy: Rename.
    law: []
`;

test('cases that pass are counted, and the status is 0', async () => {
  const { exitCode, stdout, stderr } = await traitleak(['rules', 'test', 'own.yaml'], {
    cwd: inputFolder({ 'own.yaml': GOOD }),
  });

  expect(stderr).toBe('');
  expect(stdout).toBe('own 1.0.0  own.yaml\n  ok      names  fires 1/1, silent 1/1\n\n2 cases of 1 rules passed.\n');
  expect(exitCode).toBe(0);
});

test('cases that fail are named with what came out instead, and the status is 1', async () => {
  const cwd = inputFolder({ 'own.yaml': BAD });
  const temporary = inputFolder();

  const { exitCode, stdout } = await traitleak(['rules', 'test', 'own.yaml'], {
    cwd,
    env: { TMPDIR: temporary, TEMP: temporary, TMP: temporary },
  });

  const shown = stdout.replaceAll(/\s+/g, ' ');
  expect(exitCode).toBe(1);
  expect(shown).toContain('FAILED names fires 1/3, silent 0/2');
  expect(shown).toContain('failed: fires 1, "Jazz". It is silent. Nothing else fires either.');
  expect(shown).toContain('failed: fires 3, by name. It is silent.');
  expect(shown).toContain('failed: silent 1, "Muslims". It fires: religion, by "Muslims".');
  expect(shown).toContain(
    'failed: silent 2, a broken export. There was nothing to examine, so silence proves nothing. The export cannot be audited:',
  );
  expect(shown).toContain('Verdicts: c1, age = old: inconclusive.');
  expect(shown).toContain('failed: silent 1, no panel. There was nothing to examine, so silence proves nothing.');
  expect(shown).toContain('none untried no fires case, no silent case');
  expect(shown).toContain('6 of 7 cases failed. 1 rules lack a case on one side');
  expect(readdirSync(temporary)).toEqual([]);
});

test('the same as JSON', async () => {
  const { exitCode, stdout } = await traitleak(['rules', 'test', 'own.yaml', '-f', 'json'], {
    cwd: inputFolder({ 'own.yaml': BAD }),
  });

  const { passed, packs } = JSON.parse(stdout);
  expect(exitCode).toBe(1);
  expect(passed).toBe(false);
  expect(packs[0]).toMatchObject({ pack: 'own', version: '1.0.0', path: 'own.yaml' });
  expect(
    packs[0].rules.map(({ rule, passed, missing }: { rule: string; passed: boolean; missing: string[] }) => [
      rule,
      passed,
      missing,
    ]),
  ).toEqual([
    ['names', false, []],
    ['membership', false, []],
    ['untried', true, ['fires', 'silent']],
  ]);
  expect(packs[0].rules[0].cases[1]).toEqual({
    expect: 'fires',
    number: 2,
    name: 'Gay men',
    passed: true,
    findings: 2,
  });
});

test('a pack without any case fails: nothing was shown', async () => {
  const cwd = inputFolder({ 'own.yaml': HEAD.replace('    cases:\n', '') });

  expect((await traitleak(['rules', 'test', 'own.yaml'], { cwd })).exitCode).toBe(1);
});

test.each([
  ['an unknown pack', GOOD, ['recomended'], 'E_PACK_NOT_FOUND', /Did you mean "recommended"\?/, undefined],
  [
    'a case that is neither name nor export',
    GOOD.replace('{ name: Jazz }', '{ note: x }'),
    ['own.yaml'],
    'E_PACK_INVALID',
    /`(name|export)` is missing/,
    'own.yaml:16:16',
  ],
  [
    'a misspelt key of an export',
    GOOD.replace('{ name: Jazz }', '{ export: { defintions: [] } }'),
    ['own.yaml'],
    'E_PACK_INVALID',
    /`defintions` is not a known key\. Did you mean "definitions"\?/,
    'own.yaml:16:28',
  ],
  [
    'an unknown shape of user ids',
    GOOD.replace('{ name: Jazz }', '{ export: { userIds: emial } }'),
    ['own.yaml'],
    'E_PACK_INVALID',
    /"emial" is not one of .*Did you mean "email"\?/,
    'own.yaml:16:37',
  ],
])('%s is refused', async (_what, pack, args, code, message, at) => {
  await expectRefusal(inputFolder({ 'own.yaml': pack }), ['rules', 'test', ...args], {
    code,
    message,
    ...(at === undefined ? {} : { at }),
  });
});
