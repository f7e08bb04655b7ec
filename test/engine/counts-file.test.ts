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

test('what single segments cannot show is said not to be examined', async () => {
  const folder = inputFolder({ 'counts.csv': `${HEADER}a,religion,x,900,100,1000,8000\n` });

  const { notices, leakage, compositions } = await auditResults(folder, '--counts', 'counts.csv');

  expect(notices).toContainEqual(expect.objectContaining({ code: 'counts-only', level: 'warning' }));
  expect([leakage, compositions]).toEqual([[], []]);
});

test('sizes of segments are shown where the counts tell them, and small ones are hidden', async () => {
  const rows = ['5000,a,religion,x,900,100,1000,8000', '7,b,religion,x,1,1,1899,8099'];
  const folder = inputFolder({ 'counts.csv': `members,${HEADER}${rows.join('\n')}\n` });

  const { segments } = await auditResults(folder, '--counts', 'counts.csv');

  expect(segments.map(({ segment, members, suppressed }) => [segment, members, suppressed])).toContainEqual([
    'b',
    null,
    true,
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
    [
      'with an unknown kind',
      `kind,${HEADER}segmant,a,t,x,1,2,3,4\n`,
      'E_COUNTS_INVALID',
      'holds "segmant". Did you mean "segment"?',
      'counts.csv:2',
    ],
    [
      'with an unknown fact',
      `kind,${HEADER}segment,a,t,x,1,2,3,4\nfact,,,user,5,0,0,0\n`,
      'E_COUNTS_INVALID',
      'There is no fact "user". Did you mean "users"?',
      'counts.csv:3',
    ],
    [
      'with facts only',
      `kind,${HEADER}fact,,,users,5,0,0,0\n`,
      'E_INPUT_EMPTY',
      'no counts of people in segments',
      'counts.csv',
    ],
    [
      'with two sizes of one segment',
      `members,${HEADER}50,a,t,x,1,2,3,4\n51,a,t,y,2,1,4,3\n`,
      'E_COUNTS_INVALID',
      'another size of this segment',
      'counts.csv:3',
    ],
    [
      'with some of the columns of weights',
      `in_value_weight,${HEADER}1,a,t,x,1,2,3,4\n`,
      'E_COUNTS_INVALID',
      'There is no column "in_value_squared_weight".',
      'counts.csv:1',
    ],
    [
      'with weights, but not for every value',
      `in_value_weight,in_value_squared_weight,out_value_weight,out_value_squared_weight,${HEADER}1,1,1,1,a,t,x,1,2,3,4\n`,
      'E_COUNTS_INVALID',
      'weighted counts need a row for every known value',
      'counts.csv:2',
    ],
    [
      'with a weight that is no number',
      `in_value_weight,in_value_squared_weight,out_value_weight,out_value_squared_weight,${HEADER}1,-1,1,1,a,t,x,1,2,3,4\n`,
      'E_COUNTS_INVALID',
      'holds "-1", which is not a sum of weights',
      'counts.csv:2',
    ],
    [
      'that protects a value which nobody has',
      `kind,${HEADER}segment,a,t,left,1,2,3,4\nfact,,,panel-users,10,0,0,0\nprotected,,t,lefty,0,0,0,0\n`,
      'E_TRAIT_VALUE',
      'No panel member has the value "lefty" for the trait t. Did you mean "left"?',
      'counts.csv',
    ],
    ['with a header only', HEADER, 'E_INPUT_EMPTY', 'The file holds no counts.', 'counts.csv'],
  ])('%s stops the audit', async (_what, content, code, message, at) => {
    await expectAuditRefusal(inputFolder({ 'counts.csv': content }), ['--counts', 'counts.csv'], { code, message, at });
  });
});
