import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cellKey } from '../../src/domain/cell-key.ts';
import type { AuditReport } from '../../src/domain/report.ts';
import { PUBLISHABLE_FORMATS } from '../../src/report/formats/publishable.ts';
import { publishable } from '../../src/report/publishable-report.ts';
import type { CellTable } from '../../src/report/small-cells.ts';
import { isSmallCell } from '../../src/report/small-cells.ts';
import { traitWords } from '../../src/wording/trait-words.ts';
import { auditResults } from '../command-line.ts';
import { written } from '../formats/small-report.ts';
import { csv, writeFiles } from '../input-folder.ts';
import { countOf, plainText, tablesOfHtml, tablesOfMarkdown } from './published-tables.ts';
import { type KnownTotals, recoverCounts } from './recover-cells.ts';

const LIMIT = 11;
const USERS = Array.from({ length: 600 }, (_, i) => i);
const SEGMENTS = Array.from({ length: 12 }, (_, s) => s);

/** Segment 0 is nearly all of one value; 2 has ten members, 3 has one; the others overlap in every way. */
function isIn(segment: number, user: number): boolean {
  if (segment === 0) return user % 3 === 0;
  if (segment === 1) return user % 2 === 0;
  if (segment === 2) return user % 60 === 0;
  if (segment === 3) return user === 7;
  return (user * (segment + 5) + segment) % (segment + 3) === 0;
}

const religionOf = (user: number): string =>
  user % 100 === 0 ? 'rare' : user % 2 === 0 ? 'x' : user % 7 === 0 ? 'y' : 'z';

/** Every user is in the panel, so that whatever is said of members is said of panel members. */
const EXPORT = {
  'definitions.csv': csv(['segment_id', 'name'], ...SEGMENTS.map((s) => [`s${s}`, `name${s}`])),
  'assignments.csv': csv(
    ['user_id', 'segment_id'],
    ...USERS.flatMap((user) => SEGMENTS.filter((s) => isIn(s, user)).map((s) => [`u${user}`, `s${s}`])),
  ),
  'traits.csv': csv(
    ['user_id', 'sexual_orientation', 'religion'],
    ...USERS.map((user) => [`u${user}`, user % 3 === 0 && user % 5 > 0 ? 'gay' : 'straight', religionOf(user)]),
  ),
};

let report: AuditReport;
let truth: readonly CellTable[];
const folder = mkdtempSync(join(realpathSync(tmpdir()), 'traitleak-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => {
  writeFiles(folder, EXPORT);
  report = await auditResults(folder, '.');
  const exact = await auditResults(folder, '.', '--min-cell', '0');
  truth = exact.associations.map(({ segment, trait, value, counts }) => ({
    segment,
    trait,
    value,
    table: { a: counts.inValue!, b: counts.inOther!, c: counts.outValue!, d: counts.outOther! },
  }));
}, 60_000);

/** What somebody takes from a page: tables by key, and totals by trait. */
interface Taken {
  readonly tables: ReadonlyMap<string, CellTable['table']>;
  readonly members: ReadonlyMap<string, number>;
  readonly values: ReadonlyMap<string, number>;
  readonly panel: number | undefined;
}

const TRAITS: ReadonlyMap<string, string> = new Map(
  ['sexual_orientation', 'religion'].map((trait) => [traitWords(trait).toLowerCase(), trait]),
);

function fromMarkdown(markdown: string): Taken {
  const tables = new Map<string, CellTable['table']>();
  const text = plainText(markdown);
  for (const part of text.split('\n### ')) {
    const [, segment = '', words = '', value = ''] = /^\w+: .*\((s\d+)\), ([^:\n]+): (\S+)/.exec(part) ?? [];
    const counts = /Panel: ([\d,]+) of ([\d,]+) members .*outside ([\d,]+) of ([\d,]+)/
      .exec(part)
      ?.slice(1)
      .map(countOf);
    const trait = TRAITS.get(words.toLowerCase());
    if (counts === undefined || trait === undefined) continue;
    const [a = 0, inside = 0, c = 0, outside = 0] = counts as number[];
    tables.set(cellKey(segment, trait, value), { a, b: inside - a, c, d: outside - c });
  }
  return { tables, ...totalsOf(tablesOfMarkdown(markdown)) };
}

function fromHtml(html: string): Taken {
  const tables = new Map<string, CellTable['table']>();
  for (const [article] of html.matchAll(/<article[\s\S]*?<\/article>/g)) {
    const segment = plainText(/class="id">([\s\S]*?)<\/span>/.exec(article)?.[1] ?? '');
    const [, words = '', value = ''] =
      /^(.*?): (\S+)/.exec(plainText(/class="about">([\s\S]*?)<\/p>/.exec(article)?.[1] ?? '')) ?? [];
    const trait = TRAITS.get(words.toLowerCase());
    const table = tablesOfHtml(article).find(({ header }) => header[0] === 'Panel members');
    if (table === undefined || trait === undefined) continue;
    const [a, b, c, d] = table.rows.flatMap((row) => row.slice(1, 3)).map((cell) => countOf(cell) ?? 0);
    tables.set(cellKey(segment, trait, value), { a: a!, b: b!, c: c!, d: d! });
  }
  const panel = countOf(plainText(/<dt>Panel \(users[\s\S]*?<dd>([\s\S]*?)<\/dd>/.exec(html)?.[1] ?? ''));
  return { tables, ...totalsOf(tablesOfHtml(html)), panel };
}

function totalsOf(tables: ReturnType<typeof tablesOfHtml>): Omit<Taken, 'tables'> {
  const members = new Map<string, number>();
  const values = new Map<string, number>();
  let panel: number | undefined;
  for (const { header, rows } of tables) {
    const column = header.findIndex((name) => name === 'Members' || name === 'Labelled members');
    for (const row of rows) {
      const count = countOf(row[column]);
      const segment = /(?:name|\bs)(\d+)/.exec(row[0] ?? '')?.[1];
      if (column > 0 && count !== undefined && segment !== undefined) members.set(`s${segment}`, count);
      const people = countOf(row[1]);
      if (/^Panel.*known traits/.test(row[0] ?? '')) panel = people ?? panel;
      const [, words = '', value = ''] = /^Panel: ([^,]*), (.*)$/.exec(row[0] ?? '') ?? [];
      if (people !== undefined && TRAITS.has(words)) values.set(cellKey('', TRAITS.get(words)!, value), people);
    }
  }
  return { members, values, panel };
}

/** Everything small that follows from what was taken. */
function smallOnes({ tables, members, values, panel }: Taken): readonly string[] {
  return [...new Set(truth.map(({ trait }) => trait))].flatMap((trait) => {
    const ofTrait = truth.filter((table) => table.trait === trait);
    const known: KnownTotals = {
      inside: members,
      values: new Map(
        ofTrait.flatMap(({ value }) => {
          const count = values.get(cellKey('', trait, value));
          return count === undefined ? [] : [[value, count] as const];
        }),
      ),
      ...(panel === undefined ? {} : { panel }),
    };
    const isHidden = ({ segment, value }: CellTable): boolean => !tables.has(cellKey(segment, trait, value));
    return recoverCounts(ofTrait, isHidden, false, known)
      .filter(({ count }) => isSmallCell(count, LIMIT))
      .map(({ what, count }) => `${trait} ${what} = ${count}`);
  });
}

const RESTRICTED: readonly [string, () => Taken][] = [
  ['the HTML report', () => fromHtml(written('html', report))],
  ['the Markdown report', () => fromMarkdown(written('markdown-report', report))],
];

const published = async (format: string): Promise<string> =>
  [...(await PUBLISHABLE_FORMATS[format]!())(publishable(report))].join('');

describe('somebody who solves the tables of', () => {
  test.each(RESTRICTED)('%s reads what it shows, so that the other tests mean something', (_name, take) => {
    const { tables, members, panel } = take();

    expect(tables.size).toBeGreaterThan(1);
    expect(members.size).toBeGreaterThan(5);
    expect(panel).toBe(600);
    for (const { segment, trait, value, table } of truth) {
      const shown = tables.get(cellKey(segment, trait, value));
      if (shown !== undefined) expect(shown).toEqual(table);
    }
  });

  test.each(RESTRICTED)('%s finds no count of 1 to 10 people', (_name, take) => {
    expect(report.associations.filter(({ suppressed }) => suppressed).length).toBeGreaterThan(5);
    expect(smallOnes(take())).toEqual([]);
  });

  test.each(RESTRICTED)('%s and has every other output as well finds none', (_name, take) => {
    const { members, values, panel } = take();
    const tables = new Map(
      report.associations.flatMap(({ segment, trait, value, counts, suppressed }) =>
        suppressed
          ? []
          : [
              [
                cellKey(segment, trait, value),
                { a: counts.inValue!, b: counts.inOther!, c: counts.outValue!, d: counts.outOther! },
              ] as const,
            ],
      ),
    );

    expect(smallOnes({ tables, members, values, panel })).toEqual([]);
  });

  test.each(['html', 'markdown', 'markdown-report'])('the publishable edition in %s finds none', async (format) => {
    const text = await published(format);
    const totals = totalsOf(format === 'html' ? tablesOfHtml(text) : tablesOfMarkdown(text));

    expect(totals.values.size).toBeGreaterThan(2);
    expect(totals.panel).toBe(600);
    expect(smallOnes({ tables: new Map(), ...totals })).toEqual([]);
  });

  test('both editions together finds none', async () => {
    const { values } = totalsOf(tablesOfHtml(await published('html')));
    const taken = fromHtml(written('html', report));

    expect(smallOnes({ ...taken, values })).toEqual([]);
  });

  test('a page that shows one hidden cell too many would find it', () => {
    const taken = fromHtml(written('html', report));
    const hidden = truth.filter(({ segment, trait }) => segment === 's2' && trait === 'religion');
    const all = new Map(taken.tables);
    for (const { segment, trait, value, table } of hidden.slice(1)) all.set(cellKey(segment, trait, value), table);

    expect(smallOnes({ ...taken, tables: all }).length).toBeGreaterThan(0);
  });
});
