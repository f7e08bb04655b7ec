import { sum } from './contingency-table.ts';
import { meanAbsoluteDeviation } from './hypergeometric-deviation.ts';

/*
 * What the distances between a segment and its panel come to when membership has nothing to do with the trait: the
 * segment is then a simple random sample, without replacement, of the panel. A distance near this level is noise.
 */

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
 * Approximates the Kullback-Leibler divergence (bits) that chance alone gives a segment: (m - 1) / (2 n) nats, times
 * the finite-population factor (N - n) / (N - 1). Second order in the deviations: about right from some five expected
 * members per value.
 *
 * @see REFERENCES.md#miller-1955
 */
export function expectedKullbackLeiblerBits(population: readonly number[], segmentSize: number): number | null {
  const quadratic = expectedQuadraticDistance(population, segmentSize);
  return quadratic === null ? null : quadratic / (2 * Math.LN2);
}

/**
 * Approximates the Jensen-Shannon divergence (bits) that chance alone gives a segment: a quarter of the expected
 * Kullback-Leibler divergence, (m - 1) / (8 n) nats times the finite-population factor.
 *
 * @see REFERENCES.md#grosse-2002
 */
export function expectedJensenShannonBits(population: readonly number[], segmentSize: number): number | null {
  const quadratic = expectedQuadraticDistance(population, segmentSize);
  return quadratic === null ? null : quadratic / (8 * Math.LN2);
}

/** Expectation of `sum of (p - q)^2 / q`, exact for sampling without replacement: (m - 1) / n x (N - n) / (N - 1). */
function expectedQuadraticDistance(population: readonly number[], segmentSize: number): number | null {
  const size = sum(population);
  if (!(segmentSize > 0 && size > 0)) return null;
  if (size === segmentSize) return 0;
  const values = population.filter((count) => count > 0).length;
  return ((values - 1) / segmentSize) * ((size - segmentSize) / (size - 1));
}
