import { describe, expect, test } from 'vitest';
import { auditResults, expectAuditRefusal } from '../command-line.ts';
import { inputFolder } from '../input-folder.ts';

const HEADER = 'segment_id,trait,value,in_value,in_other,out_value,out_other\n';

test('ready-made counts are audited without any row of a user', async () => {
  const folder = inputFolder({
    'counts.csv': `${HEADER}a,religion,x,900,100,1000,8000\na,religion,y,100,900,8000,1000\n`,
    'definitions.csv': 'segment_id,name\na,morning songs\nb,evening songs\n',
  });

  const { associations, findings, summary, inputs, segments } = await auditResults(
    folder,
    ...['--counts', 'counts.csv', '--definitions', 'definitions.csv'],
  );

  expect(associations.map(({ value, counts, verdict }) => [value, counts, verdict])).toEqual([
    ['x', { inValue: 900, inOther: 100, outValue: 1000, outOther: 8000 }, 'proxy'],
    ['y', { inValue: 100, inOther: 900, outValue: 8000, outOther: 1000 }, 'proxy'],
  ]);
  expect(findings.map(({ segment, verdict }) => [segment, verdict])).toContainEqual(['a', 'proxy']);
  expect(summary).toMatchObject({ segments: 2, users: null, panelUsers: null, traitsTested: ['religion'] });
  expect(segments.map(({ segment, name }) => [segment, name])).toEqual([
    ['a', 'morning songs'],
    ['b', 'evening songs'],
  ]);
  expect(inputs.map(({ role, rows }) => [role, rows])).toEqual([
    ['definitions', 2],
    ['counts', 2],
  ]);
});

test('ready-made counts need no definitions', async () => {
  const folder = inputFolder({ 'counts.csv': `${HEADER}007,religion,x,900,100,1000,8000\n` });

  expect((await auditResults(folder, '--counts', 'counts.csv')).segments.map(({ segment }) => segment)).toEqual([
    '007',
  ]);
});

test('small counts are hidden like any other', async () => {
  const folder = inputFolder({ 'counts.csv': `${HEADER}a,religion,x,9,100,1000,8000\n` });

  const { associations } = await auditResults(folder, '--counts', 'counts.csv');

  expect(associations[0]).toMatchObject({ suppressed: true, counts: { inValue: null, outOther: null } });
});

describe('a counts file', () => {
  test.each([
    [
      'without a column',
      'segment_id,trait,value\na,b,c\n',
      'E_COUNTS_INVALID',
      'There is no column "in_value".',
      'counts.csv:1',
    ],
    [
      'with a negative count',
      `${HEADER}a,t,x,1,2,3,4\na,t,y,-1,2,3,4\n`,
      'E_COUNTS_INVALID',
      'holds "-1", which is not a whole number of people',
      'counts.csv:3',
    ],
    ['with a fraction', `${HEADER}a,t,x,1.5,2,3,4\n`, 'E_COUNTS_INVALID', 'holds "1.5"', 'counts.csv:2'],
    [
      'with a count beyond what numbers hold',
      `${HEADER}a,t,x,9007199254740993,2,3,4\n`,
      'E_COUNTS_INVALID',
      'holds "9007199254740993"',
      'counts.csv:2',
    ],
    [
      'with an empty segment',
      `${HEADER},t,x,1,2,3,4\n`,
      'E_COUNTS_INVALID',
      'The column "segment_id" is empty.',
      'counts.csv:2',
    ],
    [
      'with a row given twice',
      `${HEADER}a,t,x,1,2,3,4\na,t,x,1,2,3,4\n`,
      'E_COUNTS_INVALID',
      'stand on an earlier line too',
      'counts.csv:3',
    ],
    ['with a ragged row', `${HEADER}a,t,x,1,2,3\n`, 'E_INPUT_CSV', /./, 'counts.csv:2'],
    ['with a header only', HEADER, 'E_INPUT_EMPTY', 'The file holds no counts.', 'counts.csv'],
  ])('%s stops the audit', async (_what, content, code, message, at) => {
    await expectAuditRefusal(inputFolder({ 'counts.csv': content }), ['--counts', 'counts.csv'], { code, message, at });
  });
});
