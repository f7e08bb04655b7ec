import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { AuditReport } from '../../src/domain/report.ts';
import { FORMATS } from '../../src/report/formats/index.ts';
import { auditResults } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';
import { written } from './small-report.ts';

/** Ids that can't be mistaken for anything else in an output. */
const idOf = (i: number): string => `qz${(i * 7919 + 104_729) % 1_000_003}x`;
const USERS = Array.from({ length: 400 }, (_, i) => i);

/** Segment `a` is a proxy whose figures may be seen; `c` is one on seven people. */
const EXPORT = {
  'definitions.csv': csv(['segment_id', 'name'], ['a', 'LGBT'], ['b', 'gardeners'], ['c', 'rare']),
  'assignments.csv': csv(
    ['user_id', 'segment_id'],
    ...USERS.flatMap((i) => [
      ...(i % 3 === 0 ? [[idOf(i), 'a']] : []),
      ...(i % 2 === 0 ? [[idOf(i), 'b']] : []),
      ...(i % 10 === 0 ? [[idOf(i), 'c']] : []),
    ]),
  ),
  'traits.csv': csv(
    ['user_id', 'sexual_orientation', 'religion'],
    ...USERS.map((i) => [idOf(i), i % 3 === 0 && i % 5 > 0 ? 'gay' : 'straight', i % 50 === 0 ? 'rare' : 'other']),
  ),
};

const auditExport = (): Promise<AuditReport> => auditResults(inputFolder(EXPORT), '.');

test('no format holds a user id', async () => {
  const report = await auditExport();
  const texts = Object.keys(FORMATS).map((format) => written(format, report));

  expect(Math.min(...texts.map((text) => text.length))).toBeGreaterThan(500);
  expect(USERS.map(idOf).filter((id) => texts.some((text) => text.includes(id)))).toEqual([]);
});

test('no figure of a hidden group is in SARIF or CSV', async () => {
  const report = await auditExport();
  const hidden = report.associations.filter(({ suppressed }) => suppressed);
  const { results } = JSON.parse(written('sarif', report)).runs[0];
  const keysOfEffects = results
    .map(({ properties }: { properties: { effect?: { suppressed: boolean } } }) => properties.effect)
    .filter((effect?: { suppressed: boolean }) => effect?.suppressed === true)
    .map((effect: object) => Object.keys(effect));
  const rows = parse(written('csv-associations', report), { columns: true }) as Record<string, string>[];
  const shown = rows
    .filter(({ suppressed, kind }) => suppressed === 'true' && kind === 'segment')
    .map(({ segment, segment_name, kind, trait, value, verdict, suppressed, test, strata, ...figures }) =>
      Object.values(figures).join(''),
    );

  expect(hidden.some(({ verdict }) => verdict === 'proxy')).toBe(true);
  expect(new Set(keysOfEffects.map(String))).toEqual(new Set(['direction,suppressed']));
  expect(shown).toEqual(hidden.map(() => ''));
});
