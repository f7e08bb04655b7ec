import { lnHypergeometricPmf } from './distributions.ts';

/** Terms below this share of the largest are left out. */
const NEGLIGIBLE = 1e-18;

/**
 * Computes the mean of a function of a hypergeometric count: members with the value among `drawn` that are taken at random from
 * `total`, of whom `marked` have it. The sum runs from the mode outwards by the ratio of neighbouring probabilities:
 * some 20 standard deviations of terms.
 *
 * @param f - function of the count, of moderate growth (not exponential).
 */
export function hypergeometricMean(total: number, marked: number, drawn: number, f: (count: number) => number): number {
  const lowest = Math.max(0, drawn + marked - total);
  const highest = Math.min(drawn, marked);
  const mode = Math.min(highest, Math.max(lowest, Math.floor(((drawn + 1) / (total + 2)) * (marked + 1))));
  const peak = Math.exp(lnHypergeometricPmf(mode, drawn, marked, total));
  const rest = total - marked - drawn;
  let mean = peak * f(mode);
  for (let count = mode, p = peak; count < highest && p > NEGLIGIBLE * peak; ) {
    p *= ((marked - count) / (count + 1)) * ((drawn - count) / (rest + count + 1));
    count += 1;
    mean += p * f(count);
  }
  for (let count = mode, p = peak; count > lowest && p > NEGLIGIBLE * peak; ) {
    p *= (count / (marked - count + 1)) * ((rest + count) / (drawn - count + 1));
    count -= 1;
    mean += p * f(count);
  }
  return mean;
}
