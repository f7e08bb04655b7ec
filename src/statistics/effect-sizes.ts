/**
 * Effect sizes of a 2x2 table. All take fractions (weighted counts) as well.
 * `null` means not defined (an empty margin), Infinity a positive numerator over 0: the two are kept apart.
 */
import { determinant, margins, ratioOrNull, type TwoByTwo } from './two-by-two.ts';

/** Computes the share of the segment that has the value, a / (a + b), in [0, 1]; `null` for an empty segment. */
export function shareInside({ a, b }: TwoByTwo): number | null {
  return ratioOrNull(a, a + b);
}

/** Computes the share of the users outside that have the value, c / (c + d), in [0, 1]; `null` when nobody is outside. */
export function shareOutside({ c, d }: TwoByTwo): number | null {
  return ratioOrNull(c, c + d);
}

/** Computes the share of all users that have the value (its prevalence), in [0, 1]; `null` for an empty table. */
export function prevalence(table: TwoByTwo): number | null {
  const { withValue, total } = margins(table);
  return ratioOrNull(withValue, total);
}

/** Computes the share of the value's users that are in the segment, a / (a + c): how much of the group the segment catches. */
export function recall({ a, c }: TwoByTwo): number | null {
  return ratioOrNull(a, a + c);
}

/** Computes lift: share in the segment over prevalence. 1 means no association; `null` when either is not defined or both are 0. */
export function lift(table: TwoByTwo): number | null {
  return quotient(shareInside(table), prevalence(table));
}

/** Computes the gap: share in the segment minus prevalence, in [-1, 1]. 0 means no association. */
export function gap(table: TwoByTwo): number | null {
  const { inside, total } = margins(table);
  return inside === 0 ? null : determinant(table) / inside / total;
}

/** Computes the risk difference: share in the segment minus share outside, in [-1, 1]. 0 means no association. */
export function riskDifference(table: TwoByTwo): number | null {
  const { inside, outside } = margins(table);
  return inside === 0 || outside === 0 ? null : determinant(table) / inside / outside;
}

/** Computes the risk ratio: share in the segment over share outside, in [0, Infinity]. 1 means no association. */
export function riskRatio(table: TwoByTwo): number | null {
  return quotient(shareInside(table), shareOutside(table));
}

/**
 * Computes the representation ratio P(segment | value) / P(segment | not value) = [a / (a + c)] / [b / (b + d)], in [0, Infinity].
 * 1 means no association. It equals the odds of the value in the segment over its odds in the panel, and does not depend on how
 * common the value is in the panel.
 *
 * @see REFERENCES.md#speicher-2018
 */
export function representationRatio({ a, b, c, d }: TwoByTwo): number | null {
  return quotient(ratioOrNull(a, a + c), ratioOrNull(b, b + d));
}

/** Computes the odds ratio a d / (b c), in [0, Infinity]. 1 means no association. */
export function oddsRatio({ a, b, c, d }: TwoByTwo): number | null {
  return ratioOrNull(a * d, b * c);
}

/** Computes the odds ratio with one half added to each cell, which is always finite. @see REFERENCES.md#haldane-1956 */
export function haldaneOddsRatio({ a, b, c, d }: TwoByTwo): number {
  return ((a + 0.5) * (d + 0.5)) / ((b + 0.5) * (c + 0.5));
}

/** Computes the phi coefficient, the correlation of membership and value, in [-1, 1]; `null` with an empty margin. */
export function phiCoefficient(table: TwoByTwo): number | null {
  const { inside, outside, withValue, withoutValue } = margins(table);
  const scale = Math.sqrt(inside * outside) * Math.sqrt(withValue * withoutValue);
  return scale === 0 ? null : determinant(table) / scale;
}

/** Computes Yule's Q = (ad - bc) / (ad + bc), in [-1, 1]; `null` when both products are 0. @see REFERENCES.md#yule-1900 */
export function yuleQ(table: TwoByTwo): number | null {
  const { a, b, c, d } = table;
  return ratioOrNull(determinant(table), a * d + b * c);
}

function quotient(numerator: number | null, denominator: number | null): number | null {
  return numerator === null || denominator === null ? null : ratioOrNull(numerator, denominator);
}
