import { TIE_TOLERANCE } from './fisher-exact.ts';
import { type FixedMargins, firstAtMost, fixedMargins, lnPmf, outwardSum } from './hypergeometric-tail.ts';
import type { TwoByTwo } from './two-by-two.ts';

/**
 * Computes ln of the two-sided mid-p by likelihood order: the probability of the less probable tables with the same margins, plus half that
 * of the equally probable ones (this one included). Less conservative than Fisher's test, and the one to decide by.
 *
 * @returns a value <= 0; ln(1/2) with an empty margin, where only one table is possible.
 * @see REFERENCES.md#lancaster-1961
 */
export function lnMidP(table: TwoByTwo): number {
  const fixed = fixedMargins(table);
  const lnObserved = lnPmf(table.a, fixed);
  const lnLimit = lnObserved + TIE_TOLERANCE;
  if (lnPmf(fixed.mode, fixed) <= lnLimit) return Math.log1p(-0.5 * tiedWithMode(table.a, fixed, lnObserved));
  let sum = 0;
  for (const side of [1, -1] as const) {
    const start = firstAtMost(lnLimit, side, fixed);
    if (start === null) continue;
    const ratio = Math.exp(lnPmf(start, fixed) - lnObserved);
    const outward = outwardSum(start, side, fixed, (1 - TIE_TOLERANCE) / ratio);
    sum += ratio * (outward.sum - 0.5 * outward.tied);
  }
  return Math.min(0, lnObserved + Math.log(sum));
}

/** Probability of all tables as probable as this one, when this one is a most probable table. */
function tiedWithMode(a: number, fixed: FixedMargins, lnObserved: number): number {
  const ties = 1 - TIE_TOLERANCE;
  const up = outwardSum(a, 1, fixed, ties).tied;
  const down = outwardSum(a, -1, fixed, ties).tied;
  return Math.min(1, Math.exp(lnObserved) * (up + down - 1));
}

/** Computes the two-sided mid-p by likelihood order, in [0, 1]; see {@link lnMidP}. */
export function midP(table: TwoByTwo): number {
  return Math.exp(lnMidP(table));
}

/**
 * Computes ln of the doubled mid-p: twice the smaller of P(A > a) + P(A = a) / 2 and P(A < a) + P(A = a) / 2, at most 1.
 *
 * @returns a value <= 0; 0 with an empty margin.
 * @see REFERENCES.md#lancaster-1961
 */
export function lnDoubledMidP(table: TwoByTwo): number {
  const fixed = fixedMargins(table);
  const lnObserved = lnPmf(table.a, fixed);
  const outward = outwardSum(table.a, table.a >= fixed.mode ? 1 : -1, fixed, 2).sum;
  const lnSmaller = lnObserved + Math.log(outward - 0.5);
  // Both one-sided mid-p add up to 1, and next to the mode the outward one may be the larger.
  const lnOneSided = lnSmaller > -Math.LN2 ? Math.log1p(-Math.exp(Math.min(0, lnSmaller))) : lnSmaller;
  return Math.min(0, Math.LN2 + lnOneSided);
}

/** Computes the doubled mid-p, in [0, 1]; see {@link lnDoubledMidP}. */
export function doubledMidP(table: TwoByTwo): number {
  return Math.exp(lnDoubledMidP(table));
}
