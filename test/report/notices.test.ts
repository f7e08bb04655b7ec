import { expect, test } from 'vitest';
import type { Notice } from '../../src/domain/notice.ts';
import { auditResults, shownOf } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

const CLUSTERS = csv(['segment_id', 'name'], ['s0', 'night owls'], ['s1', 'early birds']);
const users = (count: number, prefix = 'u'): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
const rowsOf = (ids: readonly string[]): string =>
  csv(['user_id', 'segment_id'], ...ids.map((id, i) => [id, `s${i % 2}`]));
const panelOf = (ids: readonly string[]): string =>
  csv(['user_id', 'religion'], ...ids.map((id, i) => [id, i % 4 < 2 ? 'a' : 'b']));

/** Audits, and returns the notice with the code. */
async function noticeOf(
  code: string,
  files: Readonly<Record<string, string>>,
  ...flags: string[]
): Promise<Notice | undefined> {
  const folder = inputFolder(files);
  const given = Object.keys(files).flatMap((file) => [`--${file.split('.')[0]}`, file]);
  const { notices } = await auditResults(folder, ...given, ...flags);
  return notices.find((notice) => notice.code === code);
}

test('segments of the assignments without a definition are named', async () => {
  const notice = await noticeOf('segments-without-definition', {
    'definitions.csv': CLUSTERS,
    'assignments.csv': `${rowsOf(users(40))}u1,s9\nu2,s10\n`,
  });

  expect(notice?.level).toBe('warning');
  expect(notice?.message).toContain('2 segments of the assignments have no definition');
  expect(notice?.message).toContain('s10, s9');
});

test('defined segments without a member are named', async () => {
  const notice = await noticeOf('segments-without-members', {
    'definitions.csv': `${CLUSTERS}s7,nobody\n`,
    'assignments.csv': rowsOf(users(40)),
  });

  expect(notice?.message).toContain('s7');
});

test('panel users that never occur in the export are counted', async () => {
  const notice = await noticeOf('panel-users-without-segment', {
    'assignments.csv': rowsOf(users(40)),
    'traits.csv': panelOf([...users(40), ...users(15, 'x')]),
  });

  expect(notice?.message).toBe('15 of 55 panel users are in no segment; they count as outside of all.');
});

test('when few panel users never occur, their number is not told', async () => {
  const notice = await noticeOf('panel-users-without-segment', {
    'assignments.csv': rowsOf(users(40)),
    'traits.csv': panelOf([...users(40), ...users(3, 'x')]),
  });

  expect(notice?.message).toMatch(/^Some of 43 panel users/);
});

test('a panel of which nobody occurs in the export is called out, in results and on the terminal', async () => {
  const files = { 'assignments.csv': rowsOf(users(40)), 'traits.csv': panelOf(users(40, 'x')) };
  const notice = await noticeOf('panel-not-in-export', files);
  const stdout = shownOf(await auditResults(inputFolder(files), '.'));

  expect(notice?.level).toBe('warning');
  expect(notice?.message).toContain('No panel user is a member of any segment.');
  expect(stdout).toMatch(/! No panel user is a member of any segment\./);
});

test('panel users with two different values are left out, and said to be', async () => {
  const files = {
    'assignments.csv': rowsOf(users(60)),
    'traits.csv': `${panelOf(users(60))}${users(12)
      .map((id, i) => `${id},${i % 4 < 2 ? 'b' : 'a'}\n`)
      .join('')}`,
  };

  const notice = await noticeOf('panel-conflicting-users', files);
  const { summary } = await auditResults(inputFolder(files), '.');

  expect(notice?.level).toBe('warning');
  expect(notice?.message).toContain('12 panel users occur with different values');
  expect(summary.panelUsers).toBe(48);
});

test('a few contradicting panel users are not counted out', async () => {
  const notice = await noticeOf('panel-conflicting-users', {
    'assignments.csv': rowsOf(users(40)),
    'traits.csv': `${panelOf(users(40))}u0,b\n`,
  });

  expect(notice?.message).toMatch(/^fewer than 11 panel users/);
});

test('repeated rows of panel and assignments count once, and are counted', async () => {
  const files = {
    'assignments.csv': `${rowsOf(users(40))}u0,s0\n`,
    'traits.csv': `${panelOf(users(40))}u0,a\nu1,a\n`,
  };

  expect((await noticeOf('duplicate-rows', files))?.message).toMatch(/^1 assignment rows? repeats? an earlier one/);
  expect((await noticeOf('panel-duplicate-rows', files))?.message).toMatch(/^2 panel rows repeat an earlier one/);
});

test('rows that name no user or no segment are counted, not dropped in silence', async () => {
  const files = {
    'assignments.csv': `${rowsOf(users(40))},s0\n,s1\nu0,\n`,
    'traits.csv': `${panelOf(users(40))},a\n`,
  };

  expect((await noticeOf('rows-without-user', files))?.message).toContain('2 assignment rows name no user');
  expect((await noticeOf('rows-without-segment', files))?.message).toMatch(/1 assignment rows? names? no segment/);
  expect((await noticeOf('panel-rows-without-user', files))?.message).toMatch(/1 panel rows? names? no user/);
});

test('the columns that were recognised are told, and those that were not tested', async () => {
  const files = {
    'assignments.csv': rowsOf(users(40)),
    'traits.csv': csv(['uid', 'faith', 'shoe_size'], ...users(40).map((id, i) => [id, i % 4 < 2 ? 'a' : 'b', 40])),
  };

  expect((await noticeOf('panel-columns-unused', files))?.message).toContain('shoe_size');
});

test('an unknown value of a trait is left out of its tests', async () => {
  const folder = inputFolder({
    'assignments.csv': rowsOf(users(160)),
    'traits.csv': csv(
      ['user_id', 'religion'],
      ...users(160).map((id, i) => [id, i % 8 === 0 ? '' : i % 8 === 1 ? 'Prefer not to say' : i % 4 < 2 ? 'a' : 'b']),
    ),
  });

  const { associations } = await auditResults(folder, '.');

  expect([...new Set(associations.map(({ value }) => value))]).toEqual(['a', 'b']);
  const { inValue, inOther, outValue, outOther } = associations[0]!.counts;
  expect(inValue! + inOther! + outValue! + outOther!).toBe(120);
});

test('the config says which values mean unknown, in any letter case', async () => {
  const folder = inputFolder({
    'assignments.csv': rowsOf(users(160)),
    'panel.csv': csv(['user_id', 'q7'], ...users(160).map((id, i) => [id, ['a', 'b', 'c', 'SKIPPED'][i % 4]!])),
    'traitleak.yaml':
      'assignments: assignments.csv\ntraits: { file: panel.csv, columns: { q7: { trait: religion, unknown: [skipped, c] } } }\n',
  });

  const { associations } = await auditResults(folder);

  expect([...new Set(associations.map(({ value }) => value))]).toEqual(['a', 'b']);
});

test.each([
  ['no panel and no assignments', { 'definitions.csv': CLUSTERS }, 'no assignments and no traits panel were given'],
  ['no panel', { 'definitions.csv': CLUSTERS, 'assignments.csv': rowsOf(users(40)) }, 'no traits panel was given'],
  ['no assignments', { 'definitions.csv': CLUSTERS, 'traits.csv': panelOf(users(40)) }, 'no assignments were given'],
])('with %s, the report says loudly that membership was not tested', async (_what, files, reason) => {
  const stdout = shownOf(await auditResults(inputFolder(files), '.'));

  expect(stdout).toContain('membership  not examined');
  expect(stdout.replace(/\s+/g, ' ')).toContain(`Membership was not tested: ${reason}.`);
  expect(stdout).toContain('No findings is not proof of safety');
});

test('an export of bare numbers without a panel says that there was nothing to test', async () => {
  const files = { 'definitions.csv': csv(['segment_id'], [1], [2]) };

  expect((await noticeOf('no-words', files))?.level).toBe('warning');
  expect((await noticeOf('membership-not-tested', files))?.level).toBe('warning');
});

test('a lowered small-cell limit is marked in every output', async () => {
  const files = { 'definitions.csv': CLUSTERS };
  const notice = await noticeOf('small-cells-shown', files, '--min-cell', '0');
  const stdout = shownOf(await auditResults(inputFolder(files), '.', '--min-cell', '0'));

  expect(notice?.level).toBe('warning');
  expect(stdout).toContain('The small-cell limit is 0 instead of 11');
});
