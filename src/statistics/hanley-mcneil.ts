import type { AucEstimate } from './auc.ts';
import { normalAucInterval } from './delong.ts';
import { DEFAULT_LEVEL } from './interval.ts';

/**
 * Puts an interval on an area under the ROC curve that is known only by its value and the two group sizes, with the
 * exponential-score approximation Q1 = A / (2 - A), Q2 = 2 A^2 / (1 + A). For where no histogram is at hand.
 *
 * @param area - in [0, 1].
 * @param positives - members with the trait value.
 * @param negatives - members without it.
 * @param level - confidence level, 0.95 by default.
 * @returns `null` when either group is empty.
 * @see REFERENCES.md#hanley-mcneil-1982
 */
export function hanleyMcNeil(
  area: number,
  positives: number,
  negatives: number,
  level: number = DEFAULT_LEVEL,
): AucEstimate | null {
  if (positives < 1 || negatives < 1) return null;
  const bothPositivesAbove = area / (2 - area);
  const bothNegativesBelow = (2 * area * area) / (1 + area);
  const square = area * area;
  const variance =
    (area * (1 - area) +
      (positives - 1) * (bothPositivesAbove - square) +
      (negatives - 1) * (bothNegativesBelow - square)) /
    positives /
    negatives;
  return normalAucInterval(area, Math.max(0, variance), level);
}
