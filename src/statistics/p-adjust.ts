/**
 * Adjustment of p-values for the number of tests, done on their natural logarithms so that ranks and ratios survive below 1e-308.
 * Each adjusted value is the smallest level at which the procedure would reject that test.
 */

/** Bonferroni, Holm, Hochberg, Hommel control the family-wise error rate; BH and BY the false discovery rate. */
export type AdjustmentMethod = 'bonferroni' | 'holm' | 'hochberg' | 'hommel' | 'bh' | 'by';

/** Takes ln p in ascending order to adjusted ln p in the same order, before the cap at 0. */
type SortedAdjustment = (lnP: Float64Array) => Float64Array;

const ADJUSTMENTS: Readonly<Record<AdjustmentMethod, SortedAdjustment>> = {
  bonferroni: (lnP) => lnP.map((value) => value + Math.log(lnP.length)),
  holm: (lnP) => runningMaximum(lnP.map((value, index) => value + Math.log(lnP.length - index))),
  hochberg: (lnP) => runningMinimumFromEnd(lnP.map((value, index) => value + Math.log(lnP.length - index))),
  hommel: hommelSorted,
  bh: (lnP) => benjaminiHochberg(lnP, 0),
  by: (lnP) => benjaminiHochberg(lnP, Math.log(harmonicNumber(lnP.length))),
};

/**
 * Adjusts natural logarithms of p-values. O(m log m) for every method.
 *
 * @param lnP - ln p <= 0 each, in any order; `null` marks a test that was not made: it is left out of the count and stays `null`.
 * @param method - Benjamini-Hochberg (`bh`) for a list of discoveries; Benjamini-Yekutieli (`by`) whatever the dependence; Holm (`holm`)
 *   for strong control of any error.
 * @returns adjusted ln p (ln q for BH and BY), <= 0, in the order of the input.
 * @see REFERENCES.md#benjamini-hochberg-1995
 */
export function adjustLnP(lnP: readonly (number | null)[], method: AdjustmentMethod): (number | null)[] {
  const adjusted = adjustLnPColumn(
    Float64Array.from(lnP, (value) => value ?? Number.NaN),
    method,
  );
  return Array.from(adjusted, (value) => (Number.isNaN(value) ? null : value));
}

/** As {@link adjustLnP}, with NaN for `null`: for millions of tests. */
export function adjustLnPColumn(lnP: Float64Array, method: AdjustmentMethod): Float64Array {
  const sorted = lnP.filter((value) => !Number.isNaN(value)).sort();
  const adjusted = ADJUSTMENTS[method](sorted);
  // Equal p-values have equal results, so that the values can be sorted without their places: that takes a tenth of the time.
  return lnP.map((value) => (Number.isNaN(value) ? value : Math.min(0, adjusted[firstAt(sorted, value)] ?? 0)));
}

/** Where a value begins in ascending values. */
function firstAt(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Adjusts p-values in [0, 1]; as {@link adjustLnP}, without its range. */
export function adjustP(p: readonly (number | null)[], method: AdjustmentMethod): (number | null)[] {
  const lnP = p.map((value) => (value === null ? null : Math.log(value)));
  return adjustLnP(lnP, method).map((value) => (value === null ? null : Math.exp(value)));
}

/** Step-up: q(i) = min over j >= i of p(j) m / j, times a factor for dependence. */
function benjaminiHochberg(lnP: Float64Array, lnFactor: number): Float64Array {
  return runningMinimumFromEnd(lnP.map((value, index) => value + Math.log(lnP.length / (index + 1)) + lnFactor));
}

function harmonicNumber(m: number): number {
  let sum = 0;
  for (let term = m; term >= 1; term -= 1) sum += 1 / term;
  return sum;
}

function runningMaximum(values: Float64Array): Float64Array {
  for (let index = 1; index < values.length; index += 1) {
    values[index] = Math.max(values[index] ?? 0, values[index - 1] ?? 0);
  }
  return values;
}

function runningMinimumFromEnd(values: Float64Array): Float64Array {
  for (let index = values.length - 2; index >= 0; index -= 1) {
    values[index] = Math.min(values[index] ?? 0, values[index + 1] ?? 0);
  }
  return values;
}

/**
 * Hommel's method: the Simes test of every intersection. With S(i) the Simes p of the i largest p-values, which falls as i grows, a test
 * is rejected at level t when p <= t / h, h being the largest i with S(i) > t. So its adjusted p is the minimum over h
 * of max(h p, S(h + 1)).
 *
 * @see REFERENCES.md#hommel-1988
 */
function hommelSorted(lnP: Float64Array): Float64Array {
  const m = lnP.length;
  const simes = suffixSimes(lnP);
  return lnP.map((value) => {
    const at = (h: number): number => Math.max(value + Math.log(h), simes[h + 1] ?? Number.NEGATIVE_INFINITY);
    // h p rises and S(h + 1) falls: the minimum is where they cross.
    let low = 1;
    let high = m;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (value + Math.log(middle) >= (simes[middle + 1] ?? Number.NEGATIVE_INFINITY)) high = middle;
      else low = middle + 1;
    }
    return low > 1 ? Math.min(at(low), at(low - 1)) : at(low);
  });
}

/**
 * ln Simes p of the i largest p-values, for i = 1 to m (index 0 unused): ln i + min over j of [ln p(m-i+j) - ln j].
 * The best position moves up as the start does (the cost is a Monge array), so all are found by divide and conquer in O(m log m).
 */
function suffixSimes(lnP: Float64Array): Float64Array {
  const m = lnP.length;
  const simes = new Float64Array(m + 1);
  const solve = (firstStart: number, lastStart: number, lowest: number, highest: number): void => {
    if (firstStart > lastStart) return;
    const start = (firstStart + lastStart) >>> 1;
    let best = Number.POSITIVE_INFINITY;
    let bestAt = Math.max(lowest, start);
    for (let at = Math.max(lowest, start); at <= highest; at += 1) {
      const cost = (lnP[at] ?? 0) - Math.log(at - start + 1);
      if (cost < best) {
        best = cost;
        bestAt = at;
      }
    }
    simes[m - start] = best + Math.log(m - start);
    solve(firstStart, start - 1, lowest, bestAt);
    solve(start + 1, lastStart, bestAt, highest);
  };
  solve(0, m - 1, 0, m - 1);
  return simes;
}
