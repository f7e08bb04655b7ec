import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AuditReport } from '../../src/domain/report.ts';
import { CHART_STYLE } from '../../src/report/charts/chart-style.ts';
import { auditResults, PROJECT } from '../command-line.ts';
import { HOSTILE_NAMES, hostileText } from '../formats/hostile-names.ts';
import { reportOf, smallReport } from '../formats/small-report.ts';
import { CHARTS, elementsOf, textOf } from './render-chart.ts';

let fixture: AuditReport;
beforeAll(async () => {
  fixture = await auditResults(join(PROJECT, 'fixtures', 'numbered'));
});

/** Elements that charts are made of; anything else came from a name. */
const OWN_ELEMENTS = new Set(
  `charts figure figcaption strong span svg title desc defs pattern g path rect line circle text details summary section table thead tbody tr th td p code`.split(
    ' ',
  ),
);

describe.each(Object.entries(CHARTS))('the %s', (_name, draw) => {
  test('of an example audit says in words what it shows, in the drawing and in a table', () => {
    const elements = elementsOf(draw(fixture));
    const byName = (name: string) => elements.filter((element) => element.name === name);
    const ids = new Map(elements.map((element) => [element.attributes.id, element]));

    expect(byName('figure').length).toBeGreaterThan(0);
    expect(byName('figcaption')).toHaveLength(byName('figure').length);
    for (const { attributes } of byName('svg')) {
      expect(attributes.role).toBe('img');
      for (const id of attributes['aria-labelledby']!.split(' ')) expect(ids.get(id)?.text).toMatch(/\w{3}/);
    }
  });

  test('has no id twice', () => {
    const ids = elementsOf(draw(fixture)).flatMap(({ attributes }) => attributes.id ?? []);

    expect(ids.length).toBeGreaterThan(1);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('refers to nothing outside of itself, and brings no style and no script', () => {
    const elements = elementsOf(draw(fixture));
    const ids = new Set(elements.map(({ attributes }) => attributes.id));
    const attributes = elements.flatMap((element) => Object.entries(element.attributes));
    const references = attributes.flatMap(([, value]) => [...value.matchAll(/url\(#(.*?)\)/g)].map(([, id]) => id));

    expect(attributes.filter(([name]) => /^(style|on.*|href|src|xlink.*)$/i.test(name))).toEqual([]);
    expect(references.filter((id) => !ids.has(id))).toEqual([]);
    expect(attributes.filter(([, value]) => /NaN|Infinity|undefined/.test(value))).toEqual([]);
  });

  test('has only classes that the style sheet knows', () => {
    const classes = elementsOf(draw(fixture)).flatMap(({ attributes }) => attributes.class?.split(' ') ?? []);

    expect([...new Set(classes)].filter((name) => !CHART_STYLE.includes(`.${name}`))).toEqual([]);
  });

  test('is the same every time', () => {
    expect(draw(structuredClone(fixture))).toBe(draw(fixture));
  });

  test.each(Object.entries(HOSTILE_NAMES))('shows a name with %s as text', (_what, name) => {
    const html = draw(reportOf(name));
    const elements = html === '' ? [] : elementsOf(html);

    expect(elements.map((element) => element.name).filter((one) => !OWN_ELEMENTS.has(one))).toEqual([]);
    expect(html.length).toBeLessThan(60_000);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: looked for on purpose.
    expect(html).not.toMatch(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
  });

  test('shows any name as text', () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const html = draw(reportOf(name));
        const names = html === '' ? [] : elementsOf(html).map((element) => element.name);
        expect(names.filter((one) => !OWN_ELEMENTS.has(one))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test('is left out where there is nothing to plot', () => {
    const empty = smallReport({
      associations: [],
      pseudoSegments: [],
      probabilities: [],
      leakage: [],
      lineage: [],
      findings: [],
    });

    expect(draw(empty)).toBe('');
  });
});

test('no figure of a hidden comparison is in any chart', () => {
  const hidden = fixture.associations.map((row) => ({
    ...row,
    counts: { inValue: null, inOther: null, outValue: null, outOther: null },
    representationRatio: { estimate: null, lower: null, upper: null },
    ratioBound: null,
    pValue: null,
    qValue: null,
    suppressed: true,
  }));
  const report = {
    ...fixture,
    associations: hidden,
    pseudoSegments: [],
    leakage: [],
    lineage: [],
    probabilities: [],
    compositions: [],
  };

  const forest = textOf(CHARTS['forest plot']!(report));

  expect(forest).toContain('hidden');
  expect(forest.match(/\d+(\.\d+)? to \d/)).toBeNull();
});

test('a chart of 10,000 segments and 20 values stays small', () => {
  const [row] = smallReport().associations;
  const values = Array.from({ length: 20 }, (_, v) => `value ${v}`);
  const associations = Array.from({ length: 10_000 }, (_, s) =>
    values.map((value, v) => ({
      ...row!,
      segment: `segment ${s}`,
      value,
      counts: {
        inValue: 20 + (s % 100),
        inOther: 80 + (s % 700),
        outValue: 9000 - (s % 100),
        outOther: 80_000 - (s % 700),
      },
      representationRatio: { estimate: 1 + ((s * 7 + v) % 30) / 10, lower: 0.9, upper: 6 },
      pValue: ((s * 31 + v * 17) % 1000) / 1000,
      verdict: s % 50 === 0 ? ('proxy' as const) : ('inconclusive' as const),
    })),
  ).flat();
  const large = { ...fixture, associations, findings: [] };

  const sizes = Object.entries(CHARTS)
    .filter(([name]) => name !== 'interval plots')
    .map(([, draw]) => draw(large).length);

  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
}, 60_000);

describe('the forest plot', () => {
  const withRatios = (ratios: readonly [number, number | 'Infinity', number][]): AuditReport => {
    const [first] = smallReport().associations;
    return smallReport({
      pseudoSegments: [],
      findings: [],
      associations: ratios.map(([lower, upper, estimate], index) => ({
        ...first!,
        segment: `s${index}`,
        verdict: 'inconclusive',
        representationRatio: { estimate, lower, upper },
      })),
    });
  };
  const marks = (report: AuditReport): readonly number[] =>
    elementsOf(CHARTS['forest plot']!(report))
      .filter(({ name }) => name === 'svg')
      .slice(0, 1)
      .flatMap((svg) => elementsOf(asXml(svg)))
      .filter(({ attributes }) => attributes.class?.startsWith('mark ') && attributes.transform !== 'translate(0,0)')
      .map(({ attributes }) => Number(/translate\(([\d.]+),/.exec(attributes.transform!)![1]));

  test('has equal distances for equal factors', () => {
    const [x4, x2, x1] = marks(
      withRatios([
        [3, 5, 4],
        [1.5, 3, 2],
        [0.8, 1.3, 1],
      ]),
    );

    expect(x4! - x2!).toBeCloseTo(x2! - x1!, 0);
    expect(x2! - x1!).toBeGreaterThan(30);
  });

  test('draws an unbounded limit as an arrow, and says it', () => {
    const html = CHARTS['forest plot']!(withRatios([[3, 'Infinity', 9]]));
    const whisker = elementsOf(html).find(({ attributes }) => attributes.class?.startsWith('whisker'))!;

    // The end at the limit is a bar (V), the open end two slanting lines.
    expect(whisker.attributes.d).toMatch(/V.*M[\d.]+,[\d.]+L[\d.]+,[\d.]+L[\d.]+,[\d.]+$/);
    expect(textOf(html)).toContain('3 to ∞');
  });

  test('says how many comparisons it leaves out', () => {
    const many = withRatios(Array.from({ length: 300 }, () => [1, 2, 1.5] as const).map((row) => [...row]));

    expect(textOf(CHARTS['forest plot']!(many))).toContain('The 20 worst of 300 comparisons.');
  });
});

function asXml({ name, attributes, children, text }: ReturnType<typeof elementsOf>[number]): string {
  const escaped = (value: string): string => value.replace(/[&<"]/g, (c) => `&#${c.charCodeAt(0)};`);
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<${name}${list.join('')}>${escaped(text)}${children.map(asXml).join('')}</${name}>`;
}
