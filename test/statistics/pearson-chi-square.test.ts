import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjustedResiduals } from '../../src/statistics/adjusted-residuals.ts';
import { tableVulnerability } from '../../src/statistics/bayes-vulnerability-table.ts';
import { contingencyTable } from '../../src/statistics/contingency-table.ts';
import { biasCorrectedCramersV, cramersV, tschuprowT } from '../../src/statistics/cramers-v.ts';
import { goodmanKruskalLambda } from '../../src/statistics/goodman-kruskal-lambda.ts';
import { tableInformation } from '../../src/statistics/mutual-information-table.ts';
import { likelihoodRatioTest, pearsonChiSquareTest } from '../../src/statistics/pearson-chi-square.ts';
import { golden, relativeError } from './tables-golden.ts';

const tables = fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 5 })).chain(([k, m]) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 2_000_000 }), { minLength: m, maxLength: m }), {
    minLength: k,
    maxLength: k,
  }),
);

/** All measures of a table that do not depend on the order of rows and columns. */
function invariants(counts: number[][]): (number | null | undefined)[] {
  const table = contingencyTable(counts);
  const information = tableInformation(table);
  return [
    pearsonChiSquareTest(table)?.statistic,
    pearsonChiSquareTest(table)?.lnPValue,
    likelihoodRatioTest(table)?.statistic,
    cramersV(table),
    biasCorrectedCramersV(table),
    tschuprowT(table),
    information.mutualInformation,
    information.normalizedByMaximum,
    goodmanKruskalLambda(table),
    tableVulnerability(table)?.posterior,
  ];
}

function expectSame(left: (number | null | undefined)[], right: (number | null | undefined)[]): void {
  left.forEach((value, index) => {
    const other = right[index];
    if (typeof value !== 'number' || typeof other !== 'number') expect(value).toBe(other);
    else expect(Math.abs(value - other)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)));
  });
}

describe('tests and measures of a k x m table', () => {
  test.each(golden.tables.map((row) => [JSON.stringify(row.table), row] as const))(
    'agree with 50 digits for %s',
    (_, row) => {
      const table = contingencyTable(row.table);
      const pearson = pearsonChiSquareTest(table);
      const ratio = likelihoodRatioTest(table);

      // Near independence at counts of 1e9 the expected counts themselves are rounded: 1e-7 is what doubles can give.
      const tolerance = row.chiSquare < 1e-6 * table.total ? 2e-7 : 1e-12;
      expect(relativeError(pearson?.statistic, row.chiSquare)).toBeLessThan(tolerance);
      expect(relativeError(ratio?.statistic, row.g)).toBeLessThan(tolerance);
      expect(relativeError(tableInformation(table).mutualInformation, row.mutualInformation)).toBeLessThan(tolerance);
      expect(relativeError(cramersV(table), row.cramersV)).toBeLessThan(tolerance);
      expect(Math.abs((biasCorrectedCramersV(table) ?? -1) - row.biasCorrectedCramersV)).toBeLessThan(1e-9);
      expect(relativeError(pearson?.lnPValue, row.chiSquareLnP)).toBeLessThan(1e-6);
      expect(relativeError(ratio?.lnPValue, row.gLnP)).toBeLessThan(1e-6);
    },
  );

  test('do not depend on the order of rows and columns', () => {
    fc.assert(
      fc.property(tables, (counts) => {
        const turned = [...counts].reverse().map((row) => [...row].reverse());

        expectSame(invariants(turned), invariants(counts));
      }),
    );
  });

  test('do not change with rows and columns of zeros', () => {
    fc.assert(
      fc.property(tables, (counts) => {
        const padded = [...counts.map((row) => [0, ...row, 0]), [0, 0]];

        expect(invariants(padded)).toEqual(invariants(counts));
      }),
    );
  });

  test('grow in proportion when all counts do, and leave the measures of strength alone', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 2, max: 1000 }), (counts, factor) => {
        const table = contingencyTable(counts);
        const larger = contingencyTable(counts.map((row) => row.map((count) => count * factor)));
        fc.pre(table.total > 0);

        expect(pearsonChiSquareTest(larger)?.statistic).toBeCloseTo(
          (pearsonChiSquareTest(table)?.statistic ?? 0) * factor,
          -3,
        );
        expect(cramersV(larger) ?? 0).toBeCloseTo(cramersV(table) ?? 0, 9);
        expect(goodmanKruskalLambda(larger)).toBe(goodmanKruskalLambda(table));
      }),
    );
  });

  test('stay within their ranges', () => {
    fc.assert(
      fc.property(tables, (counts) => {
        const table = contingencyTable(counts);
        const information = tableInformation(table);
        for (const share of [
          cramersV(table),
          biasCorrectedCramersV(table),
          goodmanKruskalLambda(table),
          information.normalizedByArithmeticMean,
          information.normalizedByGeometricMean,
          information.normalizedByMaximum,
          information.normalizedByMinimum,
          information.uncertaintyCoefficient,
          tableVulnerability(table)?.posterior ?? null,
        ]) {
          if (share === null) continue;
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
        expect(pearsonChiSquareTest(table)?.lnPValue ?? 0).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('keep a p-value below the smallest double as a logarithm', () => {
    const test = pearsonChiSquareTest(
      contingencyTable([
        [4e9, 0],
        [0, 4e9],
      ]),
    );

    expect(test?.pValue).toBe(0);
    expect(test?.lnPValue).toBeCloseTo(-4e9, -2);
  });

  test('have no p-value for one row or one column, and nothing for an empty table', () => {
    expect(
      pearsonChiSquareTest(
        contingencyTable([
          [3, 4, 0],
          [0, 0, 0],
        ]),
      ),
    ).toEqual({
      statistic: 0,
      degreesOfFreedom: 0,
      pValue: null,
      lnPValue: null,
    });
    expect(cramersV(contingencyTable([[3], [4]]))).toBeNull();
    expect(tableInformation(contingencyTable([[3], [4]])).uncertaintyCoefficient).toBeNull();
    expect(pearsonChiSquareTest(contingencyTable([[0, 0]]))).toBeNull();
    expect(tableVulnerability(contingencyTable([]))).toBeNull();
  });

  test('score a perfect association as 1', () => {
    const table = contingencyTable([
      [30, 0, 0],
      [0, 25, 0],
      [0, 0, 31],
    ]);

    expect(cramersV(table)).toBeCloseTo(1, 12);
    expect(biasCorrectedCramersV(table)).toBeCloseTo(1, 12);
    expect(tableInformation(table).normalizedByMaximum).toBeCloseTo(1, 12);
    expect(goodmanKruskalLambda(table)).toBe(1);
    expect(tableVulnerability(table)?.posterior).toBe(1);
  });
});

describe('adjusted residuals', () => {
  test('square to the chi-square statistic in a 2x2 table', () => {
    const table = contingencyTable([
      [12, 30],
      [25, 8],
    ]);

    expect((adjustedResiduals(table)[0]?.[0] ?? 0) ** 2).toBeCloseTo(pearsonChiSquareTest(table)?.statistic ?? 0, 10);
  });

  test('are 0 for a column that holds everybody', () => {
    expect(adjustedResiduals(contingencyTable([[5], [3]]))).toEqual([[0], [0]]);
  });
});
