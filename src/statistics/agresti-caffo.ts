import { riskDifference } from './effect-sizes.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import { margins, type TwoByTwo } from './two-by-two.ts';
import { waldDifferenceInterval } from './wald.ts';

/**
 * Computes Agresti and Caffo's interval of the risk difference: Wald's after adding one user with and one without the value to each row.
 * Not cut off at -1 and 1; fractions allowed.
 *
 * @returns `null` when the segment or its outside is empty.
 * @see REFERENCES.md#agresti-caffo-2000
 */
export function agrestiCaffoInterval(table: TwoByTwo, level: number = DEFAULT_LEVEL): Interval | null {
  const { inside, outside } = margins(table);
  if (inside === 0 || outside === 0 || riskDifference(table) === null) return null;
  return waldDifferenceInterval({ a: table.a + 1, b: table.b + 1, c: table.c + 1, d: table.d + 1 }, level);
}
