import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadPack } from '../../src/rules/load-pack.ts';
import { shippedPacks } from '../../src/rules/pack-place.ts';
import { expectRefusal, PROJECT, traitleak } from '../command-line.ts';
import { inputFolder } from '../input-folder.ts';

const RECOMMENDED = readFileSync(join(PROJECT, 'rules', 'packs', 'recommended.yaml'), 'utf8');

test('list shows every rule of every shipped pack', async () => {
  const { exitCode, stdout } = await traitleak(['rules', 'list']);

  expect(exitCode).toBe(0);
  for (const name of await shippedPacks()) {
    const pack = await loadPack(name, PROJECT);
    for (const rule of pack.rules) expect(stdout).toContain(`  ${rule.id}`);
  }
});

test('a shipped rule is shown with all that is known of it', async () => {
  const { exitCode, stdout } = await traitleak(['rules', 'show', 'membership-proxy-special']);
  const shown = stdout.replaceAll(/\s+/g, ' ');

  expect(exitCode).toBe(0);
  for (const part of [
    'State',
    'Traits',
    'Severity',
    'Measured',
    'Limits',
    'Why',
    'Remedy',
    'Law',
    'Fires on',
    'Silent on',
    'Source',
  ])
    expect(stdout).toContain(`\n${part} `);
  expect(shown).toContain('on in recommended, strict (changed: ');
  expect(shown).toContain('off in names-only (This pack does not look at who is in a segment.)');
  expect(shown).toContain('Art. 9(1) <https://eur-lex.europa.eu/eli/reg/2016/679/oj>');
  expect(shown).toMatch(
    /False alarms on \d+ of \d+ cases on which .*: [\d.]+ % \(95 % interval [\d.]+ % to [\d.]+ %\)/,
  );
});

test('a rule whose thresholds nobody measured says so', async () => {
  const { stdout } = await traitleak(['rules', 'show', 'membership-proxy-special', '--pack', 'strict']);

  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('is not measured for this rule and these thresholds');
});

test('a rule is said to be on or off by the config at hand, and why', async () => {
  const cwd = inputFolder({ 'traitleak.yaml': 'definitions: d.csv\npacks: names-only\n' });

  const [off, on] = await Promise.all(
    ['small-segment', 'name-states-special'].map((id) =>
      traitleak(['rules', 'show', id, '--pack', 'recommended'], { cwd }),
    ),
  );

  expect(off!.stdout.replaceAll(/\s+/g, ' ')).toContain(
    'here: off, since names-only switches it off: This pack does not look at',
  );
  expect(on!.stdout.replaceAll(/\s+/g, ' ')).toContain('here: on, since traitleak.yaml applies the pack names-only');
});

test('every shipped rule says why, what to do, and which law it touches', async () => {
  for (const name of await shippedPacks()) {
    const { rules } = await loadPack(name, PROJECT);
    for (const { why, remedy, law, title } of rules) {
      expect([why, remedy, title].filter((text) => text.trim() === '')).toEqual([]);
      expect(law.length).toBeGreaterThan(0);
    }
  }
});

test('a misspelt rule is refused with the nearest one', async () => {
  await expectRefusal(inputFolder(), ['rules', 'show', 'membership-proxy-specail'], {
    code: 'E_RULE_NOT_FOUND',
    message: 'No rule has the id "membership-proxy-specail". Did you mean "membership-proxy-special"?',
  });
});

test('every shipped pack validates', async () => {
  const files = (await shippedPacks()).map((name) => join('rules', 'packs', `${name}.yaml`));

  const { exitCode, stdout } = await traitleak(['rules', 'validate', ...files]);

  expect(exitCode).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(files.length);
  for (const line of stdout.trimEnd().split('\n')) expect(line).toMatch(/: valid, pack \S+ \S+ with \d+ rules$/);
});

/** A pack of one rule, to be broken. */
const PACK = `id: own
version: 1.0.0
title: Own
references:
  - { id: policy, title: Our policy }
rules:
  - id: names
    kind: name
    title: A name
    severity: high
    traits: any
    when: { strength: explicit, fields: [name] }
    why: Because.
    remedy: Rename.
    law: [policy]
`;

describe('a pack', () => {
  test('of one own rule validates, and judges', async () => {
    const cwd = inputFolder({ 'own.yaml': PACK, 'd.csv': 'segment_id,name\n1,gay men\n' });

    const valid = await traitleak(['rules', 'validate', 'own.yaml'], { cwd });
    const { exitCode, stdout } = await traitleak(
      ['audit', '--definitions', 'd.csv', '--pack', 'own.yaml', '-f', 'json'],
      { cwd },
    );

    expect(valid.stdout).toBe('own.yaml: valid, pack own 1.0.0 with 1 rules\n');
    expect(exitCode).toBe(1);
    const { findings, packs } = JSON.parse(stdout);
    expect(packs.map(({ path }: { path: string }) => path)).toEqual(['own.yaml']);
    expect([...new Set(findings.map(({ rule }: { rule: string }) => rule))]).toEqual(['names']);
  });

  test.each([
    [
      'a misspelt key',
      PACK.replace('severity:', 'severty:'),
      /`severty` is not a known key\. Did you mean "severity"\?|`severity` is missing/,
      'own.yaml:',
    ],
    [
      'a misspelt severity',
      PACK.replace('severity: high', 'severity: hgih'),
      /"hgih" is not one of .* Did you mean "high"\?/,
      'own.yaml:10:15',
    ],
    [
      'an unknown rule kind',
      PACK.replace('kind: name', 'kind: nme'),
      /"nme" is not one of .* Did you mean "name"\?/,
      'own.yaml:8:11',
    ],
    [
      'a rule id that occurs twice',
      `${PACK}${PACK.slice(PACK.indexOf('  - id: names'))}`,
      /The rule id "names" occurs twice\./,
      'own.yaml:16:9',
    ],
    [
      'a law without a reference',
      PACK.replace('law: [policy]', 'law: [polcy]'),
      /cites "polcy", which `references` does not hold\. Did you mean "policy"\?/,
      'own.yaml:15:11',
    ],
    [
      'a condition that its kind does not know',
      PACK.replace('strength:', 'strenght:'),
      /strenght|strength/,
      'own.yaml:12:',
    ],
    ['no rules', PACK.slice(0, PACK.indexOf('rules:')), /`rules` is missing/, 'own.yaml:1:1'],
    ['broken YAML', PACK.replace('title: Own', 'title: "Own'), /./, 'own.yaml:'],
    ['nothing', '', /./, 'own.yaml:1:1'],
  ])('with %s is refused at its place', async (_what, content, message, at) => {
    const cwd = inputFolder({ 'own.yaml': content });

    const { exitCode, stdout, stderr } = await traitleak(['rules', 'validate', 'own.yaml'], { cwd });

    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.startsWith(`error ${at}`), stderr).toBe(true);
    expect(stderr).toMatch(message);
    expect(stderr).toContain('(E_PACK_INVALID)');
  });

  test('like the recommended one with a rule taken out is still a pack', async () => {
    const cwd = inputFolder({ 'own.yml': RECOMMENDED.replace('id: recommended', 'id: ours') });

    expect((await traitleak(['rules', 'list', './own.yml'], { cwd })).stdout).toContain('ours ');
  });
});
