/** Sums of hypergeometric probabilities with fixed margins, relative to a term of the caller, so that nothing underflows. */
import { lnHypergeometricPmf } from './distributions.ts';
import { margins, type TwoByTwo } from './two-by-two.ts';

/** Terms below this share of the sum are left out. */
const NEGLIGIBLE = 1e-18;

/** The distribution of the count `a` when all margins are fixed and there is no association. */
export interface FixedMargins {
  /** Users in the segment. */
  readonly drawn: number;
  /** Users with the value. */
  readonly marked: number;
  readonly total: number;
  /** Smallest possible count. */
  readonly least: number;
  /** Largest possible count. */
  readonly most: number;
  /** Most probable count. */
  readonly mode: number;
}

/** Describes the distribution of `a` given the margins of the table. */
export function fixedMargins(table: TwoByTwo): FixedMargins {
  const { inside, withValue, total } = margins(table);
  const least = Math.max(0, inside + withValue - total);
  const most = Math.min(inside, withValue);
  const mode = Math.floor((inside + 1) * ((withValue + 1) / (total + 2)));
  return { drawn: inside, marked: withValue, total, least, most, mode: Math.min(most, Math.max(least, mode)) };
}

/** Computes ln P(a = k) for these margins. */
export function lnPmf(k: number, { drawn, marked, total }: FixedMargins): number {
  return lnHypergeometricPmf(k, drawn, marked, total);
}

/** What a walk away from the mode adds up, in units of the probability it starts from. */
export interface OutwardSum {
  /** Sum of the probabilities from the start on, the start (1) included. */
  readonly sum: number;
  /** The part of it whose probability is at least `tieRatio` times that of the start. */
  readonly tied: number;
}

/**
 * Adds up the probabilities from `start` outwards (away from the mode), until they no longer count.
 *
 * @param direction - 1 upwards, -1 downwards.
 * @param tieRatio - terms at least this large, relative to the start, are also added up as `tied`.
 */
export function outwardSum(start: number, direction: 1 | -1, fixed: FixedMargins, tieRatio: number): OutwardSum {
  const { drawn, marked, total } = fixed;
  const rest = total - marked - drawn;
  let sum = 1;
  let tied = tieRatio <= 1 ? 1 : 0;
  let term = 1;
  let k = start;
  const last = direction === 1 ? fixed.most : fixed.least;
  // Never `k !== last`: a count that is not a whole number would pass by it.
  while (direction * (last - k) > 0) {
    term *=
      direction === 1
        ? ((marked - k) / (k + 1)) * ((drawn - k) / (rest + k + 1))
        : (k / (marked - k + 1)) * ((rest + k) / (drawn - k + 1));
    k += direction;
    sum += term;
    if (term >= tieRatio) tied += term;
    if (term < NEGLIGIBLE * sum) break;
  }
  return { sum, tied };
}

/**
 * Finds the count nearest to the mode, on one side of it, whose ln probability is at most `lnLimit`.
 *
 * @param side - 1 above the mode, -1 below it.
 * @returns `null` when even the last count on that side is more probable.
 */
export function firstAtMost(lnLimit: number, side: 1 | -1, fixed: FixedMargins): number | null {
  let outer = side === 1 ? fixed.most : fixed.least;
  if (outer === fixed.mode || lnPmf(outer, fixed) > lnLimit) return null;
  let inner = fixed.mode;
  // Invariant: inner is more probable than the limit (or is the mode), outer is not.
  while (Math.abs(outer - inner) > 1) {
    const middle = inner + Math.trunc((outer - inner) / 2);
    if (lnPmf(middle, fixed) <= lnLimit) outer = middle;
    else inner = middle;
  }
  return outer;
}
