import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pearsonChiSquare } from '../../src/statistics/chi-square.ts';
import { kishDesignEffect, kishEffectiveSize } from '../../src/statistics/kish.ts';
import { raoScottTest, raoScottTestOfTable } from '../../src/statistics/rao-scott.ts';
import { EMPTY_CELL, type WeightedTable, weightedCell } from '../../src/statistics/weighted-cell.ts';
import {
  weightedOddsRatio,
  weightedRepresentationRatio,
  weightedRiskDifference,
  weightedRiskRatio,
} from '../../src/statistics/weighted-effects.ts';
import {
  weightedRepresentationRatioLimits,
  weightedRiskDifferenceLimits,
  weightedRiskRatioLimits,
} from '../../src/statistics/weighted-mover.ts';
import { weightedShare } from '../../src/statistics/weighted-share.ts';
import { kornGraubardInterval, logitInterval } from '../../src/statistics/weighted-share-interval.ts';
import { golden, relativeError } from './tables-golden.ts';

type Panel = (typeof golden.weighted)[number];

function cellOf(panel: Panel, row: number, column: number) {
  return weightedCell(panel.weights.filter((_, index) => panel.rows[index] === row && panel.cols[index] === column));
}

function cellsOf(panel: Panel) {
  const rows = Math.max(...panel.rows) + 1;
  const columns = Math.max(...panel.cols) + 1;
  return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, j) => cellOf(panel, i, j)));
}

const weights = fc.array(fc.double({ min: 0.05, max: 20, noNaN: true }), { minLength: 1, maxLength: 12 });
const tables = fc.record({ inValue: weights, inOther: weights, outValue: weights, outOther: weights });

function tableOf(lists: Record<keyof WeightedTable, number[]>, factor = 1): WeightedTable {
  const cell = (list: number[]) => weightedCell(list.map((weight) => weight * factor));
  return {
    inValue: cell(lists.inValue),
    inOther: cell(lists.inOther),
    outValue: cell(lists.outValue),
    outOther: cell(lists.outOther),
  };
}

/** `count` members of weight 1. */
function members(count: number) {
  return { n: count, weight: count, squaredWeight: count };
}

describe('weighted shares', () => {
  test.each(golden.weighted.map((panel, index) => [`panel ${index + 1}`, panel] as const))(
    '%s: share, error, interval and test agree with 50 digits, member by member',
    (_, panel) => {
      const [inside = []] = cellsOf(panel);
      const [withValue = EMPTY_CELL, ...others] = inside;
      const without = others.reduce(
        (a, b) => ({ n: a.n + b.n, weight: a.weight + b.weight, squaredWeight: a.squaredWeight + b.squaredWeight }),
        EMPTY_CELL,
      );
      const share = weightedShare(withValue, without, panel.weights.length)!;
      const interval = kornGraubardInterval(share);
      const test = raoScottTest(cellsOf(panel));

      expect(relativeError(share.estimate, panel.share)).toBeLessThan(1e-13);
      expect(relativeError(share.standardError, panel.standardError)).toBeLessThan(1e-12);
      expect(relativeError(interval.lower, panel.kornGraubard[0])).toBeLessThan(1e-9);
      expect(relativeError(interval.upper, panel.kornGraubard[1])).toBeLessThan(1e-9);
      expect(relativeError(test?.f, panel.raoScott.f)).toBeLessThan(1e-10);
      expect(relativeError(test?.numeratorDegreesOfFreedom, panel.raoScott.df)).toBeLessThan(1e-10);
      expect(relativeError(test?.lnPValue, panel.raoScott.lnP)).toBeLessThan(1e-9);
    },
  );

  test('and all that follows from them do not change when every weight is scaled', () => {
    fc.assert(
      fc.property(tables, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (lists, factor) => {
        const plain = tableOf(lists);
        const scaled = tableOf(lists, factor);

        for (const effect of [
          weightedRiskRatio,
          weightedRepresentationRatio,
          weightedRiskDifference,
          weightedRiskRatioLimits,
        ]) {
          const before = effect(plain)!;
          const after = effect(scaled)!;
          for (const part of ['estimate', 'lower', 'upper'] as const) {
            if (before[part] === null || !Number.isFinite(before[part])) expect(after[part]).toBe(before[part]);
            else
              expect(Math.abs(after[part]! - before[part]!)).toBeLessThanOrEqual(
                1e-8 * Math.max(1, Math.abs(before[part]!)),
              );
          }
        }
        expect(raoScottTestOfTable(scaled)!.lnPValue).toBeCloseTo(raoScottTestOfTable(plain)!.lnPValue, 8);
        expect(kishEffectiveSize(scaled.inOther)).toBeCloseTo(kishEffectiveSize(plain.inOther), 8);
      }),
    );
  });

  test('swapping segment and outside inverts the risk ratio, swapping the values the representation ratio', () => {
    fc.assert(
      fc.property(tables, (lists) => {
        const table = tableOf(lists);
        const { inValue, inOther, outValue, outOther } = table;
        const rows = { inValue: outValue, inOther: outOther, outValue: inValue, outOther: inOther };
        const columns = { inValue: inOther, inOther: inValue, outValue: outOther, outOther: outValue };

        for (const [before, after] of [
          [weightedRiskRatio(table), weightedRiskRatio(rows)],
          [weightedRepresentationRatio(table), weightedRepresentationRatio(columns)],
        ] as const) {
          expect(relativeError(after.estimate, 1 / before.estimate!)).toBeLessThan(1e-9);
          expect(relativeError(after.lower, 1 / before.upper!)).toBeLessThan(1e-9);
        }
      }),
    );
  });

  test('limits hold their estimate', () => {
    fc.assert(
      fc.property(tables, (lists) => {
        const table = tableOf(lists);
        for (const effect of [
          weightedRiskRatioLimits,
          weightedRepresentationRatioLimits,
          weightedRiskDifferenceLimits,
          weightedRiskDifference,
        ]) {
          const { estimate, lower, upper } = effect(table)!;
          expect(lower! <= estimate! + 1e-12 && estimate! <= upper! + 1e-12).toBe(true);
        }
      }),
    );
  });

  test('equal weights give back the unweighted analysis', () => {
    const table = { inValue: members(30), inOther: members(70), outValue: members(100), outOther: members(800) };
    const share = weightedShare(table.inValue, table.inOther, 1000)!;

    expect(share.variance).toBeCloseTo((0.3 * 0.7) / 100 / 0.999, 12);
    expect(kishDesignEffect(table.inValue)).toBe(1);
    // With no weights the first-order correction is (n - 1) / n times a chi-square over its degrees of freedom only roughly;
    // the statistic stays within a tenth here.
    const pearson = pearsonChiSquare({ a: 30, b: 70, c: 100, d: 800 })!;
    expect(raoScottTestOfTable(table)!.f).toBeGreaterThan(0.5 * pearson.statistic);
    expect(raoScottTestOfTable(table)!.f).toBeLessThan(1.5 * pearson.statistic);
  });

  test('a segment without any member of the value has a finite upper limit instead of [0, 0]', () => {
    const table = { inValue: EMPTY_CELL, inOther: members(40), outValue: members(100), outOther: members(900) };
    const share = weightedShare(table.inValue, table.inOther)!;

    expect(weightedRiskRatio(table)).toEqual({ estimate: 0, lower: null, upper: null });
    expect(logitInterval(share)).toBeNull();
    // 1 - 0.025^(1/40): Clopper-Pearson for 0 of 40.
    expect(kornGraubardInterval(share).upper).toBeCloseTo(1 - 0.025 ** (1 / 40), 10);
    const limits = weightedRiskRatioLimits(table)!;
    expect(limits.lower).toBe(0);
    expect(limits.upper).toBeGreaterThan(0.3);
    expect(limits.upper).toBeLessThan(2);
  });

  test('the weighted odds ratio is ad / bc for equal weights and inverts with the segment', () => {
    const table = { inValue: members(30), inOther: members(70), outValue: members(100), outOther: members(800) };
    const swapped = { inValue: members(100), inOther: members(800), outValue: members(30), outOther: members(70) };
    const odds = weightedOddsRatio(table);
    // Woolf's variance, times n / (n - 1) for the linearisation.
    const error = Math.sqrt((1 / 30 + 1 / 70 + 1 / 100 + 1 / 800) * (1000 / 999));

    expect(odds.estimate).toBeCloseTo((30 * 800) / (70 * 100), 12);
    expect(odds.upper! / odds.estimate!).toBeCloseTo(Math.exp(1.959963984540054 * error), 10);
    expect(weightedOddsRatio(swapped).lower).toBeCloseTo(1 / odds.upper!, 12);
  });

  test('a share so small that its lower limit underflows has the limit 0', () => {
    const share = weightedShare(weightedCell([1e-4]), weightedCell([1, 1, 2, 20, 30]))!;

    expect(kornGraubardInterval(share).lower).toBe(0);
    expect(kornGraubardInterval(share).upper).toBeLessThan(1);
  });

  test('are not defined for an empty segment', () => {
    expect(weightedShare(EMPTY_CELL, EMPTY_CELL)).toBeNull();
    expect(kishDesignEffect(EMPTY_CELL)).toBeNull();
    expect(
      weightedRiskRatioLimits({ inValue: EMPTY_CELL, inOther: EMPTY_CELL, outValue: members(3), outOther: members(4) }),
    ).toBeNull();
    expect(
      raoScottTest([
        [members(3), members(4)],
        [EMPTY_CELL, EMPTY_CELL],
      ]),
    ).toBeNull();
  });

  test('unequal weights count for fewer members', () => {
    const cell = weightedCell([1, 1, 1, 9]);

    expect(kishEffectiveSize(cell)).toBeCloseTo(144 / 84, 12);
    expect(kishDesignEffect(cell)).toBeCloseTo((4 * 84) / 144, 12);
  });
});
