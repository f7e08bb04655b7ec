import { lnHypergeometricPmf } from './distributions.ts';

/**
 * Computes the mean absolute deviation from its mean of a hypergeometric count: members with the value among `drawn` that are
 * taken at random from `total`, of whom `marked` have it. Exact, in one evaluation of the probability near the mean.
 *
 * With T(x) = x (total - marked - drawn + x) P(x), total (x - mean) P(x) = T(x) - T(x + 1), so the sum over x above the
 * mean telescopes to T at the first x above it.
 *
 * @returns 0 when the count cannot vary.
 * @see REFERENCES.md#diaconis-zabell-1991
 */
export function meanAbsoluteDeviation(total: number, marked: number, drawn: number): number {
  const above = Math.floor((drawn / total) * marked) + 1;
  const probability = Math.exp(lnHypergeometricPmf(above, drawn, marked, total));
  return (2 * above * (total - marked - drawn + above) * probability) / total;
}
