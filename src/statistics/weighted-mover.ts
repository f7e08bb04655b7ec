import { DEFAULT_LEVEL } from './interval.ts';
import { type BoundedEstimate, moverDifference, moverRatio } from './mover.ts';
import { addCells, type WeightedCell, type WeightedTable } from './weighted-cell.ts';
import { weightedShare } from './weighted-share.ts';
import { kornGraubardInterval } from './weighted-share-interval.ts';

/*
 * Effects of a weighted table with limits that exist for every table, also with no member of the value in the segment, where
 * the delta method has none and a bootstrap gives [0, 0]: the two Korn-Graubard intervals are combined by MOVER.
 */

/**
 * Bounds the weighted risk ratio, share with the value inside the segment over outside. 1 means no disparity.
 *
 * @param level - confidence level, 0.95 by default.
 * @returns `null` when a side holds nobody or both shares are 0.
 * @see REFERENCES.md#donner-zou-2012, REFERENCES.md#korn-graubard-1998
 */
export function weightedRiskRatioLimits(table: WeightedTable, level: number = DEFAULT_LEVEL): BoundedEstimate | null {
  const inside = boundedShare(table.inValue, table.inOther, table, level);
  const outside = boundedShare(table.outValue, table.outOther, table, level);
  return inside && outside && moverRatio(inside, outside);
}

/** Bounds the weighted representation ratio, P(segment | value) / P(segment | not value). As `weightedRiskRatioLimits`. */
export function weightedRepresentationRatioLimits(
  table: WeightedTable,
  level: number = DEFAULT_LEVEL,
): BoundedEstimate | null {
  const withValue = boundedShare(table.inValue, table.outValue, table, level);
  const without = boundedShare(table.inOther, table.outOther, table, level);
  return withValue && without && moverRatio(withValue, without);
}

/**
 * Bounds the difference of weighted shares, inside minus outside the segment. 0 means no disparity.
 *
 * @returns `null` when a side holds nobody.
 * @see REFERENCES.md#zou-donner-2008, REFERENCES.md#korn-graubard-1998
 */
export function weightedRiskDifferenceLimits(
  table: WeightedTable,
  level: number = DEFAULT_LEVEL,
): BoundedEstimate | null {
  const inside = boundedShare(table.inValue, table.inOther, table, level);
  const outside = boundedShare(table.outValue, table.outOther, table, level);
  return inside && outside && moverDifference(inside, outside);
}

function boundedShare(
  counted: WeightedCell,
  rest: WeightedCell,
  table: WeightedTable,
  level: number,
): BoundedEstimate | null {
  const panel = addCells(table.inValue, table.inOther, table.outValue, table.outOther);
  const share = weightedShare(counted, rest, panel.n);
  if (share === null) return null;
  const degreesOfFreedom = panel.n > 1 ? panel.n - 1 : Number.POSITIVE_INFINITY;
  return { estimate: share.estimate, ...kornGraubardInterval(share, { level, degreesOfFreedom }) };
}
