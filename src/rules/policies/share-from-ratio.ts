/**
 * Share of a segment's members that have a value, from the representation ratio and the value's share of the panel. The ratio is the odds
 * of the value in the segment over its odds in the panel (Speicher et al. 2018), so p1 = r p / (1 - p + r p).
 *
 * @param ratio - in [0, ∞]
 * @param prevalence - in [0, 1]
 * @returns share in [0, 1]
 */
export function shareFromRatio(ratio: number, prevalence: number): number {
  return Number.isFinite(ratio) ? (ratio * prevalence) / (1 - prevalence + ratio * prevalence) : 1;
}

/** The inverse: the ratio that gives a share; Infinity for a share of 1. */
export function ratioFromShare(share: number, prevalence: number): number {
  return share >= 1 ? Number.POSITIVE_INFINITY : (share * (1 - prevalence)) / ((1 - share) * prevalence);
}
