import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agrestiCaffoInterval } from '../../src/statistics/agresti-caffo.ts';
import { clopperPearsonInterval } from '../../src/statistics/clopper-pearson.ts';
import { conditionalOddsRatio, conditionalOddsRatioInterval } from '../../src/statistics/conditional-odds-ratio.ts';
import {
  gap,
  lift,
  oddsRatio,
  representationRatio,
  riskDifference,
  riskRatio,
} from '../../src/statistics/effect-sizes.ts';
import { gapInterval } from '../../src/statistics/gap-interval.ts';
import type { Interval } from '../../src/statistics/interval.ts';
import { jeffreysInterval } from '../../src/statistics/jeffreys.ts';
import { adjustedLogInterval, katzInterval } from '../../src/statistics/katz.ts';
import { liftScoreInterval } from '../../src/statistics/lift-interval.ts';
import { riskDifferenceScoreInterval } from '../../src/statistics/miettinen-nurminen-difference.ts';
import { oddsRatioScoreInterval } from '../../src/statistics/miettinen-nurminen-odds-ratio.ts';
import {
  representationRatioScoreInterval,
  riskRatioScoreInterval,
} from '../../src/statistics/miettinen-nurminen-ratio.ts';
import { newcombeInterval } from '../../src/statistics/newcombe.ts';
import { swapColumns, swapRows, type TwoByTwo } from '../../src/statistics/two-by-two.ts';
import { wilsonInterval } from '../../src/statistics/wilson.ts';
import { adjustedLogitInterval, woolfInterval } from '../../src/statistics/woolf.ts';
import { anyTables, fullTables, scaled, smallTables } from './arbitrary-tables.ts';

type Method = (table: TwoByTwo, level?: number) => Interval | null;

const share =
  (interval: typeof wilsonInterval): Method =>
  (t, level) =>
    interval(t.a, t.a + t.b, level);
const shareEstimate = ({ a, b }: TwoByTwo) => (a + b === 0 ? null : a / (a + b));

const methods: readonly [string, Method, (table: TwoByTwo) => number | null][] = [
  ['Wilson', share(wilsonInterval), shareEstimate],
  ['Newcombe', newcombeInterval, riskDifference],
  ['score, difference', riskDifferenceScoreInterval, riskDifference],
  ['score, risk ratio', riskRatioScoreInterval, riskRatio],
  ['score, representation ratio', representationRatioScoreInterval, representationRatio],
  ['score, odds ratio', oddsRatioScoreInterval, oddsRatio],
  ['score, lift', liftScoreInterval, lift],
  ['Newcombe, gap', gapInterval, gap],
];
const slowMethods: typeof methods = [
  ['Clopper-Pearson', share(clopperPearsonInterval), shareEstimate],
  ['exact odds ratio', (t, level) => conditionalOddsRatioInterval(t, 'exact', level), conditionalOddsRatio],
  ['mid-p odds ratio', (t, level) => conditionalOddsRatioInterval(t, 'mid-p', level), conditionalOddsRatio],
];

const slack = (x: number) => (Number.isFinite(x) ? 1e-9 * Math.abs(x) + 1e-12 : 0);

describe.each(methods)('%s', (_, method, estimate) => {
  test('holds the estimate, for cells of any size', () => {
    fc.assert(
      fc.property(anyTables, (table) => {
        const [interval, value] = [method(table), estimate(table)];
        if (interval === null || value === null) return;

        expect(interval.lower).toBeLessThanOrEqual(value + slack(value));
        expect(interval.upper).toBeGreaterThanOrEqual(value - slack(value));
      }),
    );
  });

  test('has limits that are numbers, for small tables with zeros', () => {
    fc.assert(
      fc.property(smallTables, (table) => {
        const interval = method(table);
        if (interval === null) return;

        expect(Number.isNaN(interval.lower) || Number.isNaN(interval.upper)).toBe(false);
        expect(interval.lower).toBeLessThanOrEqual(interval.upper + slack(interval.upper));
      }),
    );
  });

  test('narrows when all counts grow tenfold', () => {
    fc.assert(
      fc.property(fullTables, (table) => {
        const [few, many] = [method(table), method(scaled(table, 10))];

        expect(many!.lower).toBeGreaterThanOrEqual(few!.lower - slack(few!.lower));
        expect(many!.upper).toBeLessThanOrEqual(few!.upper + slack(few!.upper));
      }),
    );
  });

  test('is wider at 99 % than at 90 %', () => {
    fc.assert(
      fc.property(fullTables, (table) => {
        const [wide, narrow] = [method(table, 0.99), method(table, 0.9)];

        expect(wide!.lower).toBeLessThanOrEqual(narrow!.lower);
        expect(wide!.upper).toBeGreaterThanOrEqual(narrow!.upper);
      }),
    );
  });
});

describe.each(slowMethods)('%s', (_, method, estimate) => {
  test('holds the estimate and is wider at 99 % than at 90 %', () => {
    fc.assert(
      fc.property(smallTables, (table) => {
        const [wide, narrow, value] = [method(table, 0.99), method(table, 0.9), estimate(table)];
        if (wide === null || narrow === null || value === null) return;

        expect(narrow.lower).toBeLessThanOrEqual(value + slack(value));
        expect(narrow.upper).toBeGreaterThanOrEqual(value - slack(value));
        expect(wide.lower).toBeLessThanOrEqual(narrow.lower + slack(narrow.lower));
        expect(wide.upper).toBeGreaterThanOrEqual(narrow.upper - slack(narrow.upper));
      }),
    );
  });
});

describe('symmetries', () => {
  const inverts = (method: Method, swap: (table: TwoByTwo) => TwoByTwo) => () => {
    fc.assert(
      fc.property(smallTables, (table) => {
        const [there, back] = [method(table), method(swap(table))];
        expect(there === null).toBe(back === null);
        if (there === null || back === null) return;

        expect(Math.abs(back.lower * there.upper - 1) < 1e-9 || (back.lower === 0 && there.upper > 1e300)).toBe(true);
        expect(Math.abs(back.upper * there.lower - 1) < 1e-9 || (there.lower === 0 && back.upper > 1e300)).toBe(true);
      }),
    );
  };

  test('swapping segment and outside inverts the limits of the risk ratio', inverts(riskRatioScoreInterval, swapRows));
  test('swapping segment and outside inverts the limits of the odds ratio', inverts(oddsRatioScoreInterval, swapRows));
  test(
    'swapping value and absence inverts the limits of the representation ratio',
    inverts(representationRatioScoreInterval, swapColumns),
  );

  test('swapping rows or columns turns the difference around', () => {
    fc.assert(
      fc.property(smallTables, (table) => {
        const there = riskDifferenceScoreInterval(table);
        for (const back of [
          riskDifferenceScoreInterval(swapRows(table)),
          riskDifferenceScoreInterval(swapColumns(table)),
        ]) {
          expect(there === null).toBe(back === null);
          if (there === null || back === null) return;
          expect(back.lower).toBeCloseTo(-there.upper, 10);
          expect(back.upper).toBeCloseTo(-there.lower, 10);
        }
      }),
    );
  });
});

describe('zero cells and empty margins', () => {
  test('no member with the value: the ratio is at least 0 and bounded above', () => {
    const interval = riskRatioScoreInterval({ a: 0, b: 40, c: 500, d: 500 });

    expect(interval?.lower).toBe(0);
    expect(interval?.upper).toBeLessThan(0.2);
  });

  test('nobody outside with the value: the ratio has no upper limit', () => {
    expect(riskRatioScoreInterval({ a: 5, b: 10, c: 0, d: 5 })?.upper).toBe(Number.POSITIVE_INFINITY);
  });

  test('12 of 12 against half of 2e9: the score limit is 1.515 where the log interval claims 1.9999', () => {
    const table = { a: 12, b: 0, c: 1e9, d: 1e9 };

    expect(riskRatioScoreInterval(table)?.lower).toBeCloseTo(1.515012, 6);
    expect(katzInterval(table)?.lower).toBeCloseTo(1.9999, 4);
  });

  test('lift cannot exceed the number of users over the size of the segment', () => {
    expect(liftScoreInterval({ a: 5, b: 10, c: 0, d: 45 })?.upper).toBeCloseTo(4, 12);
  });

  test.each([
    ['empty segment', { a: 0, b: 0, c: 5, d: 10 }],
    ['nobody outside', { a: 5, b: 10, c: 0, d: 0 }],
    ['empty table', { a: 0, b: 0, c: 0, d: 0 }],
  ])('%s: no interval', (_, table) => {
    const all = [newcombeInterval, riskDifferenceScoreInterval, riskRatioScoreInterval, oddsRatioScoreInterval];
    const closed = [agrestiCaffoInterval, katzInterval, adjustedLogInterval, woolfInterval, adjustedLogitInterval];

    expect([...all, ...closed].map((method) => method(table))).toEqual(new Array(9).fill(null));
  });

  test('no users: no interval of a share', () => {
    expect([wilsonInterval(0, 0), clopperPearsonInterval(0, 0), jeffreysInterval(0, 0)]).toEqual([null, null, null]);
  });

  test('an empty margin leaves the conditional odds ratio open on both sides', () => {
    const table = { a: 0, b: 5, c: 0, d: 10 };

    expect(conditionalOddsRatio(table)).toBeNull();
    expect(conditionalOddsRatioInterval(table, 'exact')).toEqual({ lower: 0, upper: Number.POSITIVE_INFINITY });
  });
});
