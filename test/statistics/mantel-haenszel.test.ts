import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { breslowDayTest } from '../../src/statistics/breslow-day.ts';
import { cochranMantelHaenszelTest } from '../../src/statistics/cochran-mantel-haenszel.ts';
import {
  mantelHaenszelOddsRatio,
  mantelHaenszelRiskDifference,
  mantelHaenszelRiskRatio,
} from '../../src/statistics/mantel-haenszel.ts';
import { swapRows } from '../../src/statistics/two-by-two.ts';
import { golden, relativeError } from './tables-golden.ts';

const count = fc.integer({ min: 0, max: 5000 });
const strata = fc.array(fc.record({ a: count, b: count, c: count, d: count }), { minLength: 1, maxLength: 5 });
const positive = fc.integer({ min: 1, max: 4_000_000_000 });
const full = fc.array(fc.record({ a: positive, b: positive, c: positive, d: positive }), {
  minLength: 2,
  maxLength: 4,
});

describe('association inside strata', () => {
  test.each(golden.strata.map((row) => [row.name, row] as const))('agrees with 50 digits for %s', (_, row) => {
    const cmh = cochranMantelHaenszelTest(row.strata);

    expect(relativeError(cmh?.statistic, row.cmh)).toBeLessThan(1e-11);
    expect(relativeError(cmh?.lnPValue, row.cmhLnP)).toBeLessThan(1e-9);
    for (const [effect, expected] of [
      [mantelHaenszelOddsRatio(row.strata), row.oddsRatio],
      [mantelHaenszelRiskRatio(row.strata), row.riskRatio],
      [mantelHaenszelRiskDifference(row.strata), row.riskDifference],
    ] as const) {
      expect(relativeError(effect.estimate, expected[0])).toBeLessThan(1e-10);
      expect(relativeError(effect.lower, expected[1])).toBeLessThan(1e-9);
      expect(relativeError(effect.upper, expected[2])).toBeLessThan(1e-9);
    }
  });

  test.each(golden.strata.map((row) => [row.name, row] as const))(
    'homogeneity agrees with 50 digits for %s',
    (_, row) => {
      expect(relativeError(breslowDayTest(row.strata, { adjustment: false })?.statistic, row.breslowDay)).toBeLessThan(
        1e-8,
      );
      expect(relativeError(breslowDayTest(row.strata)?.statistic, row.breslowDayTarone)).toBeLessThan(1e-8);
    },
  );

  test('agrees with the published analysis of eight centres: 6.38, p 0.012, odds ratio 2.13 (1.18, 3.87)', () => {
    const cream = golden.strata.find((row) => row.name === 'cream')!.strata;
    const oddsRatio = mantelHaenszelOddsRatio(cream);

    expect(cochranMantelHaenszelTest(cream)?.statistic).toBeCloseTo(6.38, 2);
    expect(cochranMantelHaenszelTest(cream)?.pValue).toBeCloseTo(0.0115, 4);
    expect(oddsRatio.estimate).toBeCloseTo(2.13, 2);
    expect(oddsRatio.lower).toBeCloseTo(1.18, 2);
    expect(oddsRatio.upper).toBeCloseTo(3.87, 2);
  });

  test('turns round when segment and outside are swapped', () => {
    fc.assert(
      fc.property(full, (tables) => {
        const swapped = tables.map(swapRows);

        for (const ratio of [mantelHaenszelOddsRatio, mantelHaenszelRiskRatio]) {
          const before = ratio(tables);
          const after = ratio(swapped);
          expect(relativeError(after.estimate, 1 / before.estimate!)).toBeLessThan(1e-9);
          expect(relativeError(after.lower, 1 / before.upper!)).toBeLessThan(1e-9);
        }
        expect(mantelHaenszelRiskDifference(swapped).estimate).toBeCloseTo(
          -mantelHaenszelRiskDifference(tables).estimate!,
          12,
        );
        expect(
          relativeError(cochranMantelHaenszelTest(swapped)?.statistic, cochranMantelHaenszelTest(tables)!.statistic),
        ).toBeLessThan(1e-9);
      }),
    );
  });

  test('does not depend on the order of strata, or on strata that hold nobody', () => {
    fc.assert(
      fc.property(full, (tables) => {
        const turned = [...tables].reverse();
        const padded = [...tables, { a: 0, b: 0, c: 0, d: 0 }];

        expect(
          relativeError(mantelHaenszelOddsRatio(turned).estimate, mantelHaenszelOddsRatio(tables).estimate!),
        ).toBeLessThan(1e-10);
        expect(mantelHaenszelOddsRatio(padded)).toEqual(mantelHaenszelOddsRatio(tables));
        expect(breslowDayTest(padded)).toEqual(breslowDayTest(tables));
      }),
    );
  });

  test('odds ratio above 1, positive risk difference and a risk ratio above 1 go together', () => {
    fc.assert(
      fc.property(full, (tables) => {
        const sign = Math.sign(mantelHaenszelRiskDifference(tables).estimate!);
        fc.pre(Math.abs(mantelHaenszelRiskDifference(tables).estimate!) > 1e-9);

        expect(Math.sign(mantelHaenszelOddsRatio(tables).estimate! - 1)).toBe(sign);
        expect(Math.sign(mantelHaenszelRiskRatio(tables).estimate! - 1)).toBe(sign);
      }),
    );
  });

  test('limits hold their estimate, whatever the zeros', () => {
    fc.assert(
      fc.property(strata, (tables) => {
        for (const effect of [
          mantelHaenszelOddsRatio(tables),
          mantelHaenszelRiskRatio(tables),
          mantelHaenszelRiskDifference(tables),
        ]) {
          if (effect.estimate === null || effect.lower === null || effect.upper === null) continue;
          expect(effect.lower).toBeLessThanOrEqual(effect.estimate);
          expect(effect.upper).toBeGreaterThanOrEqual(effect.estimate);
        }
        const homogeneity = breslowDayTest(tables);
        if (homogeneity !== null) expect(homogeneity.statistic).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('is not defined without an informative stratum, and has no limits at a ratio of 0 or infinity', () => {
    expect(cochranMantelHaenszelTest([{ a: 5, b: 3, c: 0, d: 0 }])).toBeNull();
    expect(mantelHaenszelOddsRatio([{ a: 0, b: 0, c: 4, d: 9 }])).toEqual({ estimate: null, lower: null, upper: null });
    expect(mantelHaenszelOddsRatio([{ a: 4, b: 0, c: 2, d: 9 }])).toEqual({
      estimate: Number.POSITIVE_INFINITY,
      lower: null,
      upper: null,
    });
    expect(breslowDayTest([{ a: 5, b: 3, c: 2, d: 8 }])).toBeNull();
  });

  test('the continuity correction never exceeds the deviation', () => {
    const tables = [{ a: 3, b: 2, c: 4, d: 3 }];

    expect(cochranMantelHaenszelTest(tables, { continuityCorrection: true })).toEqual(
      cochranMantelHaenszelTest(tables),
    );
  });

  test('finds no heterogeneity in strata of one odds ratio, at any size', () => {
    const tables = [
      { a: 90, b: 10, c: 900, d: 100 },
      { a: 2e9, b: 1e9, c: 4e8, d: 2e8 },
    ];

    expect(breslowDayTest(tables)?.statistic).toBeCloseTo(0, 6);
  });
});
