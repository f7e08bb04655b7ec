import { sumOverCells } from './cell-pairs.ts';
import type { ContingencyTable } from './contingency-table.ts';
import { entropy } from './entropy.ts';
import { deviance } from './saddle-point.ts';

/** Mutual information of rows and columns, and the ways to put it on [0, 1]; information in nats. */
export interface TableInformation {
  readonly mutualInformation: number;
  readonly rowEntropy: number;
  readonly columnEntropy: number;
  /** Divided by the mean of both entropies. */
  readonly normalizedByArithmeticMean: number | null;
  /** Divided by the geometric mean of both entropies. */
  readonly normalizedByGeometricMean: number | null;
  /** Divided by the smaller entropy. */
  readonly normalizedByMinimum: number | null;
  /** Divided by the larger entropy. */
  readonly normalizedByMaximum: number | null;
  /** Theil's U: the share of the column variable's entropy that the row explains. */
  readonly uncertaintyCoefficient: number | null;
}

/**
 * Computes how much knowing the row tells about the column (and the other way round), with each normaliser named,
 * since "normalised mutual information" alone says nothing: the four differ by a factor of two and more.
 *
 * 0 means independence. The plug-in estimate is biased upwards by about (k - 1)(m - 1) / (2 N) nats, see
 * `expectedMutualInformation`. Divide by `Math.LN2` for bits.
 *
 * @returns ratios are `null` where the entropy they divide by is 0 (one row or one column left).
 * @see REFERENCES.md#strehl-ghosh-2002, REFERENCES.md#theil-1970
 */
export function tableInformation(table: ContingencyTable): TableInformation {
  const rowEntropy = entropy(table.rowTotals);
  const columnEntropy = entropy(table.columnTotals);
  const mutualInformation = table.total > 0 ? sumOverCells(table, deviance) / table.total : 0;
  const share = (scale: number): number | null => (scale > 0 ? Math.min(1, mutualInformation / scale) : null);
  return {
    mutualInformation,
    rowEntropy,
    columnEntropy,
    normalizedByArithmeticMean: share((rowEntropy + columnEntropy) / 2),
    normalizedByGeometricMean: share(Math.sqrt(rowEntropy * columnEntropy)),
    normalizedByMinimum: share(Math.min(rowEntropy, columnEntropy)),
    normalizedByMaximum: share(Math.max(rowEntropy, columnEntropy)),
    uncertaintyCoefficient: share(columnEntropy),
  };
}
