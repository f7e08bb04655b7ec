import { describe, expect, test } from 'vitest';
import { breslowDayTest } from '../../src/statistics/breslow-day.ts';
import { cochranMantelHaenszelTest } from '../../src/statistics/cochran-mantel-haenszel.ts';
import { exactConditionalOddsRatio } from '../../src/statistics/exact-conditional-interval.ts';
import { exactConditionalTest } from '../../src/statistics/exact-conditional-test.ts';
import {
  mantelHaenszelOddsRatio,
  mantelHaenszelRiskDifference,
  mantelHaenszelRiskRatio,
} from '../../src/statistics/mantel-haenszel.ts';
import { marginalTable } from '../../src/statistics/stratum.ts';
import type { TwoByTwo } from '../../src/statistics/two-by-two.ts';
import { distance, type ReferenceNumber, readVectors } from './reference-files.ts';

type Row = { id: string; strata: [number, number, number, number][] } & Record<string, ReferenceNumber>;

const vectors = readVectors<Row>('stat-vectors/stratified.json');
const named = vectors.map((vector) => [vector.id, vector] as const);
const tablesOf = (vector: Row): TwoByTwo[] => vector.strata.map(([a, b, c, d]) => ({ a, b, c, d }));

describe.skipIf(vectors.length === 0)('reference tables in strata (needs ../shared)', () => {
  test.each(named)('%s: tests and common ratios agree to 1e-9', (_, vector) => {
    const strata = tablesOf(vector);
    const oddsRatio = mantelHaenszelOddsRatio(strata);
    const { a, b, c, d } = marginalTable(strata);
    const actual: Record<string, number | null | undefined> = {
      cmh: cochranMantelHaenszelTest(strata)?.statistic,
      cmh_p: cochranMantelHaenszelTest(strata)?.pValue,
      cmh_cc: cochranMantelHaenszelTest(strata, { continuityCorrection: true })?.statistic,
      cmh_cc_p: cochranMantelHaenszelTest(strata, { continuityCorrection: true })?.pValue,
      or_mh: oddsRatio.estimate,
      or_mh_lo: oddsRatio.lower,
      or_mh_hi: oddsRatio.upper,
      rr_mh: mantelHaenszelRiskRatio(strata).estimate,
      rd_mh: mantelHaenszelRiskDifference(strata).estimate,
      breslow_day: breslowDayTest(strata, { adjustment: false })?.statistic,
      breslow_day_p: breslowDayTest(strata, { adjustment: false })?.pValue,
      breslow_day_tarone: breslowDayTest(strata)?.statistic,
      breslow_day_tarone_p: breslowDayTest(strata)?.pValue,
      marginal_or: (a * d) / (b * c),
      marginal_rd: a / (a + b) - c / (c + d),
    };

    for (const [column, value] of Object.entries(actual)) {
      // null: not computed by the reference program (its homogeneity test fails on an odds ratio of exactly 1).
      if (vector[column] === undefined || vector[column] === null) continue;
      expect(distance(value, vector[column]), `${column}: ${value} for ${vector[column]}`).toBeLessThan(1e-9);
    }
  });

  test.each(named.filter(([, vector]) => vector.exact_p !== undefined))(
    '%s: the exact p agrees to 1e-7',
    (_, vector) => {
      expect(distance(exactConditionalTest(tablesOf(vector))?.pValue, vector.exact_p ?? null)).toBeLessThan(1e-7);
    },
  );

  test.each(named.filter(([, vector]) => vector.or_exact !== undefined))(
    '%s: the exact interval agrees',
    (_, vector) => {
      const exact = exactConditionalOddsRatio(tablesOf(vector));

      // R searches these roots to an absolute 1.2e-4 of the odds ratio or its inverse; test/statistics holds them to 1e-10.
      expect(distance(exact?.estimate, vector.or_exact ?? null)).toBeLessThan(2e-4);
      expect(distance(exact?.lower, vector.or_exact_lo ?? null)).toBeLessThan(2e-4);
      expect(distance(exact?.upper, vector.or_exact_hi ?? null)).toBeLessThan(2e-4);
    },
  );
});
