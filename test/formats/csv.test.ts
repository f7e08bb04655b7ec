import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvCell } from '../../src/wording/csv-cell.ts';
import { HOSTILE_NAMES, hostileText } from './hostile-names.ts';
import { reportOf, smallReport, written } from './small-report.ts';

type Row = Readonly<Record<string, string>>;

const rowsOf = (csv: string): readonly Row[] => parse(csv, { columns: true });

/** What a spreadsheet runs, see OWASP on CSV injection. */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/;
const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** Takes off what keeps a formula from running. */
const original = (cell: string): string => (/^'(?:['\s]*[=+\-@＝＋－＠]|'*[\t\r\n])/.test(cell) ? cell.slice(1) : cell);

/** Text that CSV holds as it is: no control characters but tab and line breaks, and no half characters. */
const holdable = hostileText.map((text) => text.replace(/[^\P{Cc}\t\r\n]|\p{Cs}/gu, ''));

test.each(['csv', 'csv-associations'])('%s is written as expected', async (format) => {
  await expect(written(format, smallReport())).toMatchFileSnapshot(`snapshots/${format}.snapshot.csv`);
});

describe.each(['csv', 'csv-associations'])('%s', (format) => {
  test('has as many rows as there is to tell', () => {
    expect(rowsOf(written(format, smallReport()))).toHaveLength(5);
  });

  test.each(Object.entries(HOSTILE_NAMES))('is read back with names that hold %s', (_what, name) => {
    const rows = rowsOf(written(format, reportOf(name)));

    expect(rows).toHaveLength(5);
    expect(rows.filter(({ suppressed }) => suppressed === 'true' || suppressed === 'false').length).toBeGreaterThan(2);
  });

  test('holds no formula, whatever the names', () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const cells = rowsOf(written(format, reportOf(name))).flatMap((row) => Object.values(row));

        expect(cells.filter((cell) => FORMULA.test(cell) && !NUMBER.test(cell))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('holds the id of a segment as it is', () => {
    fc.assert(
      fc.property(holdable, (name) => {
        const [row] = rowsOf(written(format, reportOf(name)));

        expect(original(row?.segment ?? '')).toBe(name);
      }),
      { numRuns: 100 },
    );
  });
});

test('figures of a hidden table are empty', () => {
  const row = rowsOf(written('csv-associations', smallReport()))[1];
  const shown = Object.entries(row ?? {}).filter(([, cell]) => cell !== '');

  expect(Object.fromEntries(shown)).toEqual({
    segment: 'c02',
    segment_name: 'cooks',
    kind: 'segment',
    trait: 'religion',
    value: 'jain',
    verdict: 'proxy',
    suppressed: 'true',
    test: 'mid-p',
  });
});

test('figures of a finding on a hidden table are empty', () => {
  const { members, share_inside, ratio, q_value, suppressed } = rowsOf(written('csv', smallReport()))[2] ?? {};

  expect([members, share_inside, ratio, q_value, suppressed]).toEqual(['', '', '', '', 'true']);
});

test('numbers are whole, and infinity is a word', () => {
  const { ln_p_value, q_value, representation_ratio_upper, in_value } =
    rowsOf(written('csv-associations', smallReport()))[0] ?? {};

  expect([ln_p_value, q_value, representation_ratio_upper, in_value]).toEqual(['-46.05', '1e-19', 'Infinity', '60']);
});

describe('a cell', () => {
  test.each([
    ['a', 'a'],
    ['a"b', '"a""b"'],
    ['a,b', '"a,b"'],
    ['a;b', '"a;b"'],
    ['a\r\nb', '"a\r\nb"'],
    [' a', '" a"'],
    ['=1+1', "'=1+1"],
    ["'=1+1", "''=1+1"],
    [' =1+1', "' =1+1"],
    ['\t=1', '"\'\t=1"'],
    ['-5', '-5'],
    ['+1.5e-3', '+1.5e-3'],
    ['-5-5', "'-5-5"],
    ["it's", "it's"],
    ["'quoted'", "'quoted'"],
    ['a\0b', 'a\\u{0}b'],
    ['a\ud83d', 'a\\u{d83d}'],
  ])('holds the text %j as %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  test.each([
    [-2.5, '-2.5'],
    [1e-20, '1e-20'],
    [0, '0'],
    [true, 'true'],
    [null, ''],
    [undefined, ''],
  ])('holds %j as %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });
});
