import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import { newcombeInterval } from './newcombe.ts';
import { margins, type TwoByTwo } from './two-by-two.ts';

/**
 * Computes an interval of the gap, the share in the segment minus the share of all users: Newcombe's limits of the risk difference times
 * the share of users outside, since gap = (n0 / N) (p1 - p0). The segment's size is taken as given. Fractions allowed.
 *
 * @returns limits in [-1, 1]; `null` when the segment or its outside is empty.
 * @see REFERENCES.md#newcombe-1998
 */
export function gapInterval(table: TwoByTwo, level: number = DEFAULT_LEVEL): Interval | null {
  const interval = newcombeInterval(table, level);
  if (interval === null) return null;
  const { outside, total } = margins(table);
  return { lower: interval.lower * (outside / total), upper: interval.upper * (outside / total) };
}
