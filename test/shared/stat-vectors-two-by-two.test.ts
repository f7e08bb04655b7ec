import { describe, expect, test } from 'vitest';
import { agrestiCaffoInterval } from '../../src/statistics/agresti-caffo.ts';
import { bayesVulnerability } from '../../src/statistics/bayes-vulnerability.ts';
import { pearsonChiSquare, yatesChiSquare } from '../../src/statistics/chi-square.ts';
import { clopperPearsonInterval } from '../../src/statistics/clopper-pearson.ts';
import {
  conditionalOddsRatio,
  conditionalOddsRatioInterval,
  medianUnbiasedOddsRatio,
} from '../../src/statistics/conditional-odds-ratio.ts';
import {
  haldaneOddsRatio,
  lift,
  oddsRatio,
  phiCoefficient,
  prevalence,
  representationRatio,
  riskDifference,
  riskRatio,
  shareInside,
  shareOutside,
  yuleQ,
} from '../../src/statistics/effect-sizes.ts';
import { fisherExact, fisherExactOneSided, lnFisherExact } from '../../src/statistics/fisher-exact.ts';
import { gTest } from '../../src/statistics/g-test.ts';
import { jeffreysInterval } from '../../src/statistics/jeffreys.ts';
import { adjustedLogInterval, katzInterval } from '../../src/statistics/katz.ts';
import { doubledMidP, lnMidP, midP } from '../../src/statistics/mid-p.ts';
import { riskDifferenceScoreInterval } from '../../src/statistics/miettinen-nurminen-difference.ts';
import { oddsRatioScoreInterval } from '../../src/statistics/miettinen-nurminen-odds-ratio.ts';
import {
  representationRatioScoreInterval,
  riskRatioScoreInterval,
} from '../../src/statistics/miettinen-nurminen-ratio.ts';
import { mutualInformation, normalizedMutualInformation } from '../../src/statistics/mutual-information.ts';
import { newcombeInterval } from '../../src/statistics/newcombe.ts';
import { type AdjustmentMethod, adjustP } from '../../src/statistics/p-adjust.ts';
import { riskDifferenceEquivalence, riskRatioEquivalence } from '../../src/statistics/tost.ts';
import type { TwoByTwo } from '../../src/statistics/two-by-two.ts';
import { waldDifferenceInterval } from '../../src/statistics/wald.ts';
import { wilsonInterval } from '../../src/statistics/wilson.ts';
import { adjustedLogitInterval, woolfInterval } from '../../src/statistics/woolf.ts';
import { hasReference, type ReferenceNumber, readVectors } from './reference-files.ts';

const TABLES = 'stat-vectors/two-by-two.json';
const FAMILIES = 'stat-vectors/p-adjust.json';
const isThere = hasReference(TABLES) && hasReference(FAMILIES);
if (!isThere) console.log('skipped: no reference answers at ../shared/data/stat-vectors');

type Vector = TwoByTwo & { readonly id: string } & Readonly<Record<string, ReferenceNumber>>;
interface Column {
  readonly compute: (table: TwoByTwo) => number | null;
  readonly relative: number;
  /** Absolute error allowed, where the reference itself has one. */
  readonly absolute?: number | ((table: TwoByTwo) => number);
  /** Compares min(x, 1/x), on which R searches for odds ratios. */
  readonly isReciprocal?: boolean;
}

const CLOSED = 1e-9;
const EXACT = 1e-7;
const BISECTED = 1e-6;
// R's fisher.test and epitools search for an odds ratio with uniroot's default tolerance of 1.2e-4, above 1 on its reciprocal. The exact
// values are in test/golden/two-by-two.json.
const SEARCHED = { relative: BISECTED, absolute: 1.3e-4, isReciprocal: true };

/** The reference adds up O ln(O/E), whose terms cancel: it is exact to about 1e-15 of the total. Exact values are in test/golden. */
const cancelled = ({ a, b, c, d }: TwoByTwo) => 1e-15 * (a + b + c + d);
/** The same in ln p, which changes by about 1 / sqrt(G) per unit of a small G. */
const cancelledLnP = (t: TwoByTwo) => cancelled(t) * Math.max(1, 1 / Math.sqrt(gTest(t)?.statistic ?? 1));

const inside = (interval: typeof wilsonInterval) => (t: TwoByTwo) => interval(t.a, t.a + t.b);
const outside = (interval: typeof wilsonInterval) => (t: TwoByTwo) => interval(t.c, t.c + t.d);

const columns: Readonly<Record<string, Column>> = {
  fisher_p: { compute: fisherExact, relative: EXACT },
  fisher_p_greater: { compute: (t) => fisherExactOneSided(t, 'greater'), relative: EXACT },
  fisher_p_less: { compute: (t) => fisherExactOneSided(t, 'less'), relative: EXACT },
  fisher_ln_p: { compute: lnFisherExact, relative: BISECTED, absolute: 1e-12 },
  midp_minlike_p: { compute: midP, relative: EXACT },
  midp_minlike_ln_p: { compute: lnMidP, relative: BISECTED },
  midp_doubled_p: { compute: doubledMidP, relative: EXACT },
  midp_doubled_epitools: { compute: doubledMidP, relative: EXACT, absolute: 1e-13 },
  or_cond_mle: { compute: conditionalOddsRatio, ...SEARCHED },
  or_midp_est: { compute: medianUnbiasedOddsRatio, ...SEARCHED },
  chi2: { compute: (t) => pearsonChiSquare(t)?.statistic ?? null, relative: CLOSED },
  chi2_p: { compute: (t) => pearsonChiSquare(t)?.pValue ?? null, relative: CLOSED, absolute: 1e-307 },
  chi2_ln_p: { compute: (t) => pearsonChiSquare(t)?.lnPValue ?? null, relative: BISECTED },
  chi2_yates: { compute: (t) => yatesChiSquare(t)?.statistic ?? null, relative: CLOSED, absolute: 1e-20 },
  chi2_yates_p: { compute: (t) => yatesChiSquare(t)?.pValue ?? null, relative: CLOSED, absolute: 1e-307 },
  g: { compute: (t) => gTest(t)?.statistic ?? null, relative: CLOSED, absolute: cancelled },
  g_p: {
    compute: (t) => gTest(t)?.pValue ?? null,
    relative: CLOSED,
    absolute: (t) => Math.max(1e-307, cancelledLnP(t) * (gTest(t)?.pValue ?? 0)),
  },
  g_ln_p: { compute: (t) => gTest(t)?.lnPValue ?? null, relative: BISECTED, absolute: cancelledLnP },
  p_in: { compute: shareInside, relative: CLOSED },
  p_out: { compute: shareOutside, relative: CLOSED },
  p_pop: { compute: prevalence, relative: CLOSED },
  lift: { compute: lift, relative: CLOSED },
  rd: { compute: riskDifference, relative: CLOSED },
  rr: { compute: riskRatio, relative: CLOSED },
  rep_ratio: { compute: representationRatio, relative: CLOSED },
  or: { compute: oddsRatio, relative: CLOSED },
  or_haldane: { compute: haldaneOddsRatio, relative: CLOSED },
  phi: { compute: phiCoefficient, relative: CLOSED },
  yule_q: { compute: yuleQ, relative: CLOSED },
  mi_nats: { compute: mutualInformation, relative: CLOSED, absolute: 1e-15 },
  nmi_arith: { compute: normalizedMutualInformation, relative: CLOSED, absolute: 1e-14 },
  bayes_vulnerability_prior: { compute: (t) => bayesVulnerability(t)?.prior ?? null, relative: CLOSED },
  bayes_vulnerability_posterior: { compute: (t) => bayesVulnerability(t)?.posterior ?? null, relative: CLOSED },
  min_entropy_leakage_bits: { compute: (t) => bayesVulnerability(t)?.minEntropyLeakageBits ?? null, relative: CLOSED },
  tost_rr_080_125_p: { compute: (t) => riskRatioEquivalence(t, 0.8, 1.25), relative: CLOSED },
  tost_rr_050_200_p: { compute: (t) => riskRatioEquivalence(t, 0.5, 2), relative: CLOSED },
  tost_rd_005_wald_p: { compute: (t) => riskDifferenceEquivalence(t, 0.05), relative: CLOSED },
  tost_rd_010_wald_p: { compute: (t) => riskDifferenceEquivalence(t, 0.1), relative: CLOSED },
  ...limits('p_in_wilson', inside(wilsonInterval), CLOSED),
  ...limits('p_out_wilson', outside(wilsonInterval), CLOSED),
  ...limits('p_in_cp', inside(clopperPearsonInterval), CLOSED),
  ...limits('p_in_jeffreys', inside(jeffreysInterval), CLOSED),
  ...limits('rd_wald', waldDifferenceInterval, CLOSED),
  ...limits('rd_newcombe', newcombeInterval, CLOSED),
  ...limits('rd_agresti_caffo', agrestiCaffoInterval, CLOSED),
  ...limits('rr_katz', katzInterval, CLOSED),
  ...limits('rr_log_adj', adjustedLogInterval, CLOSED),
  ...limits('or_woolf', woolfInterval, CLOSED),
  ...limits('or_logit_adj', adjustedLogitInterval, CLOSED),
  ...limits('rd_mn', riskDifferenceScoreInterval, BISECTED),
  ...limits('rr_score', riskRatioScoreInterval, BISECTED),
  ...limits('or_score', oddsRatioScoreInterval, BISECTED),
  ...limits('rep_ratio_score', representationRatioScoreInterval, BISECTED),
  ...limits('or_exact', (t) => conditionalOddsRatioInterval(t, 'exact'), SEARCHED),
  ...limits('or_midp', (t) => conditionalOddsRatioInterval(t, 'mid-p'), SEARCHED),
};

function limits(
  name: string,
  interval: (table: TwoByTwo) => { lower: number; upper: number } | null,
  accuracy: number | Omit<Column, 'compute'>,
): Record<string, Column> {
  const allowed = typeof accuracy === 'number' ? { relative: accuracy } : accuracy;
  return {
    [`${name}_lo`]: { compute: (t) => interval(t)?.lower ?? null, ...allowed },
    [`${name}_hi`]: { compute: (t) => interval(t)?.upper ?? null, ...allowed },
  };
}

function differs(
  table: TwoByTwo,
  found: number | null,
  reference: ReferenceNumber,
  column: Omit<Column, 'compute'>,
): boolean {
  if (reference === null) return false;
  const { relative, absolute = 1e-300, isReciprocal = false } = column;
  if (found === null || Number.isNaN(found)) return true;
  const expected = Number(reference);
  if (found === expected) return false;
  const scale = (x: number): number => (isReciprocal && expected > 1 ? 1 / x : x);
  const allowed = typeof absolute === 'number' ? absolute : absolute(table);
  return !(Math.abs(scale(found) - scale(expected)) <= Math.max(allowed, relative * Math.abs(scale(expected))));
}

/** With an empty margin every odds ratio is equally likely: R answers 0, we answer null. */
function isUndefinedHere(name: string, { a, b, c, d }: TwoByTwo): boolean {
  return name === 'or_cond_mle' && (a + b === 0 || c + d === 0 || a + c === 0 || b + d === 0);
}

describe.skipIf(!isThere)('reference answers for 2x2 tables', () => {
  const vectors = readVectors<Vector>(TABLES);

  test('every column of the file is compared', () => {
    const names = new Set(vectors.flatMap((vector) => Object.keys(vector)));

    const missing = [...names].filter((name) => !['id', 'kind', 'a', 'b', 'c', 'd'].includes(name) && !columns[name]);

    expect(missing).toEqual([]);
  });

  test.each(Object.entries(columns))('%s agrees', (name, column) => {
    const wrong = vectors
      .filter((vector) => vector[name] !== undefined && !isUndefinedHere(name, vector))
      .filter((vector) => differs(vector, column.compute(vector), vector[name] ?? null, column))
      .map((v) => `${v.id} [${v.a} ${v.b} ${v.c} ${v.d}]: ${column.compute(v)}, reference ${v[name]}`);

    expect(wrong).toEqual([]);
  });
});

describe.skipIf(!isThere)('reference answers for adjusted p-values', () => {
  const vectors = readVectors<Readonly<Record<string, number[]>>>(FAMILIES);

  test.each(['bonferroni', 'holm', 'hochberg', 'hommel', 'bh', 'by'] as const)(
    '%s agrees',
    (method: AdjustmentMethod) => {
      const wrong = vectors.flatMap((vector) => {
        const found = adjustP(vector.p ?? [], method);
        return (vector[method] ?? []).flatMap((expected, index) =>
          differs({ a: 0, b: 0, c: 0, d: 0 }, found[index] ?? null, expected, { relative: CLOSED })
            ? [`${vector.id} #${index}: ${found[index]}, reference ${expected}`]
            : [],
        );
      });

      expect(wrong).toEqual([]);
    },
  );
});
