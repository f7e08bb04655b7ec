import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { measureConditional } from '../src/evidence/conditional.ts';
import { measureDistributions } from '../src/evidence/distributions.ts';
import { measureEffects, measureWeightedEffects } from '../src/evidence/effects.ts';
import { loadPack } from '../src/rules/load-pack.ts';
import { boundsPolicy } from '../src/rules/policies/bounds.ts';
import { enhancedBetaPolicy } from '../src/rules/policies/enhanced-beta.ts';
import type { JudgedEffects } from '../src/rules/policies/policy.ts';
import { ratioFromShare, shareFromRatio } from '../src/rules/policies/share-from-ratio.ts';
import { tClosenessPolicy } from '../src/rules/policies/t-closeness.ts';
import { incompleteBeta } from '../src/statistics/distributions.ts';
import type { EffectEstimate } from '../src/statistics/effect-estimate.ts';
import { exactDetectableRatio } from '../src/statistics/exact-detectable-ratio.ts';
import { gStatistic, gTest } from '../src/statistics/g-test.ts';
import { fixedMargins, lnPmf } from '../src/statistics/hypergeometric-tail.ts';
import { kishEffectiveSize } from '../src/statistics/kish.ts';
import { compareLabelCoverage } from '../src/statistics/label-coverage.ts';
import { manskiBounds } from '../src/statistics/manski-bounds.ts';
import { membersNeededForRatioBound } from '../src/statistics/members-needed.ts';
import { midP } from '../src/statistics/mid-p.ts';
import { minimumDetectableRatio } from '../src/statistics/minimum-detectable-ratio.ts';
import { adjustP } from '../src/statistics/p-adjust.ts';
import { raoScottTestOfTable } from '../src/statistics/rao-scott.ts';
import { minimalAttainableLnP } from '../src/statistics/tarone.ts';
import { addCells, type WeightedCell } from '../src/statistics/weighted-cell.ts';

const page = readFileSync(new URL('../docs/method.md', import.meta.url), 'utf8');
const sources = readFileSync(new URL('../src/statistics/REFERENCES.md', import.meta.url), 'utf8');

/** Rows of the tables below a heading, cells by column; the first row holds the column names. */
function tablesUnder(heading: string): string[][] {
  const section = page
    .split(/^(?=#{2,3} )/m)
    .find((part) => part.startsWith(`${heading}\n`) || part.includes(` ${heading}\n`));
  if (section === undefined) throw new Error(`docs/method.md has no heading "${heading}"`);
  return section
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s|:-]+\|$/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}

function numbersIn(cell: string): { text: string; value: number }[] {
  return [...cell.matchAll(/-?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?/g)].map(([text]) => ({
    text,
    value: Number(text.replaceAll(',', '')),
  }));
}

/** Half of one in the last digit that is printed. */
function halfUnit(text: string): number {
  const [mantissa = '', exponent = '0'] = text.replaceAll(',', '').split('e');
  const decimals = mantissa.split('.')[1]?.length ?? 0;
  return 0.5 * 10 ** (Number(exponent) - decimals);
}

/** Compares a two-column table (figure, value) with figures that were computed now. */
function expectFigures(
  heading: string,
  computed: Readonly<Record<string, readonly (number | null | undefined)[]>>,
): void {
  const rows = tablesUnder(heading).filter((row) => row.length === 2 && row[0] !== 'figure');
  expect(rows.map(([name]) => name)).toEqual(Object.keys(computed));
  for (const [name = '', cell = ''] of rows) {
    const printed = numbersIn(cell);
    const expected = computed[name] ?? [];
    expect(printed.length, `${name}: ${cell}`).toBe(expected.length);
    printed.forEach(({ text, value }, index) => {
      const error = Math.abs(value - (expected[index] ?? Number.NaN));
      expect(error, `${name}: ${text} is printed, ${expected[index]} is computed`).toBeLessThanOrEqual(
        1.0001 * halfUnit(text),
      );
    });
  }
}

const limits = ({ estimate, lower, upper }: EffectEstimate): (number | null)[] => [estimate, lower, upper];

/** The counts of the example, as the page prints them. */
const [exampleA, exampleB] = tablesUnder('The panel')
  .slice(1, 3)
  .map((row) => row.slice(1, 5).map((cell) => Number(cell)));
const toTable = ([a = 0, b = 0, c = 0, d = 0]: readonly number[] = []) => ({ a, b, c, d });
const strata = [toTable(exampleA), toTable(exampleB)];
const table = {
  a: strata[0]!.a + strata[1]!.a,
  b: strata[0]!.b + strata[1]!.b,
  c: strata[0]!.c + strata[1]!.c,
  d: strata[0]!.d + strata[1]!.d,
};
const total = table.a + table.b + table.c + table.d;
const inside = table.a + table.b;
const withValue = table.a + table.c;
const prevalence = withValue / total;
const effects = measureEffects(table);
const inStrata = measureConditional(strata);

describe('the worked example', () => {
  test('has its column totals, and no count from 1 to 10', () => {
    const sum = tablesUnder('The panel')[3]!.slice(1, 5).map(Number);

    expect(sum).toEqual([table.a, table.b, table.c, table.d]);
    expect(strata.flatMap(({ a, b, c, d }) => [a, b, c, d]).every((count) => count > 10)).toBe(true);
  });

  test('estimates and intervals', () => {
    const percent = ({ estimate, lower, upper }: EffectEstimate) => [estimate, lower, upper].map((x) => 100 * (x ?? 0));
    expectFigures('Estimates', {
      '`shareInside`, %': percent(effects.shareInside),
      '`shareOutside`, %': percent(effects.shareOutside),
      '`representationRatio`': limits(effects.representationRatio),
      '`riskDifference`, points': percent(effects.riskDifference),
      '`oddsRatio`': limits(effects.oddsRatio),
      '`lift`': [effects.lift],
      '`phi`': [effects.phi],
    });
    const others = total - withValue;
    const portion = (part: number, whole: number) => ((100 * part) / whole).toFixed(1);
    expect(page).toContain(
      `${table.a} of ${withValue} users with the value are in the segment, and ${table.b} of ${others.toLocaleString('en')} others: ` +
        `${portion(table.a, withValue)} % against ${portion(table.b, others)} %`,
    );
    expect(page).toContain(
      `A panel of ${total.toLocaleString('en')} users from two countries; a segment of ${inside} of them.`,
    );
  });

  test('test, correction and power', () => {
    const attained = Math.exp(minimalAttainableLnP({ a: 0, b: 3, c: 20, d: 977 }));
    const others = numbersIn(
      tablesUnder('Test, correction, power').find(([name]) => name === 'the other p-values')![1]!,
    );
    const q = adjustP([effects.pValue, ...others.map(({ value }) => value)], 'bh');
    const by = adjustP([effects.pValue, ...others.map(({ value }) => value)], 'by');
    const design = { first: withValue, second: total - withValue, share: inside / total };
    expectFigures('Test, correction, power', {
      'expected members with the value, least of the four cells': [(inside * withValue) / total],
      '`test` g: G': [gStatistic(table)],
      '`pValue`': [effects.pValue],
      '`lnPValue`': [effects.lnPValue],
      'mid-p of the same table': [midP(table)],
      'the other p-values': others.map(({ value }) => value),
      '`qValue` by Benjamini-Hochberg': [q[0]],
      'the same by Benjamini-Yekutieli': [by[0]],
      'smallest p that 3 members of 1,000 could give for a value of 20': [attained],
      '`minimumDetectableRatio` at alpha 0.05': [minimumDetectableRatio(design).over],
      'the same, exactly': [exactDetectableRatio(table).over],
      '`membersNeeded` to clear at 1.25': [
        membersNeededForRatioBound(prevalence, 1.25, { alpha: 0.025, segmentShare: inside / total }),
      ],
    });
    expect(effects.test).toBe('g');
  });

  test('inside strata', () => {
    expectFigures('Inside strata', {
      '`representationRatio`': limits(inStrata.representationRatio),
      '`riskDifference`': limits(inStrata.riskDifference),
      '`oddsRatio`': limits(inStrata.oddsRatio),
      '`pValue` (Cochran-Mantel-Haenszel)': [inStrata.pValue],
      '`homogeneityPValue` (Breslow-Day-Tarone)': [inStrata.homogeneityPValue],
    });
  });

  test('verdicts', async () => {
    const when = (await loadPack('recommended', '.')).rules.find(({ id }) => id === 'membership-proxy-special')!.when;
    const judged: JudgedEffects = { ...effects, prevalence, isDiscovery: true };
    const conditional = { ...judged, ...inStrata, shareInside: { estimate: null, lower: null, upper: null } };
    const rows = new Map(
      tablesUnder('Verdicts')
        .slice(1)
        .map(([policy = '', ...cells]) => [policy, cells]),
    );

    expect(rows.get('`bounds`, ratio 1.25, gap 0.05')).toEqual([
      boundsPolicy.judge(judged, when).verdict,
      boundsPolicy.judge(conditional, when).verdict,
    ]);
    expect(rows.get('`enhanced-beta`, beta 0.25')).toEqual([
      enhancedBetaPolicy.judge(judged, {}).verdict,
      enhancedBetaPolicy.judge(conditional, {}).verdict,
    ]);
    expect(rows.get('`t-closeness`, t 0.1')).toEqual([
      tClosenessPolicy.judge(judged, {}).verdict,
      tClosenessPolicy.judge(conditional, {}).verdict,
    ]);
    expect(when).toMatchObject({ policy: 'bounds', ratio: 1.25, gap: 0.05 });
  });

  test('with weights', () => {
    const cells = tablesUnder('With weights')
      .filter((row) => row.length === 4 && row[0] !== 'cell')
      .map((row): WeightedCell => {
        const [n = 0, weight = 0, squaredWeight = 0] = row.slice(1).map(Number);
        return { n, weight, squaredWeight };
      });
    const [inValue, inOther, outValue, outOther] = cells as [WeightedCell, WeightedCell, WeightedCell, WeightedCell];
    const moments = ({ n, weight, squaredWeight }: WeightedCell) => ({ members: n, weight, squaredWeight });
    const weighted = measureWeightedEffects({
      inValue: moments(inValue),
      inOther: moments(inOther),
      outValue: moments(outValue),
      outOther: moments(outOther),
    });
    expect(cells.map(({ n }) => n)).toEqual([table.a, table.b, table.c, table.d]);
    expectFigures('With weights', {
      '`shareInside`': limits(weighted.shareInside),
      '`representationRatio`': limits(weighted.representationRatio),
      '`riskDifference`': limits(weighted.riskDifference),
      '`effectiveSize`': [kishEffectiveSize(addCells(inValue, inOther))],
      'Rao-Scott F': [raoScottTestOfTable({ inValue, inOther, outValue, outOther })?.f],
      '`pValue`': [weighted.pValue],
    });
  });

  test('with labels missing', () => {
    const [unknownInside = 0, unknownOutside = 0] = numbersIn(
      tablesUnder('With labels missing').find(([name]) => name === 'unknown inside, outside')![1]!,
    ).map(({ value }) => value);
    const outside = table.c + table.d;
    const coverage = compareLabelCoverage({
      inLabelled: inside,
      inAll: inside + unknownInside,
      outLabelled: outside,
      outAll: outside + unknownOutside,
    });
    const bounds = manskiBounds({
      inValue: table.a,
      inOther: table.b,
      inUnlabelled: unknownInside,
      outValue: table.c,
      outOther: table.d,
      outUnlabelled: unknownOutside,
    });
    expectFigures('With labels missing', {
      'unknown inside, outside': [unknownInside, unknownOutside],
      '`labelCoverage.shareInside`, `shareOutside`': [coverage?.inside, coverage?.outside],
      '`labelCoverage.pValue`': [coverage?.pValue],
      '`worstCaseRatio`': [bounds.representationRatio.lower, bounds.representationRatio.upper],
    });
  });

  test('the trait as a whole', () => {
    const moments = (members: number) => ({ members, weight: members, squaredWeight: members });
    const shared = { segment: 's', trait: 't', stratum: '', inUnknown: 0, outUnknown: 0 };
    const { a, b, c, d } = table;
    const [measured] = measureDistributions([
      { ...shared, value: 'yes', inValue: moments(a), inOther: moments(b), outValue: moments(c), outOther: moments(d) },
      { ...shared, value: 'no', inValue: moments(b), inOther: moments(a), outValue: moments(d), outOther: moments(c) },
    ]);
    const spread = measured?.measure();
    expectFigures('The trait as a whole', {
      '`totalVariation`, by chance': [spread?.totalVariation, spread?.totalVariationByChance],
      '`jensenShannonBits`, by chance': [spread?.jensenShannonBits, spread?.jensenShannonBitsByChance],
      '`mutualInformationBits`, by chance': [spread?.mutualInformationBits, spread?.mutualInformationBitsByChance],
      '`uncertaintyCoefficient`': [spread?.uncertaintyCoefficient],
      '`cramersV`': [spread?.cramersV],
      '`bayesVulnerability`, prior and posterior': [
        spread?.bayesVulnerability?.prior,
        spread?.bayesVulnerability?.posterior,
      ],
    });
  });
});

test('how often G and mid-p reject without an association', () => {
  const rows = tablesUnder('Estimates, intervals, tests').filter(
    (row) => row.length === 4 && row[0] !== 'expected members',
  );

  expect(rows.length).toBeGreaterThan(4);
  for (const [expected = '', level = '', ...printed] of rows) {
    const fixed = fixedMargins({ a: 0, b: 1_000, c: 20 * Number(expected), d: 19_000 - 20 * Number(expected) });
    let [ofG, ofMidP] = [0, 0];
    for (let a = 0; a <= fixed.most; a += 1) {
      const chance = Math.exp(lnPmf(a, fixed));
      const counts = { a, b: 1_000 - a, c: fixed.marked - a, d: 19_000 - fixed.marked + a };
      if ((gTest(counts)?.pValue ?? 1) <= Number(level)) ofG += chance / Number(level);
      if (midP(counts) <= Number(level)) ofMidP += chance / Number(level);
    }
    expect(printed).toEqual([ofG.toFixed(2), ofMidP.toFixed(2)]);
  }
});

test('what a gap of 0.1 lets pass and what it flags by chance', () => {
  const rows = tablesUnder('Why the gap rule alone will not do').slice(1);

  expect(rows.length).toBeGreaterThan(3);
  for (const row of rows) {
    const [share = Number.NaN, reach = Number.NaN, ratio = Number.NaN, size = Number.NaN] = row.map(
      (cell) => numbersIn(cell)[0]!.value,
    );
    const allowed = tClosenessPolicy.largestRatio(share / 100, {});
    expect(reach).toBeCloseTo(100 * shareFromRatio(allowed, share / 100), 6);
    expect(Math.abs(ratio - ratioFromShare(reach / 100, share / 100))).toBeLessThanOrEqual(halfUnit(row[2]!));
    // The least count whose share exceeds that of the panel by more than 0.1.
    const count = Math.floor(size * (share / 100 + 0.1) + 1e-9) + 1;
    const chance = incompleteBeta(share / 100, count, size - count + 1);
    expect(Math.abs(numbersIn(row[4]!)[0]!.value - 100 * chance)).toBeLessThanOrEqual(
      1.0001 * halfUnit(numbersIn(row[4]!)[0]!.text),
    );
  }
});

test('every source that the page cites is in the list of references', () => {
  const keys = [...page.matchAll(/REFERENCES\.md#([a-z0-9-]+)/g)].map(([, key]) => key ?? '');

  expect(keys.length).toBeGreaterThan(20);
  expect(keys.filter((key) => !sources.includes(`\n## ${key}\n`))).toEqual([]);
});

test('the thresholds of the recommended pack are those of the page', async () => {
  const { rules } = await loadPack('recommended', '.');
  const rows = tablesUnder('What the recommended pack asks').slice(1);

  for (const [id = '', ratio, gap] of rows) {
    const rule = rules.find((one) => id === `\`${one.id}\``);
    expect([Number(ratio), Number(gap)], id).toEqual([rule?.when.ratio, rule?.when.gap]);
  }
  expect(rows.length).toBe(rules.filter(({ kind }) => kind === 'association').length);
});
