import { sum } from './contingency-table.ts';

/**
 * Computes Shannon's entropy of a distribution given by counts, weights or shares, in nats. 0 when one value holds
 * all, at most ln(number of values).
 *
 * @param weights - non-negative, in any scale.
 * @see REFERENCES.md#shannon-1948
 */
export function entropy(weights: readonly number[]): number {
  const total = sum(weights);
  let result = 0;
  for (const weight of weights) {
    if (weight > 0 && weight < total) result -= (weight / total) * logShare(weight, total);
  }
  return result;
}

/** ln(weight / total), without losing the digits of a share close to 1. */
function logShare(weight: number, total: number): number {
  const share = weight / total;
  return share > 0.9 ? Math.log1p((weight - total) / total) : Math.log(share);
}
