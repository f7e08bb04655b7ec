import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chanceOfFlag, chanceOfSignificance, expectedChanceFlags } from '../../src/statistics/chance-flags.ts';
import { gap } from '../../src/statistics/effect-sizes.ts';
import { fisherExact, lnFisherExact } from '../../src/statistics/fisher-exact.ts';
import { lnMidP } from '../../src/statistics/mid-p.ts';
import { type AdjustmentMethod, adjustLnP, adjustP } from '../../src/statistics/p-adjust.ts';
import { attainableTests, minimalAttainableLnP, taroneTests } from '../../src/statistics/tarone.ts';
import { fullTables, smallTables } from './arbitrary-tables.ts';

const METHODS: readonly AdjustmentMethod[] = ['bonferroni', 'holm', 'hochberg', 'hommel', 'bh', 'by'];
const families = fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.01, 0.05, 1)), {
  maxLength: 30,
});

/** Adjusted p by definition: the largest p of any intersection that holds the hypothesis. */
function closedTesting(p: readonly number[], local: (sorted: readonly number[]) => number): number[] {
  const adjusted = p.map(() => 0);
  for (let subset = 1; subset < 2 ** p.length; subset += 1) {
    const members = p.map((_, index) => index).filter((index) => (subset >> index) & 1);
    const value = local(members.map((index) => p[index]!).sort((x, y) => x - y));
    for (const index of members) adjusted[index] = Math.max(adjusted[index]!, value);
  }
  return adjusted;
}

const simes = (sorted: readonly number[]) =>
  Math.min(...sorted.map((value, index) => (value * sorted.length) / (index + 1)));
const bonferroni = (sorted: readonly number[]) => Math.min(1, sorted[0]! * sorted.length);

describe('adjustment of p-values', () => {
  const small = fc.array(fc.double({ min: 1e-9, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });

  test('Hommel is closed testing with the Simes test, Holm with Bonferroni', () => {
    fc.assert(
      fc.property(small, (p) => {
        const [hommel, holm] = [adjustP(p, 'hommel'), adjustP(p, 'holm')];

        closedTesting(p, simes).forEach((expected, index) => {
          expect(Math.abs(hommel[index]! - expected)).toBeLessThanOrEqual(1e-12 * expected);
        });
        closedTesting(p, bonferroni).forEach((expected, index) => {
          expect(Math.abs(holm[index]! - expected)).toBeLessThanOrEqual(1e-12 * expected);
        });
      }),
    );
  });

  test.each(METHODS)('%s keeps the order, never lowers a p, and stays in [0, 1]', (method) => {
    fc.assert(
      fc.property(families, (p) => {
        const adjusted = adjustP(p, method);

        p.forEach((value, index) => {
          expect(adjusted[index]! >= value * (1 - 1e-12) && adjusted[index]! <= 1).toBe(true);
          p.forEach((other, at) => {
            if (value < other) expect(adjusted[index]!).toBeLessThanOrEqual(adjusted[at]! * (1 + 1e-12));
          });
        });
      }),
    );
  });

  test.each(METHODS)('%s does not depend on the order of the tests', (method) => {
    fc.assert(
      fc.property(families, (p) => {
        expect(adjustP([...p].reverse(), method).reverse()).toEqual(adjustP(p, method));
      }),
    );
  });

  test('methods are ordered: BH, then Hommel, Hochberg, Holm, Bonferroni', () => {
    fc.assert(
      fc.property(families, (p) => {
        const [bh, hommel, hochberg, holm, all] = (['bh', 'hommel', 'hochberg', 'holm', 'bonferroni'] as const).map(
          (method) => adjustP(p, method),
        );
        p.forEach((_, index) => {
          const values = [bh![index]!, hommel![index]!, hochberg![index]!, holm![index]!, all![index]!];
          for (let next = 1; next < values.length; next += 1) {
            expect(values[next]!).toBeGreaterThanOrEqual(values[next - 1]! * (1 - 1e-12));
          }
        });
      }),
    );
  });

  test('a test that was not made is left out of the count and stays null', () => {
    expect(adjustP([0.01, null, 0.04], 'bonferroni')).toEqual([
      expect.closeTo(0.02, 14),
      null,
      expect.closeTo(0.08, 14),
    ]);
    expect(adjustP([null, null], 'bh')).toEqual([null, null]);
    expect(adjustP([], 'hommel')).toEqual([]);
  });

  test('ranks survive below the smallest double', () => {
    const q = adjustLnP([-5000, -2000, -1], 'bh');

    expect(q[0]).toBeCloseTo(-5000 + Math.log(3), 10);
    expect(q[1]).toBeCloseTo(-2000 + Math.log(1.5), 10);
    expect(q[2]).toBe(-1);
  });

  test('a p of 0 is adjusted to 0', () => {
    for (const method of METHODS) expect(adjustP([0, 0, 0.5], method).slice(0, 2)).toEqual([0, 0]);
  });
});

describe('pruning of tests that could never be significant', () => {
  test('no table with these margins has a smaller mid-p than the attainable one', () => {
    fc.assert(
      fc.property(smallTables, (table) => {
        expect(lnMidP(table)).toBeGreaterThanOrEqual(minimalAttainableLnP(table) - 1e-9);
      }),
    );
  });

  test('the attainable minimum is reached by an extreme table', () => {
    expect(minimalAttainableLnP({ a: 2, b: 1, c: 1, d: 6 })).toBeCloseTo(lnMidP({ a: 3, b: 0, c: 0, d: 7 }), 12);
    expect(minimalAttainableLnP({ a: 1, b: 1, c: 1, d: 1 })).toBeCloseTo(lnMidP({ a: 2, b: 0, c: 0, d: 2 }), 12);
  });

  test('drops what cannot reach alpha and says how many', () => {
    const set = attainableTests([Math.log(0.5), Math.log(0.01), null, Math.log(0.06)], 0.05);

    expect(set).toEqual({ isTestable: [false, true, false, false], testable: 1, dropped: 2, factor: 1 });
  });

  test("Tarone's factor is the smallest k that at most k tests can beat", () => {
    const attainable = [0.001, 0.02, 0.024, 0.3, 0.4].map(Math.log);

    expect(taroneTests(attainable, 0.05)).toEqual({
      isTestable: [true, false, false, false, false].map((_, index) => index < 1),
      testable: 1,
      dropped: 4,
      factor: 3,
    });
  });

  test("Tarone's set never holds more tests than its factor", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-6, max: 1, noNaN: true })), (p) => {
        const set = taroneTests(p.map(Math.log), 0.05);

        expect(set.testable).toBeLessThanOrEqual(set.factor);
        expect(set.testable + set.dropped).toBe(p.length);
      }),
    );
  });
});

describe('flags that chance alone would raise', () => {
  test('tests times threshold bounds them', () => {
    expect(expectedChanceFlags(1000, Math.log(0.002))).toBeCloseTo(2, 12);
  });

  test('the exact share is at most the threshold', () => {
    fc.assert(
      fc.property(smallTables, fc.double({ min: 1e-6, max: 0.5, noNaN: true }), (table, alpha) => {
        expect(chanceOfSignificance(table, Math.log(alpha))).toBeLessThanOrEqual(alpha);
      }),
    );
  });

  test('the exact share is the probability of the tables that Fisher calls significant', () => {
    const table = { a: 3, b: 7, c: 10, d: 40 };
    const significant = chanceOfFlag(table, (other) => fisherExact(other) <= 0.05);

    expect(chanceOfSignificance(table, Math.log(0.05))).toBeCloseTo(significant, 12);
  });

  test('a gap above 0.1 for 30 members and a value of 13 % is met by chance in 9 % of segments', () => {
    const chance = chanceOfFlag({ a: 4, b: 26, c: 129_996, d: 869_974 }, (table) => (gap(table) ?? 0) > 0.1);

    expect(chance).toBeCloseTo(0.086, 3);
  });

  test('a rule that always or never flags has chance 1 or 0', () => {
    const table = { a: 4, b: 26, c: 100, d: 700 };

    expect([chanceOfFlag(table, () => true), chanceOfFlag(table, () => false)]).toEqual([1, 0]);
  });

  test('the chance of a rule on p equals the p it cuts at', () => {
    fc.assert(
      fc.property(fullTables, (table) => {
        const limit = lnFisherExact(table);
        const chance = chanceOfFlag(table, (other) => lnFisherExact(other) <= limit + 1e-9);

        expect(chance).toBeCloseTo(Math.exp(limit), 9);
      }),
      { numRuns: 20 },
    );
  });
});
