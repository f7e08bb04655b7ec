import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import { riskRatioScoreInterval } from './miettinen-nurminen-ratio.ts';
import { margins, type TwoByTwo } from './two-by-two.ts';

/**
 * Computes a score interval of lift: the score limits of the risk ratio put through lift = rr / (1 + (n1 / N) (rr - 1)), which rises with rr.
 * The segment's share n1 / N of the users is taken as given. Fractions allowed.
 *
 * @returns limits in [0, N / n1]; `null` with an empty row or when nobody has the value.
 * @see REFERENCES.md#miettinen-nurminen-1985
 */
export function liftScoreInterval(table: TwoByTwo, level: number = DEFAULT_LEVEL): Interval | null {
  const interval = riskRatioScoreInterval(table, level);
  if (interval === null) return null;
  const { inside, outside, total } = margins(table);
  // The same with both sides divided by rr, so that an infinite ratio gives the largest lift there is.
  const liftOf = (ratio: number): number => (ratio === 0 ? 0 : total / (outside / ratio + inside));
  return { lower: liftOf(interval.lower), upper: liftOf(interval.upper) };
}
