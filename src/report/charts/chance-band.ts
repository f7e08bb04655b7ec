import { lnPmf } from '../../statistics/hypergeometric-tail.ts';

/** A panel in which one trait value is known. */
export interface PanelMargins {
  readonly withValue: number;
  readonly total: number;
}

/**
 * Ratios that 95 of 100 segments of a size would have if membership had nothing to do with the value: 2.5 % and 97.5 % points of the
 * hypergeometric distribution, interpolated between counts (Spiegelhalter 2005, "Funnel plots for comparing institutional performance",
 * Statistics in Medicine 24), as representation ratios.
 *
 * @param members - labelled members of the segment; from 1 to `total`
 */
export function chanceBand(members: number, { withValue, total }: PanelMargins): { lower: number; upper: number } {
  const fixed = {
    drawn: members,
    marked: withValue,
    total,
    least: Math.max(0, members + withValue - total),
    most: Math.min(members, withValue),
    mode: 0,
  };
  const ratioOf = (count: number): number => {
    const others = (members - count) / (total - withValue);
    return others <= 0 ? Number.POSITIVE_INFINITY : count / withValue / others;
  };
  const mean = (members * withValue) / total;
  const spread = Math.sqrt((mean * (1 - withValue / total) * (total - members)) / Math.max(1, total - 1));
  // Nine standard deviations hold all but 1e-18 of it.
  const from = Math.max(fixed.least, Math.floor(mean - 9 * spread - 2));
  const to = Math.min(fixed.most, Math.ceil(mean + 9 * spread + 2));
  const point = (level: number): number => {
    let below = 0;
    for (let count = from; count <= to; count += 1) {
      const probability = Math.exp(lnPmf(count, fixed));
      if (below + probability >= level)
        return Math.max(fixed.least, count - (below + probability - level) / probability);
      below += probability;
    }
    return to;
  };
  return { lower: ratioOf(point(0.025)), upper: ratioOf(point(0.975)) };
}
