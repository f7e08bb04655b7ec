import type { AucEstimate } from '../statistics/auc.ts';
import { brierScore } from '../statistics/brier-score.ts';
import { type Calibration, calibration } from '../statistics/calibration.ts';
import { deLong, normalAucInterval } from '../statistics/delong.ts';
import { hanleyMcNeil } from '../statistics/hanley-mcneil.ts';
import { DEFAULT_LEVEL } from '../statistics/interval.ts';
import { precisionAtTop, type TopShare } from '../statistics/precision-at-top.ts';
import { binTotals, mergeBins, type ScoreBin } from '../statistics/score-bins.ts';

/** What an attacker gains from a score. */
export interface AttackStrength {
  readonly auc: AucEstimate;
  readonly top: readonly (TopShare & { readonly share: number })[];
  readonly calibration: Calibration;
  readonly brier: number;
  /** Chance to guess right whether a user has the value: without the export, and with the score. */
  readonly bayesVulnerability: { readonly prior: number; readonly posterior: number };
}

/** Shares of the users with the highest scores that are looked at. */
export const TOP_SHARES: readonly number[] = [0.01, 0.05];

/** Groups of about equal size in which the best guess is made; many more would fit the labels instead of showing what the score tells. */
const GUESS_GROUPS = 20;

/**
 * Measures the area under the curve with DeLong's interval. Where the score separates both groups wholly, that interval is a point, and
 * Hanley and McNeil's is taken at half a pair short of perfect instead.
 *
 * @returns `null` with fewer than two users on a side
 */
export function attackAuc(bins: readonly ScoreBin[]): AucEstimate | null {
  const estimate = deLong(bins);
  if (estimate === null || estimate.variance > 0) return estimate;
  const { positives, negatives } = binTotals(bins);
  const nearly = Math.min(
    1 - 0.5 / (positives * negatives),
    Math.max(0.5 / (positives * negatives), estimate.estimate),
  );
  const wide = hanleyMcNeil(nearly, positives, negatives);
  return wide === null
    ? estimate
    : { ...wide, estimate: estimate.estimate, lower: Math.min(wide.lower, estimate.estimate) };
}

/**
 * Averages the AUC over splits of the users into folds. The interval holds both how it varies with the users, and how the average still varies
 * with the splits.
 *
 * @returns `null` without any
 */
export function averageOverSplits(aucs: readonly AucEstimate[]): AucEstimate | null {
  if (aucs.length === 0) return null;
  const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const estimate = mean(aucs.map((auc) => auc.estimate));
  const spread = aucs.reduce((sum, auc) => sum + (auc.estimate - estimate) ** 2, 0) / Math.max(1, aucs.length - 1);
  return normalAucInterval(estimate, mean(aucs.map((auc) => auc.variance)) + spread / aucs.length, DEFAULT_LEVEL);
}

/** Measures everything else too. The scores are log-odds in nats. */
export function attackStrength(bins: readonly ScoreBin[]): AttackStrength | null {
  const auc = attackAuc(bins);
  const probabilities = bins.map((bin) => ({ ...bin, score: 1 / (1 + Math.exp(-bin.score)) }));
  const reliability = calibration(probabilities);
  const brier = brierScore(probabilities);
  if (auc === null || reliability === null || brier === null) return null;
  return {
    auc,
    top: TOP_SHARES.flatMap((share) => {
      const top = precisionAtTop(bins, share);
      return top === null ? [] : [{ share, ...top }];
    }),
    calibration: reliability,
    brier,
    bayesVulnerability: bayesVulnerability(bins),
  };
}

/** The best guess in groups of about equal size, by ascending score; never worse than the best guess about everybody. */
function bayesVulnerability(bins: readonly ScoreBin[]): AttackStrength['bayesVulnerability'] {
  const { positives, negatives } = binTotals(bins);
  const total = positives + negatives;
  let [seen, withValue, without, right] = [0, 0, 0, 0];
  for (const bin of mergeBins(bins)) {
    withValue += bin.positives;
    without += bin.negatives;
    seen += bin.positives + bin.negatives;
    if ((withValue + without) * GUESS_GROUPS < total && seen < total) continue;
    right += Math.max(withValue, without);
    [withValue, without] = [0, 0];
  }
  right += Math.max(withValue, without);
  return { prior: Math.max(positives, negatives) / total, posterior: right / total };
}
