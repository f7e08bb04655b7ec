import { kishEffectiveSize } from './kish.ts';
import { addCells, type WeightedCell } from './weighted-cell.ts';

/** A weighted share with what its intervals and tests need. */
export interface WeightedShare {
  readonly estimate: number;
  /** Linearised (design-based) variance; 0 when all or none have the value. */
  readonly variance: number;
  readonly standardError: number;
  /** Members behind it. */
  readonly n: number;
  /** Kish's effective number of them. */
  readonly effectiveSize: number;
}

/**
 * Estimates the share of a domain's members who have the value: sum of their weights over the domain's weight, with the
 * linearised variance of a ratio, n/(n-1) x sum of w^2 (y - p)^2 / (sum w)^2, that `svymean` of a subset of
 * `svydesign(ids = ~1, weights)` gives. Scaling all weights changes nothing.
 *
 * @param withValue - the domain's members with the value.
 * @param without - the domain's other members.
 * @param panelSize - all members of the sample, inside the domain or not (the n of n/(n-1)); the domain's by default.
 * @returns `null` for a domain without weight.
 * @see REFERENCES.md#binder-1983, REFERENCES.md#lumley-2004
 */
export function weightedShare(
  withValue: WeightedCell,
  without: WeightedCell,
  panelSize: number = withValue.n + without.n,
): WeightedShare | null {
  const domain = addCells(withValue, without);
  if (!(domain.weight > 0)) return null;
  const estimate = withValue.weight / domain.weight;
  const other = without.weight / domain.weight;
  const squares = withValue.squaredWeight * other * other + without.squaredWeight * estimate * estimate;
  const finite = panelSize > 1 ? panelSize / (panelSize - 1) : 1;
  const variance = (finite * squares) / (domain.weight * domain.weight);
  return {
    estimate,
    variance,
    standardError: Math.sqrt(variance),
    n: domain.n,
    effectiveSize: kishEffectiveSize(domain),
  };
}
