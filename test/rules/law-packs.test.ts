import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPack } from '../../src/rules/load-pack.ts';
import type { RulePack } from '../../src/rules/pack.ts';
import { shippedPacks } from '../../src/rules/pack-place.ts';
import { auditResults, PROJECT } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

/** Every shipped pack that is about the law of some place. */
let lawPacks: readonly RulePack[] = [];

beforeAll(async () => {
  const packs = await Promise.all((await shippedPacks()).map((name) => loadPack(name, PROJECT)));
  lawPacks = packs.filter(({ jurisdiction }) => jurisdiction !== null);
});

describe('every law pack', () => {
  test('says that it is no legal advice', () => {
    expect(lawPacks.length).toBeGreaterThan(0);
    expect(lawPacks.filter(({ description }) => !/not legal advice/i.test(description)).map(({ id }) => id)).toEqual(
      [],
    );
  });

  test('traces each rule to a provision, or says what to verify', () => {
    const untraced = lawPacks.flatMap(({ rules }) =>
      rules
        .filter(
          ({ law }) =>
            law.length === 0 || law.some(({ provision, verify }) => provision === undefined && verify === undefined),
        )
        .map(({ id }) => id),
    );

    expect(untraced).toEqual([]);
  });

  test('has cases on which each rule fires and is silent', () => {
    const untested = lawPacks.flatMap(({ rules }) =>
      rules.filter(({ cases }) => cases.fires.length === 0 || cases.silent.length === 0).map(({ id }) => id),
    );

    expect(untested).toEqual([]);
  });

  test('has rule ids of its own', () => {
    const ids = lawPacks.flatMap(({ rules }) => rules.map(({ id }) => id));

    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });
});

describe('the page on law packs', () => {
  const page = readFileSync(join(PROJECT, 'docs', 'law-packs.md'), 'utf8');
  /** Rows that state a first day of force and a number of rules. */
  const rows = [...page.matchAll(/^\| `([\w-]+)` \|[^|\n]*\| (\d{4}-\d\d-\d\d) \|.*\| (\d+) \|$/gm)].map(
    ([, id = '', from = '', rules = '']) => ({ id, from, rules: Number(rules) }),
  );

  test('has a row for each pack', () => {
    expect(lawPacks.filter(({ id }) => !page.includes(`\n| \`${id}\` |`)).map(({ id }) => id)).toEqual([]);
  });

  test('states the day of force and the number of rules that each pack has', () => {
    const stated = new Map(rows.map((row) => [row.id, row]));

    for (const id of stated.keys()) expect(lawPacks.map((pack) => pack.id)).toContain(id);
    for (const { id, effective, rules } of lawPacks.filter((pack) => !/^(us|industry)-/.test(pack.id)))
      expect(stated.get(id)).toEqual({ id, from: effective?.from, rules: rules.length });
  });
});

/** Rules that find something in each of the names, as `rule name`. */
async function found(
  packs: readonly string[],
  names: readonly string[],
  destinations = '',
): Promise<readonly string[]> {
  const rows = names.map((name) => [name.replaceAll(' ', '-'), name, destinations]);
  const cwd = inputFolder({ 'd.csv': csv(['segment_id', 'name', 'destinations'], ...rows) });
  const { findings } = await auditResults(cwd, '--definitions', 'd.csv', '--pack', ...packs);
  return [...new Set(findings.map(({ rule, segment }) => `${rule} ${segment}`))].sort();
}

describe('laws differ in what they name', () => {
  const names = ['Gay men', 'Diabetes patients', 'Ex-offenders', 'Seniors 65+', 'Teens 13-17', 'Army veterans'];

  test.each([
    [
      'eu-gdpr',
      [
        'gdpr-name-states-offences Ex-offenders',
        'gdpr-name-states-special Diabetes-patients',
        'gdpr-name-states-special Gay-men',
      ],
    ],
    [
      'eu-dsa',
      [
        'dsa-name-states-minors Teens-13-17',
        'dsa-name-states-special Diabetes-patients',
        'dsa-name-states-special Gay-men',
      ],
    ],
    ['eu-ai-act', ['aia-name-states-prohibited-trait Gay-men']],
    [
      'uk-special-category',
      [
        'uk-name-states-offences Ex-offenders',
        'uk-name-states-protected Gay-men',
        'uk-name-states-protected Seniors-65+',
        'uk-name-states-protected Teens-13-17',
        'uk-name-states-special Diabetes-patients',
        'uk-name-states-special Gay-men',
      ],
    ],
    [
      'in-dpdp',
      [
        'dpdp-name-states-children Teens-13-17',
        'dpdp-name-states-inference Diabetes-patients',
        'dpdp-name-states-inference Ex-offenders',
        'dpdp-name-states-inference Gay-men',
      ],
    ],
    [
      'br-lgpd',
      [
        'lgpd-name-states-minors Teens-13-17',
        'lgpd-name-states-sensitive Diabetes-patients',
        'lgpd-name-states-sensitive Gay-men',
      ],
    ],
  ])('%s', async (pack, expected) => {
    expect(await found([pack], names)).toEqual(expected);
  });

  test('advertising by minors is not advertising by older people, whatever other packs find in these', async () => {
    const rules = await found(['recommended', 'eu-dsa', 'in-dpdp'], ['Seniors 65+', 'Teens 13-17'], 'advertising');

    expect(rules.filter((rule) => /minors-not-for|children-not-for/.test(rule))).toEqual([
      'dpdp-children-not-for-advertising Teens-13-17',
      'dsa-minors-not-for-advertising Teens-13-17',
    ]);
  });
});
