import { expect, test } from 'vitest';
import { explainSegment } from '../src/report/explain-segment.ts';
import { PLAIN } from '../src/report/format.ts';
import { auditResults } from './command-line.ts';
import { csv, inputFolder } from './input-folder.ts';

const members = (segment: string, start: number, end: number): readonly (readonly string[])[] =>
  Array.from({ length: end - start }, (_, i) => [`u${start + i}`, segment]);

test('segments that are called the same are compared exactly, however few they have in common', async () => {
  const cwd = inputFolder({
    'old-definitions.csv': csv(['segment_id', 'name'], ['17', "it's jazz"], ['18', 'tea'], ['19', 'gardens']),
    'old.csv': csv(
      ['user_id', 'segment_id'],
      ...members('17', 0, 200),
      ...members('18', 0, 150),
      ...members('owls', 600, 800),
    ),
    'definitions.csv': csv(['segment_id', 'name'], ['4', "it's jazz"], ['5', 'tea']),
    'new.csv': csv(
      ['user_id', 'segment_id'],
      ...members('4', 180, 400),
      ...members('5', 400, 600),
      ...members('owls', 780, 980),
    ),
  });
  const report = await auditResults(
    cwd,
    ...['--definitions', 'definitions.csv', '--assignments', 'new.csv'],
    ...['--previous-definitions', 'old-definitions.csv', '--previous-assignments', 'old.csv'],
  );

  expect(report.lineage).toMatchObject([
    { kind: 'churned', by: 'name', before: '17', after: '4', overlap: 20, shareOfBefore: 0.1 },
    { kind: 'churned', by: 'name', before: '18', after: '5', overlap: 0, shareOfBefore: 0 },
    { kind: 'churned', by: 'id', before: 'owls', after: 'owls', overlap: 20 },
  ]);
  expect(explainSegment(report, '4', { style: PLAIN, width: 100, verbose: true })).toContain(
    'It has the name of the earlier segment "it\'s jazz" (17), and other people in it',
  );
});
