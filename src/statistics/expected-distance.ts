import { sum } from './contingency-table.ts';
import { meanAbsoluteDeviation } from './hypergeometric-deviation.ts';
import { hypergeometricMean } from './hypergeometric-mean.ts';
import { deviance } from './saddle-point.ts';

/*
 * What the distances between a segment and its panel come to when membership has nothing to do with the trait: the
 * segment is then a simple random sample, without replacement, of the panel. A distance near this level is noise.
 */

/** Up to this size of a segment the mean divergences are summed exactly; beyond, the second-order formula is as good. */
const LARGEST_SUMMED = 2000;

/**
 * Computes the total variation that chance alone gives a segment: half the sum over values of the mean absolute
 * deviation of a hypergeometric count, divided by the segment's size. Exact.
 *
 * @param population - counts per trait value in the whole panel, the segment included.
 * @param segmentSize - labelled members of the segment, at most the panel's size.
 * @returns `null` for an empty segment or panel.
 * @see REFERENCES.md#diaconis-zabell-1991
 */
export function expectedTotalVariation(population: readonly number[], segmentSize: number): number | null {
  const size = sum(population);
  if (!(segmentSize > 0 && size > 0)) return null;
  return sum(population.map((count) => meanAbsoluteDeviation(size, count, segmentSize))) / (2 * segmentSize);
}

/**
 * Computes the Kullback-Leibler divergence (bits) that chance alone gives a segment. Exact up to 2,000 members; beyond,
 * (m - 1) / (2 n) nats times the finite-population factor (N - n) / (N - 1), which is second order in the deviations.
 *
 * @param population - counts per trait value in the whole panel, the segment included.
 * @param segmentSize - labelled members of the segment, at most the panel's size.
 * @returns `null` for an empty segment or panel.
 * @see REFERENCES.md#miller-1955, REFERENCES.md#vinh-2010
 */
export function expectedKullbackLeiblerBits(population: readonly number[], segmentSize: number): number | null {
  return expectedDivergenceBits(population, segmentSize, 1 / 2, deviance);
}

/**
 * Computes the Jensen-Shannon divergence (bits) that chance alone gives a segment. Exact up to 2,000 members; beyond, a
 * quarter of the expected Kullback-Leibler divergence. Arguments as in `expectedKullbackLeiblerBits`.
 *
 * @see REFERENCES.md#grosse-2002, REFERENCES.md#vinh-2010
 */
export function expectedJensenShannonBits(population: readonly number[], segmentSize: number): number | null {
  return expectedDivergenceBits(population, segmentSize, 1 / 8, (inside, reference) => {
    const midpoint = (inside + reference) / 2;
    return (deviance(inside, midpoint) + deviance(reference, midpoint)) / 2;
  });
}

/**
 * Mean of a divergence that is a sum over values of `term(share inside, share in population)` nats, where the term is
 * `curvature (p - q)^2 / q` for small deviations.
 */
function expectedDivergenceBits(
  population: readonly number[],
  segmentSize: number,
  curvature: number,
  term: (inside: number, reference: number) => number,
): number | null {
  const size = sum(population);
  if (!(segmentSize > 0 && size > 0)) return null;
  if (size === segmentSize) return 0;
  if (segmentSize > LARGEST_SUMMED) {
    const values = population.filter((count) => count > 0).length;
    // Mean of the sum of (p - q)^2 / q, exact for sampling without replacement.
    const quadratic = ((values - 1) / segmentSize) * ((size - segmentSize) / (size - 1));
    return (curvature * quadratic) / Math.LN2;
  }
  const nats = population.map((marked) =>
    hypergeometricMean(size, marked, segmentSize, (count) => term(count / segmentSize, marked / size)),
  );
  return sum(nats) / Math.LN2;
}
