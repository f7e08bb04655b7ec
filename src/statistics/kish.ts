import type { WeightedCell } from './weighted-cell.ts';

/**
 * Computes the effective sample size of weighted members, (sum w)^2 / sum w^2: how many members of equal weight would
 * give a mean of the same variance, if weights are unrelated to the trait. In [1, n].
 *
 * @returns 0 for no members.
 * @see REFERENCES.md#kish-1965
 */
export function kishEffectiveSize(cell: WeightedCell): number {
  return cell.squaredWeight > 0 ? (cell.weight * cell.weight) / cell.squaredWeight : 0;
}

/**
 * Computes the design effect of unequal weights, n / effective size: by how much they inflate a variance. At least 1.
 *
 * @returns `null` for no members.
 * @see REFERENCES.md#kish-1965
 */
export function kishDesignEffect(cell: WeightedCell): number | null {
  const effective = kishEffectiveSize(cell);
  return effective > 0 ? cell.n / effective : null;
}
