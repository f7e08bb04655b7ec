import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auc } from '../../src/statistics/auc.ts';
import { balancedErrorRate } from '../../src/statistics/balanced-error-rate.ts';
import { brierScore } from '../../src/statistics/brier-score.ts';
import { calibration } from '../../src/statistics/calibration.ts';
import { deLong } from '../../src/statistics/delong.ts';
import { hanleyMcNeil } from '../../src/statistics/hanley-mcneil.ts';
import { mannWhitneyTest } from '../../src/statistics/mann-whitney.ts';
import { averagePrecision, precisionAtTop } from '../../src/statistics/precision-at-top.ts';
import { binScores, type ScoreBin } from '../../src/statistics/score-bins.ts';
import { golden, relativeError } from './tables-golden.ts';

const bins = fc
  .array(fc.record({ score: fc.nat(20), positives: fc.nat(300), negatives: fc.nat(300) }), {
    minLength: 1,
    maxLength: 25,
  })
  .filter((list) => list.some((bin) => bin.positives > 1) && list.some((bin) => bin.negatives > 1));

describe('area under the ROC curve', () => {
  test('agrees with all pairs counted at 50 digits, with its variance and rank test', () => {
    const { labels, scores, auc: area, deLongVariance, mannWhitneyP } = golden.ranking;
    const histogram = binScores(labels, scores);

    expect(relativeError(auc(histogram), area)).toBeLessThan(1e-13);
    expect(relativeError(deLong(histogram)?.variance, deLongVariance)).toBeLessThan(1e-12);
    expect(relativeError(mannWhitneyTest(histogram)?.pValue, mannWhitneyP)).toBeLessThan(1e-12);
  });

  test('becomes its complement when scores or labels are turned round', () => {
    fc.assert(
      fc.property(bins, (histogram) => {
        const area = auc(histogram)!;
        const negated = histogram.map((bin) => ({ ...bin, score: -bin.score }));
        const swapped = histogram.map(({ score, positives, negatives }) => ({
          score,
          positives: negatives,
          negatives: positives,
        }));

        expect(auc(negated)).toBeCloseTo(1 - area, 12);
        expect(auc(swapped)).toBeCloseTo(1 - area, 12);
        expect(deLong(negated)?.variance).toBeCloseTo(deLong(histogram)!.variance, 12);
        expect(mannWhitneyTest(negated)?.z ?? 0).toBeCloseTo(-(mannWhitneyTest(histogram)?.z ?? 0), 8);
      }),
    );
  });

  test('depends on the order of scores alone', () => {
    fc.assert(
      fc.property(bins, (histogram) => {
        const stretched = [...histogram].reverse().map((bin) => ({ ...bin, score: Math.exp(bin.score) }));

        expect(auc(stretched)).toBeCloseTo(auc(histogram)!, 12);
      }),
    );
  });

  test('has an interval that holds it and narrows with more members', () => {
    fc.assert(
      fc.property(bins, (histogram) => {
        const interval = deLong(histogram)!;
        const larger = deLong(
          histogram.map((bin) => ({ ...bin, positives: bin.positives * 9, negatives: bin.negatives * 9 })),
        )!;

        expect(interval.lower).toBeLessThanOrEqual(interval.estimate);
        expect(interval.upper).toBeGreaterThanOrEqual(interval.estimate);
        expect(larger.variance).toBeLessThanOrEqual(interval.variance);
      }),
    );
  });

  test('holds at counts of 4e9', () => {
    const histogram: ScoreBin[] = [
      { score: 0, positives: 1e9, negatives: 3e9 },
      { score: 1, positives: 3e9, negatives: 1e9 },
    ];

    expect(auc(histogram)).toBe(0.75);
    expect(deLong(histogram)?.variance).toBeGreaterThan(0);
    expect(mannWhitneyTest(histogram)?.pValue).toBe(0);
    expect(mannWhitneyTest(histogram)?.lnPValue).toBeLessThan(-1e8);
  });

  test('is not defined for one group; its variance needs two of each', () => {
    expect(auc([{ score: 1, positives: 5, negatives: 0 }])).toBeNull();
    expect(deLong([{ score: 1, positives: 1, negatives: 9 }])).toBeNull();
    expect(mannWhitneyTest([{ score: 1, positives: 5, negatives: 5 }])).toBeNull();
  });

  test("has Hanley and McNeil's published standard error of 0.032 to 0.033 for an area of 0.893 (51 and 58 members)", () => {
    expect(Math.sqrt(hanleyMcNeil(0.893, 51, 58)!.variance)).toBeCloseTo(0.0325, 3);
    expect(hanleyMcNeil(0.7, 0, 10)).toBeNull();
  });
});

describe('precision at the top of a score', () => {
  const histogram: ScoreBin[] = [
    { score: 0.9, positives: 8, negatives: 2 },
    { score: 0.5, positives: 4, negatives: 16 },
    { score: 0.1, positives: 8, negatives: 62 },
  ];

  test('counts whole bins, and a share of a tie in proportion', () => {
    expect(precisionAtTop(histogram, 0.1)).toMatchObject({
      taken: 10,
      precision: 0.8,
      recall: 0.4,
      lift: expect.closeTo(4, 12),
    });
    expect(precisionAtTop(histogram, 0.2)).toMatchObject({ precision: 0.5, recall: 0.5 });
    expect(precisionAtTop(histogram, 1)).toMatchObject({ precision: 0.2, recall: 1, lift: 1 });
    expect(precisionAtTop(histogram, 0)).toBeNull();
  });

  test('averages over thresholds to the base rate for a score that tells nothing', () => {
    expect(averagePrecision([{ score: 1, positives: 20, negatives: 80 }])).toBe(0.2);
    expect(averagePrecision(histogram)).toBeCloseTo(0.4 * 0.8 + 0.2 * 0.4 + 0.4 * 0.2, 12);
  });
});

describe('quality of predicted probabilities', () => {
  test('the Brier score is the mean squared error', () => {
    expect(brierScore([{ score: 0.8, positives: 3, negatives: 1 }])).toBeCloseTo((3 * 0.04 + 0.64) / 4, 12);
    expect(brierScore([])).toBeNull();
  });

  test('a calibrated score has no expected error, an over-confident one its distance', () => {
    expect(calibration([{ score: 0.25, positives: 25, negatives: 75 }])?.expectedError).toBeCloseTo(0, 12);
    const result = calibration([
      { score: 1, positives: 60, negatives: 40 },
      { score: 0.02, positives: 12, negatives: 88 },
    ]);
    expect(result?.expectedError).toBeCloseTo(0.25, 12);
    expect(result?.groups).toHaveLength(2);
  });
});

describe('balanced error rate', () => {
  test('is half for a guess that tells nothing and 0 for one that is always right', () => {
    expect(balancedErrorRate({ a: 10, b: 40, c: 20, d: 80 })?.estimate).toBe(0.5);
    expect(balancedErrorRate({ a: 10, b: 0, c: 0, d: 80 })?.estimate).toBe(0);
    expect(balancedErrorRate({ a: 0, b: 5, c: 0, d: 8 })).toBeNull();
  });

  test('has limits that hold it', () => {
    const rate = balancedErrorRate({ a: 30, b: 20, c: 10, d: 90 })!;

    expect(rate.lower).toBeLessThan(rate.estimate);
    expect(rate.upper).toBeGreaterThan(rate.estimate);
  });
});
