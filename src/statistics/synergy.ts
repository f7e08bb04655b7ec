import { lnNormalSf } from './distributions.ts';
import { Z_95 } from './interval.ts';
import type { TwoByTwo } from './two-by-two.ts';
import { woolfStandardError } from './woolf.ts';

/** How much more a value goes with one segment inside another than outside it. */
export interface Synergy {
  /** Odds ratio inside over odds ratio outside; 1 means that the two segments together tell what each tells, multiplied. */
  readonly ratio: number;
  readonly lower: number;
  readonly upper: number;
  /** One-sided: ln P of a ratio this large when there is none above 1. */
  readonly lnPValue: number;
}

/**
 * Compares the odds ratio of a segment and a value inside another segment with that outside it: the three-way term of a log-linear model,
 * by Woolf's test of homogeneity of two tables, one half added to each cell.
 *
 * If the two segments are independent given the value, or one tells nothing that the other does not, the ratio is 1.
 *
 * @see REFERENCES.md#woolf-1955
 * @see REFERENCES.md#gart-1966
 */
export function synergy(inside: TwoByTwo, outside: TwoByTwo): Synergy {
  const [x, y] = [plusHalf(inside), plusHalf(outside)];
  const lnRatio = lnOddsRatio(x) - lnOddsRatio(y);
  const error = Math.hypot(woolfStandardError(x), woolfStandardError(y));
  return {
    ratio: Math.exp(lnRatio),
    lower: Math.exp(lnRatio - Z_95 * error),
    upper: Math.exp(lnRatio + Z_95 * error),
    lnPValue: lnNormalSf(lnRatio / error),
  };
}

function plusHalf({ a, b, c, d }: TwoByTwo): TwoByTwo {
  return { a: a + 0.5, b: b + 0.5, c: c + 0.5, d: d + 0.5 };
}

function lnOddsRatio({ a, b, c, d }: TwoByTwo): number {
  return Math.log(a) + Math.log(d) - Math.log(b) - Math.log(c);
}
