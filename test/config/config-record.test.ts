import { expect, test } from 'vitest';
import { configRecord } from '../../src/config/config-record.ts';
import { parseConfig } from '../../src/config/parse-config.ts';

const FULL = {
  definitions: 'a.csv',
  assignments: { files: ['m/*.csv'], user: 'u', segment: 's', score: 'x' },
  traits: {
    file: 'panel.csv',
    user: 'u',
    columns: { o: 'sexual_orientation', age: { trait: 'age', bands: [18, 25], unknown: ['?'] } },
    strata: ['country'],
    weight: 'w',
    intersections: [['age', 'sex_gender']],
  },
  previous: { definitions: ['old.csv'], assignments: 'old-rows.csv' },
  consent: { file: 'consent.dat', format: 'csv', delimiter: ';', purpose: 'p' },
  waivers: 'w.yaml',
  baseline: 'b.json',
  packs: ['recommended', 'mine.yaml'],
  failOn: 'medium',
  failOnInconclusive: true,
  minCell: 20,
  multiplicity: { method: 'holm', family: 'trait', level: 0.01 },
  leaveOut: ['leakage'],
  selfTest: true,
  lock: 'traitleak.lock',
  report: { edition: 'restricted', dpEpsilon: 0.5 },
};

test.each<[string, unknown]>([
  ['every key', FULL],
  ['none', {}],
  ['files alone', { definitions: ['a.csv'] }],
  ['a panel by its file', { assignments: 'm.csv', traits: 'panel.csv' }],
  ['no strata', { assignments: 'm.csv', traits: { file: 'panel.csv', strata: [] } }],
  ['earlier definitions alone', { definitions: 'a.csv', previous: { definitions: 'b.csv' } }],
  ['counts', { counts: 'c.csv', consent: 'consent.csv' }],
])('the record of a config with %s reads back as the same config', (_what, value) => {
  const config = parseConfig(value, { folder: '/x' });

  expect(parseConfig(configRecord(config), { folder: '/x' })).toEqual(config);
});

test('the record holds no folder of this machine, no place of a secret, and nothing that results do not depend on', () => {
  const config = parseConfig(
    { definitions: 'a.csv', engine: { threads: 3 }, report: { dpEpsilon: 0.5, dpSecretFile: '/home/me/secret' } },
    {
      folder: '/home/me',
      file: { path: '/home/me/traitleak.yaml', shown: 'traitleak.yaml' },
    },
  );

  const record = configRecord(config);

  expect(JSON.stringify(record)).not.toContain('/home');
  expect(record.report).toEqual({ edition: 'restricted', dpEpsilon: 0.5 });
  expect(Object.keys(record)).not.toContain('engine');
});
