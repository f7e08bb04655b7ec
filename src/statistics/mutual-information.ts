import { gStatistic } from './g-test.ts';
import { margins, type TwoByTwo } from './two-by-two.ts';

/**
 * Computes the mutual information of membership and value in nats, in [0, ln 2]: G / (2 N). 0 means no association.
 * 0 with an empty margin (a constant tells nothing), `null` for an empty table. Fractions allowed.
 *
 * @see REFERENCES.md#cover-thomas-2006
 */
export function mutualInformation(table: TwoByTwo): number | null {
  const { total } = margins(table);
  if (total === 0) return null;
  return (gStatistic(table) ?? 0) / (2 * total);
}

/**
 * Computes the mutual information divided by the arithmetic mean of both entropies, in [0, 1].
 * Other normalisers give other numbers, so the name of this one belongs beside the number.
 *
 * @returns `null` with an empty margin, where membership or value is constant.
 * @see REFERENCES.md#cover-thomas-2006
 */
export function normalizedMutualInformation(table: TwoByTwo): number | null {
  const information = mutualInformation(table);
  const { inside, outside, withValue, withoutValue, total } = margins(table);
  if (information === null || inside === 0 || outside === 0 || withValue === 0 || withoutValue === 0) return null;
  return (2 * information) / (binaryEntropy(inside, outside, total) + binaryEntropy(withValue, withoutValue, total));
}

function binaryEntropy(x: number, y: number, total: number): number {
  return -((x / total) * logOfShare(x, y, total) + (y / total) * logOfShare(y, x, total));
}

/** ln(x / total), exact also when x is nearly the total. */
function logOfShare(x: number, rest: number, total: number): number {
  return x > rest ? Math.log1p(-rest / total) : Math.log(x / total);
}
