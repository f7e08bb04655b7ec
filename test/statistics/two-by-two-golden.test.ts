import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pearsonChiSquare } from '../../src/statistics/chi-square.ts';
import { clopperPearsonInterval } from '../../src/statistics/clopper-pearson.ts';
import {
  conditionalOddsRatio,
  conditionalOddsRatioInterval,
  medianUnbiasedOddsRatio,
} from '../../src/statistics/conditional-odds-ratio.ts';
import { lnFisherExact, lnFisherExactOneSided } from '../../src/statistics/fisher-exact.ts';
import { gTest } from '../../src/statistics/g-test.ts';
import type { Interval } from '../../src/statistics/interval.ts';
import { jeffreysInterval } from '../../src/statistics/jeffreys.ts';
import { lnDoubledMidP, lnMidP } from '../../src/statistics/mid-p.ts';
import { riskDifferenceScoreInterval } from '../../src/statistics/miettinen-nurminen-difference.ts';
import { oddsRatioScoreInterval } from '../../src/statistics/miettinen-nurminen-odds-ratio.ts';
import {
  representationRatioScoreInterval,
  riskRatioScoreInterval,
} from '../../src/statistics/miettinen-nurminen-ratio.ts';
import { mutualInformation, normalizedMutualInformation } from '../../src/statistics/mutual-information.ts';
import { newcombeInterval } from '../../src/statistics/newcombe.ts';
import type { TwoByTwo } from '../../src/statistics/two-by-two.ts';
import { wilsonInterval } from '../../src/statistics/wilson.ts';

type Value = number | 'Infinity' | null;
type Golden = TwoByTwo & Readonly<Record<string, Value | readonly [Value, Value] | undefined>>;

const golden = JSON.parse(readFileSync(new URL('../golden/two-by-two.json', import.meta.url), 'utf8')) as Golden[];

const numbers: Readonly<Record<string, (table: TwoByTwo) => number | null>> = {
  fisherLnP: lnFisherExact,
  fisherLnPGreater: (t) => lnFisherExactOneSided(t, 'greater'),
  fisherLnPLess: (t) => lnFisherExactOneSided(t, 'less'),
  midPLnP: lnMidP,
  doubledMidPLnP: lnDoubledMidP,
  chiSquare: (t) => pearsonChiSquare(t)?.statistic ?? null,
  chiSquareLnP: (t) => pearsonChiSquare(t)?.lnPValue ?? null,
  g: (t) => gTest(t)?.statistic ?? null,
  gLnP: (t) => gTest(t)?.lnPValue ?? null,
  mutualInformation,
  normalizedMutualInformation,
  conditionalOddsRatio,
  medianUnbiasedOddsRatio,
};

const intervals: Readonly<Record<string, (table: TwoByTwo) => Interval | null>> = {
  wilson: ({ a, b }) => wilsonInterval(a, a + b),
  clopperPearson: ({ a, b }) => clopperPearsonInterval(a, a + b),
  jeffreys: ({ a, b }) => jeffreysInterval(a, a + b),
  newcombe: newcombeInterval,
  riskDifferenceScore: riskDifferenceScoreInterval,
  riskRatioScore: riskRatioScoreInterval,
  oddsRatioScore: oddsRatioScoreInterval,
  representationRatioScore: representationRatioScoreInterval,
  exactOddsRatio: (t) => conditionalOddsRatioInterval(t, 'exact'),
  midPOddsRatio: (t) => conditionalOddsRatioInterval(t, 'mid-p'),
};

const RELATIVE = 1e-10;
// Absolute, for a p within rounding of 1 (ln p near 0) and a difference whose limit is near 0.
const ABSOLUTE = 1e-13;

function isNear(found: number | null | undefined, expected: Value | undefined): boolean {
  if (found === null || found === undefined || Number.isNaN(found)) return expected === null;
  const target = Number(expected);
  return found === target || Math.abs(found - target) <= RELATIVE * Math.abs(target) + ABSOLUTE;
}

const label = ({ a, b, c, d }: TwoByTwo): string => `${a}/${a + b} v ${c}/${c + d}`;

test.each(Object.keys(numbers))('%s equals the value from 50-digit arithmetic', (name) => {
  const rows = golden.filter((row) => row[name] !== undefined);

  const wrong = rows
    .map((row) => ({ table: label(row), found: numbers[name]!(row), expected: row[name] as Value }))
    .filter(({ found, expected }) => !isNear(found, expected));

  expect(rows.length).toBeGreaterThan(10);
  expect(wrong).toEqual([]);
});

test.each(Object.keys(intervals))('limits of %s equal those from 50-digit arithmetic', (name) => {
  const rows = golden.filter((row) => Array.isArray(row[name]));

  const wrong = rows
    .map((row) => ({ table: label(row), found: intervals[name]!(row), expected: row[name] as readonly [Value, Value] }))
    .filter(({ found, expected }) => !isNear(found?.lower, expected[0]) || !isNear(found?.upper, expected[1]));

  expect(rows.length).toBeGreaterThan(10);
  expect(wrong).toEqual([]);
});
