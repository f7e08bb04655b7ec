import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Association, Verdict } from '../../src/domain/association.ts';
import { FORMATS } from '../../src/report/formats/index.ts';
import { PUBLISHABLE_FORMATS } from '../../src/report/formats/publishable.ts';
import { publishable, SMALLEST_CROWD } from '../../src/report/publishable-report.ts';
import { showPrivateCounts } from '../../src/report/show-private-counts.ts';
import { auditResults, expectAuditRefusal, expectRefusal, traitleak } from '../command-line.ts';
import { HOSTILE_NAMES } from '../formats/hostile-names.ts';
import { association, reportOf, smallReport } from '../formats/small-report.ts';
import { csv, inputFolder } from '../input-folder.ts';

const USERS = Array.from({ length: 4237 }, (_, i) => i);
const SEGMENTS = Array.from({ length: 14 }, (_, s) => s);

/** Segment 0 is a proxy; everything that could tell of a segment is a word of its own. */
const EXPORT = {
  'clusters.csv': csv(['segment_id', 'name'], ...SEGMENTS.map((s) => [`zq${s}id`, `Zqname${s}`])),
  'assignments.csv': csv(
    ['user_id', 'segment_id'],
    ...USERS.flatMap((u) =>
      SEGMENTS.filter((s) => (s === 0 ? u % 5 === 0 : (u * 31 + s * 17) % (s + 4) === 0)).map((s) => [
        `u${u}`,
        `zq${s}id`,
      ]),
    ),
  ),
  'traits.csv': csv(
    ['user_id', 'religion'],
    ...USERS.map((u) => [`u${u}`, u < 3 ? 'rarest' : u % 5 === 0 ? 'x' : u % 3 === 0 ? 'y' : 'z']),
  ),
  'dp.secret': '0f1e2d3c4b5a69788796a5b4c3d2e1f0\n',
  'traitleak.yaml': 'definitions: clusters.csv\nassignments: assignments.csv\ntraits: traits.csv\nfailOn: never\n',
};
/** Users of the panel, of the export, and of the values. */
const EXACT = ['4,237', '3,044', '847', '1,130', '2,257', '4237', '3044', '1130', '2257'];

const publishableTexts = async (report: Parameters<typeof publishable>[0]): Promise<readonly string[]> =>
  Promise.all(
    Object.values(PUBLISHABLE_FORMATS).map(async (load) => [...(await load())(publishable(report))].join('')),
  );

describe('the publishable edition', () => {
  test('names no segment, no file and no digest, and says what it leaves out', async () => {
    const report = await auditResults(inputFolder(EXPORT));
    const texts = await publishableTexts(report);
    const findings = report.findings.filter(({ verdict }) => verdict === 'proxy');

    expect(findings.length).toBeGreaterThan(0);
    for (const text of texts) {
      expect(text).toContain('publishable edition');
      expect(text).not.toMatch(/zq/i);
      for (const { path, sha256 } of report.inputs) {
        expect(text).not.toContain(path);
        expect(text).not.toContain(sha256);
      }
      for (const { fingerprint } of report.findings) expect(text).not.toContain(fingerprint);
    }
  });

  test('is the same from saved results as from the audit', async () => {
    const folder = inputFolder(EXPORT);
    const files = ['html=a.html', 'markdown-report=a.md'].flatMap((file) => ['-f', file]);
    await traitleak(['audit', '--edition', 'publishable', ...files], { cwd: folder });
    await traitleak(['audit', '-f', 'json=results.json'], { cwd: folder });
    const { stdout } = await traitleak(
      ['report', 'results.json', '--edition', 'publishable', '-f', 'markdown-report', '-f', 'html=b.html'],
      { cwd: folder },
    );

    expect(stdout).toBe(readFileSync(join(folder, 'a.md'), 'utf8'));
    expect(readFileSync(join(folder, 'b.html'), 'utf8')).toBe(readFileSync(join(folder, 'a.html'), 'utf8'));
    expect(stdout).toContain('| Religion | 14 | 7 | 0 | 7 |');
  });

  test.each(Object.keys(FORMATS).filter((format) => !Object.hasOwn(PUBLISHABLE_FORMATS, format)))(
    'is refused as %s, with nothing written',
    async (format) => {
      await expectRefusal(
        inputFolder(EXPORT),
        ['audit', '--edition', 'publishable', '-f', `${format}=out`, '-f', 'html=a.html'],
        {
          code: 'E_USAGE',
          message: `There is no publishable edition of ${format}`,
        },
      );
    },
  );

  test('asked for in the config is not forgotten when no format is named', async () => {
    const config = `${EXPORT['traitleak.yaml']}report: { edition: publishable }\n`;

    await expectRefusal(inputFolder({ ...EXPORT, 'traitleak.yaml': config }), ['audit'], {
      code: 'E_USAGE',
      message: 'There is no publishable edition of text',
    });
  });

  test.each(Object.entries(HOSTILE_NAMES))('shows a trait and a pack called %s as text', async (_what, name) => {
    const [html = '', markdown = ''] = await publishableTexts(reportOf(name));

    expect(html).not.toMatch(/<script>alert|<img/);
    expect(html.match(/<section class="part"/g)).toHaveLength(5);
    expect(markdown.match(/^## \d/gm)).toHaveLength(5);
  });
});

describe('counts of verdicts', () => {
  const withVerdicts = (proxies: number, others: number): ReturnType<typeof publishable> =>
    publishable(
      smallReport({
        summary: { ...smallReport().summary, segments: proxies + others },
        associations: Array.from(
          { length: proxies + others },
          (_, s): Association => association(`s${s}`, 'sikh', (s < proxies ? 'proxy' : 'cleared') satisfies Verdict),
        ),
      }),
    );

  test('are there where a crowd of segments was compared', () => {
    const { verdicts, findings } = withVerdicts(3, SMALLEST_CROWD - 3);

    expect(verdicts).toEqual([{ trait: 'religion', segments: 10, counts: { proxy: 3, cleared: 7, inconclusive: 0 } }]);
    expect(findings).not.toBeNull();
  });

  test.each([
    ['few segments were compared', 1, SMALLEST_CROWD - 2],
    ['more than half of the segments are proxies', 6, 5],
    ['all are', 12, 0],
  ])('are withheld where %s, and so are the findings', (_when, proxies, others) => {
    const { verdicts, findings } = withVerdicts(proxies, others);

    expect(verdicts.map(({ counts }) => counts)).toEqual([null]);
    expect(findings).toBeNull();
  });

  test('count a segment once, by its gravest value', () => {
    const rows = Array.from({ length: 10 }, (_, s) => [
      association(`s${s}`, 'a', s === 0 ? 'proxy' : 'cleared'),
      association(`s${s}`, 'b', s === 1 ? 'inconclusive' : 'cleared'),
    ]).flat();

    expect(publishable(smallReport({ associations: rows })).verdicts[0]?.counts).toEqual({
      proxy: 1,
      cleared: 8,
      inconclusive: 1,
    });
  });
});

describe('counts of people without noise', () => {
  const peopleOf = (panelUsers: number, counts: Readonly<Record<string, number>>): readonly (string | undefined)[] =>
    publishable(
      smallReport({
        summary: { ...smallReport().summary, panelUsers },
        associations: Object.entries(counts).map(([value, people]) => ({
          ...association('s', value, 'cleared'),
          counts: { inValue: 0, inOther: 100, outValue: people, outOther: panelUsers - people - 100 },
        })),
      }),
    )
      .people.filter(({ what }) => what === 'value')
      .map(({ value, people }) => `${value} ${people}`);

  test('are shown where nobody is left over', () => {
    expect(peopleOf(1000, { a: 400, b: 600 })).toEqual(['a 400', 'b 600']);
  });

  test('leave out the smallest where those left over are few', () => {
    expect(peopleOf(1000, { a: 396, b: 600 })).toEqual(['b 600']);
  });

  test('leave out more until those left over are a crowd', () => {
    expect(peopleOf(1000, { a: 3, b: 5, c: 992 })).toEqual([]);
  });
});

describe('counts with noise', () => {
  const dp = ['--dp-epsilon', '0.9', '--dp-secret-file', 'dp.secret'];

  test('take the place of every exact count', async () => {
    const report = await auditResults(inputFolder(EXPORT), '--dp-epsilon', '0.9', '--dp-secret-file', 'dp.secret');
    const texts = await publishableTexts(report);

    expect(report.privateCounts).toMatchObject({ epsilon: 0.9, epsilonPerCount: 0.3, threshold: expect.any(Number) });
    for (const text of texts) {
      expect(text).toMatch(/about 4,2\d\d/);
      expect(text).toContain('differential privacy with epsilon 0.9');
      expect(EXACT.filter((exact) => new RegExp(`(?<![\\d,])${exact}(?![\\d,])`).test(text))).toEqual([]);
      expect(text).not.toContain('rarest');
    }
  });

  test('are the same in every run, and others with another secret or epsilon', async () => {
    const folder = inputFolder({ ...EXPORT, 'other.secret': 'another secret, long enough' });
    const countsOf = async (...flags: string[]) => (await auditResults(folder, ...flags)).privateCounts;
    const once = await countsOf(...dp);

    expect(await countsOf(...dp)).toEqual(once);
    expect(await countsOf('--dp-epsilon', '0.9', '--dp-secret-file', 'other.secret')).not.toEqual(once);
    expect((await countsOf('--dp-epsilon', '0.3', '--dp-secret-file', 'dp.secret'))?.users).not.toBe(once?.users);
  });

  test('show in no output of the secret', async () => {
    const folder = inputFolder(EXPORT);
    await traitleak(['audit', ...dp, '-f', 'json=results.json', '-f', 'html=a.html'], { cwd: folder });
    const texts = ['results.json', 'a.html'].map((file) => readFileSync(join(folder, file), 'utf8'));

    for (const text of texts) expect(text).not.toContain('0f1e2d3c');
  });

  test.each([
    ['no secret', ['--dp-epsilon', '0.5'], 'Counts with noise need a secret'],
    ['a short secret', ['--dp-epsilon', '0.5', '--dp-secret-file', 'short'], 'fewer than 16 bytes'],
    ['too little noise', ['--dp-epsilon', '1.5', '--dp-secret-file', 'dp.secret'], 'report.dpEpsilon'],
    ['no noise at all', ['--dp-epsilon', '0', '--dp-secret-file', 'dp.secret'], 'report.dpEpsilon'],
  ])('are refused with %s', async (_what, flags, message) => {
    const folder = inputFolder({ ...EXPORT, short: 'too short' });
    const error = await auditResults(folder, ...flags).catch((thrown: Error) => thrown);

    expect(String(error)).toContain(message);
  });

  test('are refused without the file of the secret', async () => {
    await expectAuditRefusal(inputFolder(EXPORT), ['--dp-epsilon', '0.5', '--dp-secret-file', 'gone'], {
      code: 'E_INPUT_MISSING',
      message: 'There is no such file.',
      at: 'gone',
    });
  });

  describe('over many secrets', () => {
    const table = (value: string, members: number) => ({
      segment: 's',
      trait: 't',
      value,
      table: { a: 100, b: 100, c: members - 100, d: 500 },
    });
    const drawn = Array.from({ length: 2000 }, (_, i) =>
      showPrivateCounts(
        {
          inputs: [],
          users: 5000,
          panelUsers: 1000,
          tables: [table('a', 400), table('b', 600), table('c', 101)],
          minCell: 11,
        },
        { epsilon: 1, secret: new TextEncoder().encode(`secret number ${i}`) },
      ),
    );

    test('scatter around the count as the definition says', () => {
      const noise = drawn.map(({ users }) => users! - 5000);
      const mean = noise.reduce((sum, z) => sum + z, 0) / noise.length;
      const variance = noise.reduce((sum, z) => sum + z * z, 0) / noise.length;
      const a = Math.exp(-1 / 3);
      const expected = (2 * a) / (1 - a) ** 2;

      expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(expected / noise.length));
      expect(variance / expected).toBeGreaterThan(0.8);
      expect(variance / expected).toBeLessThan(1.25);
    });

    test('have noise of their own each', () => {
      const [x, y] = ['users', 'panelUsers'] as const;
      const product = drawn.reduce((sum, row) => sum + (row[x]! - 5000) * (row[y]! - 1000), 0) / drawn.length;
      const a = Math.exp(-1 / 3);

      expect(Math.abs(product)).toBeLessThan((5 * (2 * a)) / (1 - a) ** 2 / Math.sqrt(drawn.length));
    });
  });
});
