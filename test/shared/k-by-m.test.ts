import { describe, expect, test } from 'vitest';
import { tableVulnerability } from '../../src/statistics/bayes-vulnerability-table.ts';
import { contingencyTable } from '../../src/statistics/contingency-table.ts';
import { biasCorrectedCramersV, cramersV, tschuprowT } from '../../src/statistics/cramers-v.ts';
import { earthMoversDistance } from '../../src/statistics/earth-movers-distance.ts';
import { freemanHaltonTest } from '../../src/statistics/freeman-halton.ts';
import { goodmanKruskalLambda } from '../../src/statistics/goodman-kruskal-lambda.ts';
import { jensenShannonBits } from '../../src/statistics/jensen-shannon.ts';
import { kullbackLeiblerBits } from '../../src/statistics/kullback-leibler.ts';
import { lDiversity } from '../../src/statistics/l-diversity.ts';
import { maximumAbsoluteGap, maximumPositiveGap } from '../../src/statistics/maximum-gap.ts';
import { tableInformation } from '../../src/statistics/mutual-information-table.ts';
import { likelihoodRatioTest, pearsonChiSquareTest } from '../../src/statistics/pearson-chi-square.ts';
import { totalVariation } from '../../src/statistics/total-variation.ts';
import { distance, type ReferenceNumber, readVectors } from './reference-files.ts';

type Row = { id: string; table: number[][]; fisher_ffh_p?: number } & Record<
  string,
  ReferenceNumber | ReferenceNumber[]
>;

const vectors = readVectors<Row>('stat-vectors/k-by-m.json');

function measures(rows: number[][]): Record<string, number | null | (number | null)[]> {
  const table = contingencyTable(rows);
  const chi = pearsonChiSquareTest(table);
  const g = likelihoodRatioTest(table);
  const information = tableInformation(table);
  const vulnerability = tableVulnerability(table);
  const perRow = (measure: (row: readonly number[]) => number | null) => table.cells.map(measure);
  return {
    rows_used: [...table.usedRows],
    cols_used: [...table.usedColumns],
    chi2: chi?.statistic ?? null,
    df: chi?.degreesOfFreedom ?? null,
    chi2_p: chi?.pValue ?? null,
    g: g?.statistic ?? null,
    g_p: g?.pValue ?? null,
    cramers_v: cramersV(table),
    cramers_v_bias_corrected: biasCorrectedCramersV(table),
    tschuprow_t: tschuprowT(table),
    mi_nats: information.mutualInformation,
    mi_bits: information.mutualInformation / Math.LN2,
    h_row_nats: information.rowEntropy,
    h_col_nats: information.columnEntropy,
    nmi_arith: information.normalizedByArithmeticMean,
    nmi_geom: information.normalizedByGeometricMean,
    nmi_min: information.normalizedByMinimum,
    nmi_max: information.normalizedByMaximum,
    uncertainty_col_given_row: information.uncertaintyCoefficient,
    goodman_kruskal_lambda_col_given_row: goodmanKruskalLambda(table),
    bayes_vulnerability_prior: vulnerability?.prior ?? null,
    bayes_vulnerability_posterior: vulnerability?.posterior ?? null,
    min_entropy_leakage_bits: vulnerability?.minEntropyLeakageBits ?? null,
    row_tv_vs_population: perRow((row) => totalVariation(row, table.columnTotals)),
    row_max_abs_gap: perRow((row) => maximumAbsoluteGap(row, table.columnTotals)?.gap ?? null),
    row_max_positive_gap: perRow((row) => maximumPositiveGap(row, table.columnTotals)?.gap ?? null),
    row_emd_ordinal: perRow((row) => earthMoversDistance(row, table.columnTotals)),
    row_kl_bits_vs_population: perRow((row) => kullbackLeiblerBits(row, table.columnTotals)),
    row_js_bits_vs_population: perRow((row) => jensenShannonBits(row, table.columnTotals)),
    row_l_distinct: perRow((row) => lDiversity(row)?.distinct ?? null),
    row_l_entropy: perRow((row) => lDiversity(row)?.entropyBased ?? null),
  };
}

describe.skipIf(vectors.length === 0)('reference tables of k segments by m values (needs ../shared)', () => {
  test.each(vectors.map((vector) => [vector.id, vector] as const))('%s: closed forms agree to 1e-9', (_, vector) => {
    const actual = measures(vector.table);

    for (const [column, value] of Object.entries(actual)) {
      const expected = vector[column];
      if (expected === undefined) continue;
      const pairs = Array.isArray(value)
        ? value.map((v, i) => [v, (expected as ReferenceNumber[])[i] ?? null] as const)
        : [[value, expected as ReferenceNumber] as const];
      for (const [got, want] of pairs) expect(distance(got, want), `${column}: ${got} for ${want}`).toBeLessThan(1e-9);
    }
  });

  test.each(vectors.map((vector) => [vector.id, vector] as const))('%s: ln p agrees to 1e-6', (_, vector) => {
    const table = contingencyTable(vector.table);

    expect(distance(pearsonChiSquareTest(table)?.lnPValue, (vector.chi2_ln_p ?? null) as ReferenceNumber)).toBeLessThan(
      1e-6,
    );
    expect(distance(likelihoodRatioTest(table)?.lnPValue, (vector.g_ln_p ?? null) as ReferenceNumber)).toBeLessThan(
      1e-6,
    );
  });

  test.each(
    vectors.filter((vector) => vector.fisher_ffh_p !== undefined).map((vector) => [vector.id, vector] as const),
  )('%s: the exact p agrees to 1e-7', (_, vector) => {
    expect(distance(freemanHaltonTest(vector.table)?.pValue, vector.fisher_ffh_p ?? null)).toBeLessThan(1e-7);
  });
});
