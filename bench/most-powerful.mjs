import { lnBinomialPmf } from '../dist/statistics/distributions.js';

/**
 * Power of the most powerful one-sided test that a count of n trials comes from the larger of two known shares (Neyman and Pearson): it
 * rejects large counts, at random on the boundary so that its level is exactly alpha. No test that keeps to alpha finds more.
 */
export function mostPowerful(n, shareUnderNull, shareUnderAlternative, alpha) {
  let level = 0;
  let power = 0;
  for (let count = n; count >= 0; count -= 1) {
    const underNull = Math.exp(lnBinomialPmf(count, n, shareUnderNull));
    const underAlternative = Math.exp(lnBinomialPmf(count, n, shareUnderAlternative));
    if (level + underNull > alpha) return power + (underAlternative * (alpha - level)) / underNull;
    level += underNull;
    power += underAlternative;
  }
  return 1;
}
