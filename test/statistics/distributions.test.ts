import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  betaQuantile,
  chiSquareSf,
  fSf,
  incompleteBeta,
  lnBinomialPmf,
  lnChiSquareSf,
  lnFSf,
  lnHypergeometricPmf,
  lnIncompleteBeta,
  lnNormalSf,
  normalCdf,
  normalQuantile,
  normalSf,
  studentTQuantile,
} from '../../src/statistics/distributions.ts';

interface Golden {
  readonly function: string;
  readonly arguments: readonly [number, number, number, number];
  readonly value: number;
}

const golden = JSON.parse(readFileSync(new URL('../golden/distributions.json', import.meta.url), 'utf8')) as Golden[];

const functions: Readonly<Record<string, (...values: [number, number, number, number]) => number>> = {
  lnNormalSf: (x) => lnNormalSf(x),
  normalCdf: (x) => normalCdf(x),
  normalQuantile: (p) => normalQuantile(p),
  lnChiSquareSf: (x, df) => lnChiSquareSf(x, df),
  lnIncompleteBeta: (x, a, b) => lnIncompleteBeta(x, a, b),
  lnFSf: (x, df1, df2) => lnFSf(x, df1, df2),
  betaQuantile: (p, a, b) => betaQuantile(p, a, b),
  studentTQuantile: (p, df) => studentTQuantile(p, df),
  lnBinomialPmf: (k, n, p) => lnBinomialPmf(k, n, p),
  lnHypergeometricPmf,
};

describe('against 50-digit arithmetic', () => {
  test.each(Object.keys(functions))('%s is right to 12 digits over its range', (name) => {
    const rows = golden.filter((row) => row.function === name);

    const wrong = rows.flatMap((row) => {
      const found = functions[name]!(...row.arguments);
      return Math.abs(found - row.value) <= 1e-12 * Math.abs(row.value) + 1e-300 ? [] : [{ ...row, found }];
    });

    expect(rows.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });
});

describe('ends of the range', () => {
  test('a chi-square tail below the smallest double keeps its logarithm', () => {
    expect(chiSquareSf(4e9, 1)).toBe(0);
    expect(lnChiSquareSf(4e9, 1)).toBeCloseTo(-2000000011.28, 1);
  });

  test('an infinite statistic has probability 0, none has probability 1', () => {
    expect([lnChiSquareSf(Number.POSITIVE_INFINITY, 3), lnChiSquareSf(0, 3)]).toEqual([Number.NEGATIVE_INFINITY, 0]);
    expect([lnFSf(Number.POSITIVE_INFINITY, 1, 9), fSf(0, 1, 9)]).toEqual([Number.NEGATIVE_INFINITY, 1]);
    expect(lnNormalSf(Number.POSITIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
  });

  test('quantiles of 0 and 1 are the ends of the support', () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3), betaQuantile(0, 2, 3, 'upper')]).toEqual([0, 1, 1]);
  });

  test('a beta quantile below the smallest double is 0, and its mirror image 1', () => {
    // ln x is about ln(p) / a = -723.
    expect(betaQuantile(0.025, 0.0051, 13.99)).toBe(0);
    expect(betaQuantile(0.025, 13.99, 0.0051, 'upper')).toBe(1);
    expect(betaQuantile(1e-300, 0.5, 3)).toBe(0);
  });

  test.each([
    [0.025, 0.01, 5],
    [0.3, 0.001, 0.001],
    [0.975, 0.0051, 13.99],
    [0.025, 0.5, 1e9],
  ])('the beta quantile of %d at tiny or far apart shapes %d and %d has that tail', (p, a, b) => {
    expect(incompleteBeta(betaQuantile(p, a, b), a, b) / p).toBeCloseTo(1, 9);
  });

  test('what is not a number stays not a number, and ends', () => {
    const nan = Number.NaN;

    expect([betaQuantile(nan, 2, 3), betaQuantile(0.1, nan, 3), lnIncompleteBeta(0.5, 2, nan)]).toEqual([
      nan,
      nan,
      nan,
    ]);
    expect([lnChiSquareSf(nan, 3), lnFSf(nan, 1, 9), lnBinomialPmf(1, 3, nan)]).toEqual([nan, nan, nan]);
    expect(lnHypergeometricPmf(nan, 10, 5, 20)).toBeNaN();
  });

  test('counts outside the support are impossible', () => {
    expect(lnBinomialPmf(4, 3, 0.5)).toBe(Number.NEGATIVE_INFINITY);
    expect(lnHypergeometricPmf(3, 10, 2, 20)).toBe(Number.NEGATIVE_INFINITY);
    expect(lnHypergeometricPmf(0, 15, 10, 20)).toBe(Number.NEGATIVE_INFINITY);
  });

  test('an F statistic with infinite denominator is a chi-square statistic', () => {
    expect(lnFSf(2.5, 4, Number.POSITIVE_INFINITY)).toBe(lnChiSquareSf(10, 4));
    expect(studentTQuantile(0.9, Number.POSITIVE_INFINITY)).toBe(normalQuantile(0.9));
  });
});

describe('identities', () => {
  const positive = fc.double({ min: 0.05, max: 500, noNaN: true });
  const unit = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });

  test('both tails of the normal distribution add up to 1', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), (x) => {
        expect(normalCdf(x) + normalSf(x)).toBeCloseTo(1, 13);
      }),
    );
  });

  test('I_x(a, b) and I_(1-x)(b, a) add up to 1', () => {
    fc.assert(
      fc.property(unit, positive, positive, (x, a, b) => {
        expect(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a)).toBeCloseTo(1, 10);
      }),
    );
  });

  test('the beta quantile undoes the incomplete beta function', () => {
    fc.assert(
      fc.property(unit, positive, positive, (p, a, b) => {
        const x = betaQuantile(p, a, b);

        expect(x).toBeGreaterThanOrEqual(0);
        if (x > 1e-12 && x < 1 - 1e-6) expect(Math.abs(incompleteBeta(x, a, b) / p - 1)).toBeLessThan(1e-8);
      }),
    );
  });

  test('the chi-square tail falls as the statistic grows and rises with the degrees of freedom', () => {
    fc.assert(
      fc.property(positive, positive, (x, df) => {
        expect(lnChiSquareSf(x * 1.1, df)).toBeLessThanOrEqual(lnChiSquareSf(x, df));
        expect(lnChiSquareSf(x, df + 1)).toBeGreaterThanOrEqual(lnChiSquareSf(x, df));
      }),
    );
  });

  test('hypergeometric probabilities add up to 1', () => {
    const margins = fc.tuple(fc.nat(60), fc.nat(60), fc.nat(60));
    fc.assert(
      fc.property(margins, ([drawn, marked, extra]) => {
        const total = Math.max(drawn, marked) + extra;

        let sum = 0;
        for (let k = 0; k <= drawn; k += 1) sum += Math.exp(lnHypergeometricPmf(k, drawn, marked, total));

        expect(sum).toBeCloseTo(1, 11);
      }),
    );
  });
});
