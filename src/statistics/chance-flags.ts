import { firstAtMost, fixedMargins, lnPmf, outwardSum } from './hypergeometric-tail.ts';
import type { TwoByTwo } from './two-by-two.ts';

/**
 * Computes an upper bound on how many of `tests` independent-of-trait pairs chance alone would call significant at this p threshold:
 * tests times threshold. For discrete p-values the true number is smaller; see {@link chanceOfSignificance} for one pair's exact share.
 *
 * @param tests - number of tests made.
 * @param lnThreshold - ln of the largest p that counts as significant (for BH: the largest rejected p).
 */
export function expectedChanceFlags(tests: number, lnThreshold: number): number {
  return tests * Math.exp(Math.min(0, lnThreshold));
}

/**
 * Computes the probability that a pair with these margins and no association has a two-sided Fisher p at most the threshold: the attained
 * size of the test, at most the threshold itself.
 *
 * @param table - only its margins are used.
 * @param lnThreshold - ln of the threshold.
 * @see REFERENCES.md#tarone-1990
 */
export function chanceOfSignificance(table: TwoByTwo, lnThreshold: number): number {
  const fixed = fixedMargins(table);
  if (lnThreshold >= 0) return 1;
  // Fisher's p grows with the probability of the table: walk the limit on that probability down until the total fits.
  let low = Math.min(lnPmf(fixed.least, fixed), lnPmf(fixed.most, fixed)) - 1;
  let high = Math.min(lnThreshold, lnPmf(fixed.mode, fixed));
  let size = 0;
  for (let step = 0; step < 60 && high - low > 1e-9; step += 1) {
    const middle = 0.5 * (low + high);
    const mass = massAtMost(middle);
    if (mass <= Math.exp(lnThreshold)) {
      low = middle;
      size = mass;
    } else high = middle;
  }
  return size;

  function massAtMost(lnLimit: number): number {
    let mass = 0;
    for (const side of [1, -1] as const) {
      const start = firstAtMost(lnLimit, side, fixed);
      if (start !== null) mass += Math.exp(lnPmf(start, fixed)) * outwardSum(start, side, fixed, 2).sum;
    }
    return mass;
  }
}

/**
 * Computes the probability that chance alone flags a pair with these margins, for any rule that looks at the table and gets no weaker as the
 * count moves away from its expectation: the chance baseline that belongs beside the number of flags (a gap above 0.1 in a segment of
 * 30 with a value of 13 % happens in 9 % of segments by chance).
 *
 * @param table - only its margins are used.
 * @param isFlagged - the rule; called about 2 log2(range of a) times.
 * @see REFERENCES.md#berke-calacci-2022
 */
export function chanceOfFlag(table: TwoByTwo, isFlagged: (table: TwoByTwo) => boolean): number {
  const fixed = fixedMargins(table);
  const withCount = (a: number): TwoByTwo => ({
    a,
    b: fixed.drawn - a,
    c: fixed.marked - a,
    d: fixed.total - fixed.drawn - fixed.marked + a,
  });
  if (isFlagged(withCount(fixed.mode))) return 1;
  let chance = 0;
  for (const side of [1, -1] as const) {
    let outer = side === 1 ? fixed.most : fixed.least;
    let inner = fixed.mode;
    if (outer === inner || !isFlagged(withCount(outer))) continue;
    while (Math.abs(outer - inner) > 1) {
      const middle = inner + Math.trunc((outer - inner) / 2);
      if (isFlagged(withCount(middle))) outer = middle;
      else inner = middle;
    }
    chance += Math.exp(lnPmf(outer, fixed)) * outwardSum(outer, side, fixed, 2).sum;
  }
  return Math.min(1, chance);
}
