import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type CaseOutcome, casesOf } from '../../src/cases/case-of-rule.ts';
import { measureFalseAlarms } from '../../src/cases/measure-false-alarms.ts';
import { runCases } from '../../src/cases/run-cases.ts';
import { loadLexicons } from '../../src/ingest/load-lexicons.ts';
import { falseAlarmKey, loadFalseAlarms } from '../../src/rules/false-alarms.ts';
import { loadPacks } from '../../src/rules/load-pack.ts';
import type { RulePack } from '../../src/rules/pack.ts';
import { shippedPacks } from '../../src/rules/pack-place.ts';
import { inputFolder } from '../input-folder.ts';

const packs = await loadPacks(await shippedPacks(), '.');
const lexicons = await loadLexicons();

const named = ({ pack, rule, expect: side, number, instead }: CaseOutcome): string =>
  `${pack.id}/${rule.id} ${side} ${number}: ${instead ?? ''}`;

test('every shipped rule has a case that it must find and one that it must be silent on', () => {
  const lacking = packs.flatMap((pack) =>
    pack.rules.filter(({ cases }) => cases.fires.length === 0 || cases.silent.length === 0).map(({ id }) => id),
  );

  expect(packs.flatMap(({ rules }) => rules).length).toBeGreaterThan(200);
  expect(lacking).toEqual([]);
});

test('every case of every shipped rule passes, and nothing of it stays behind', { timeout: 300_000 }, async () => {
  const folder = inputFolder();

  const outcomes = await runCases(casesOf(packs), { lexicons, folder });

  expect(outcomes.filter(({ passed }) => !passed).map(named)).toEqual([]);
  expect(outcomes).toHaveLength(casesOf(packs).length);
  expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).includes('.'))).toEqual([]);
});

/** The packs without the rules that `isLeft` lets go, and the first case that each of these must find. */
async function outcomesWithout(isOff: (index: number) => boolean): Promise<readonly CaseOutcome[]> {
  const cases = packs.flatMap((pack) => {
    const reduced: RulePack = { ...pack, rules: pack.rules.filter((_, index) => !isOff(index)) };
    return casesOf([pack])
      .filter(({ rule, expect: side, number }) => side === 'fires' && number === 1 && isOff(pack.rules.indexOf(rule)))
      .map((one) => ({ ...one, pack: reduced }));
  });
  return runCases(cases, { lexicons, folder: inputFolder() });
}

test('a rule that is switched off fails the case that it must find, whichever rule it is', {
  timeout: 300_000,
}, async () => {
  const outcomes = [
    ...(await outcomesWithout((index) => index % 2 === 0)),
    ...(await outcomesWithout((index) => index % 2 === 1)),
  ];

  expect(outcomes).toHaveLength(packs.flatMap(({ rules }) => rules).length);
  expect(outcomes.filter(({ passed }) => passed).map(named)).toEqual([]);
});

test('ids of rules are unique over all shipped packs, but for those that one pack takes from another', () => {
  const statedBy = new Map<string, Set<string>>();
  for (const { id, statedBy: by } of packs.flatMap(({ rules }) => rules)) {
    statedBy.set(id, (statedBy.get(id) ?? new Set()).add(by));
  }

  expect([...statedBy].filter(([, by]) => by.size > 1)).toEqual([]);
});

test('names-only looks at names and topics, and says why it does without everything else', () => {
  const pack = packs.find(({ id }) => id === 'names-only')!;
  const all = packs.find(({ id }) => id === 'recommended')!;

  expect([...new Set(pack.rules.map(({ kind }) => kind))].sort()).toEqual(['name', 'topics']);
  expect(pack.rules.length + pack.off.length).toBe(all.rules.length);
  expect(pack.off.filter(({ reason }) => reason === '')).toEqual([]);
});

test('the build has measured every shipped rule', async () => {
  const measured = await loadFalseAlarms();

  const lacking = packs
    .filter(({ id }) => id !== 'strict')
    .flatMap(({ rules }) => rules.filter((rule) => measured?.rules[falseAlarmKey(rule)] === undefined))
    .map(({ id }) => id);
  expect(lacking).toEqual([]);
});

test('false alarms are counted on cases of rules that ask the same, for traits that these cover', async () => {
  const folder = inputFolder({
    'own.yaml': `id: own
version: 1.0.0
title: Own
rules:
  - &rule
    id: eager
    kind: name
    title: t
    severity: high
    traits: any
    when: { strength: explicit, fields: [name] }
    why: w
    remedy: r
    law: []
    cases: { fires: [{ name: Muslims }], silent: [{ name: Jazz }] }
  - <<: *rule
    id: narrow
    traits: [religion]
    cases: { fires: [{ name: Catholics }], silent: [{ name: Gay men }, { name: Opera }] }
  - <<: *rule
    id: of-orientation
    traits: [sexual_orientation]
    cases: { fires: [{ name: Lesbians }], silent: [{ name: Bisexual people }, { name: Muslims }] }
  - <<: *rule
    id: implied
    when: { strength: implied, fields: [name] }
    cases: { fires: [{ name: Gospel music }], silent: [{ name: Rock }] }
`
      .replaceAll('<<: *rule', 'kind: name\n    title: t\n    severity: high\n    why: w\n    remedy: r\n    law: []')
      .replace('&rule\n    id', 'id')
      .replaceAll(/(id: (?:narrow|of-orientation)\n)/g, '$1    when: { strength: explicit, fields: [name] }\n')
      .replace('id: implied\n', 'id: implied\n    traits: any\n'),
  });
  const own = await loadPacks(['own.yaml'], folder);

  const figures = await measureFalseAlarms(own, { lexicons, folder });

  // Five cases: Jazz, Gay men, Opera, Bisexual people; "Muslims" is one that a rule must find. Only of-orientation covers what is found.
  expect(own[0]!.rules.map((rule) => [rule.id, figures[falseAlarmKey(rule)]])).toEqual([
    ['eager', { cases: 4, fired: 1 }],
    ['narrow', { cases: 4, fired: 0 }],
    ['of-orientation', { cases: 4, fired: 1 }],
    ['implied', { cases: 1, fired: 0 }],
  ]);
});
