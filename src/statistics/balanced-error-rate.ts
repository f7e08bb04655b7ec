import { DEFAULT_LEVEL } from './interval.ts';
import type { BoundedEstimate } from './mover.ts';
import { newcombeInterval } from './newcombe.ts';
import type { TwoByTwo } from './two-by-two.ts';

/**
 * Computes the balanced error rate of guessing the trait value from membership (or from a score above a cut): the mean of
 * the share of members with the value who are missed and of those without who are named. 0.5 means that the guess tells
 * nothing, 0 that it is always right; above 0.5 the opposite guess is better.
 *
 * It is (1 - [P(in | value) - P(in | not value)]) / 2, so its interval is Newcombe's for that difference.
 *
 * @param table - a: guessed and has it, b: guessed and has not, c: missed, d: rightly left out.
 * @returns `null` when nobody has the value or everybody has.
 * @see REFERENCES.md#feldman-2015, REFERENCES.md#newcombe-1998
 */
export function balancedErrorRate(table: TwoByTwo, level: number = DEFAULT_LEVEL): BoundedEstimate | null {
  const { a, b, c, d } = table;
  const limits = newcombeInterval({ a, b: c, c: b, d }, level);
  if (limits === null) return null;
  return {
    estimate: (c / (a + c) + b / (b + d)) / 2,
    lower: (1 - limits.upper) / 2,
    upper: (1 - limits.lower) / 2,
  };
}
