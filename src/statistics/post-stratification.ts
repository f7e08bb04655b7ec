import { sum } from './contingency-table.ts';

/** Members of the panel that share one level of every margin (an age band x country cell). */
export interface RakingCell {
  /** Index of the cell's level in each margin, in the order of the margins. */
  readonly levels: readonly number[];
  /** Sum of the members' starting weights (their number, for an unweighted panel). */
  readonly weight: number;
}

/** Options of raking. */
export interface RakingOptions {
  /** Largest factor relative to the mean factor; the excess is spread over the others. No trimming by default. */
  readonly maximumFactor?: number;
  /** Largest relative distance from a target that counts as met. 1e-10 by default. */
  readonly tolerance?: number;
  /** Rounds over all margins; 1,000 by default. */
  readonly maximumRounds?: number;
}

/** Weights that bring a panel to known margins. */
export interface RakingResult {
  /** Per cell, what to multiply its members' starting weights with. */
  readonly factors: readonly number[];
  /** Largest relative distance between a margin and its target at the end. */
  readonly distance: number;
  readonly converged: boolean;
  /** Cells whose factor was cut at the maximum in the end. */
  readonly trimmed: number;
}

/**
 * Rakes a panel to known margins by iterative proportional fitting: each round scales the cells so that one margin after
 * the other agrees, until all do. Members of a cell share their factor, so the cells' totals are all that is needed.
 *
 * With one margin this is post-stratification. With trimming the margins are met only nearly (`converged` is false then).
 *
 * @param cells - panel totals; empty cells may be left out.
 * @param targets - per margin, the population share (or count) of each level; each margin is scaled to the panel's total.
 * @returns `null` when a level with a positive target holds nobody (no weight can mend that), or the panel is empty.
 * @see REFERENCES.md#deming-stephan-1940
 */
export function rake(
  cells: readonly RakingCell[],
  targets: readonly (readonly number[])[],
  options: RakingOptions = {},
): RakingResult | null {
  const { maximumFactor = Number.POSITIVE_INFINITY, tolerance = 1e-10, maximumRounds = 1000 } = options;
  const total = sum(cells.map((cell) => cell.weight));
  if (!(total > 0)) return null;
  const scaled = targets.map((target) => target.map((share) => (share / sum(target)) * total));
  const factors = cells.map(() => 1);
  let distance = Number.POSITIVE_INFINITY;
  for (let round = 0; round < maximumRounds && distance > tolerance; round += 1) {
    const before = [...factors];
    for (const [margin, target] of scaled.entries()) {
      if (!scaleMargin(cells, factors, margin, target)) return null;
    }
    trim(cells, factors, (maximumFactor * total) / sum(cells.map((cell) => cell.weight)));
    distance = largestDistance(cells, factors, scaled);
    const isStuck = factors.every((factor, index) => Math.abs(factor - (before[index] ?? 0)) <= 1e-15 * factor);
    if (isStuck) break;
  }
  const trimmed = factors.filter((factor) => factor >= maximumFactor * (1 - 1e-12)).length;
  return { factors, distance, converged: distance <= tolerance, trimmed };
}

/** Scales every cell so that one margin meets its target; false when a wanted level is empty. */
function scaleMargin(
  cells: readonly RakingCell[],
  factors: number[],
  margin: number,
  target: readonly number[],
): boolean {
  const current = marginTotals(cells, factors, margin, target.length);
  if (target.some((wanted, level) => wanted > 0 && !((current[level] ?? 0) > 0))) return false;
  cells.forEach((cell, index) => {
    const level = cell.levels[margin] ?? 0;
    const now = current[level] ?? 0;
    if (now > 0) factors[index] = ((factors[index] ?? 0) * (target[level] ?? 0)) / now;
  });
  return true;
}

function trim(cells: readonly RakingCell[], factors: number[], maximum: number): void {
  if (!Number.isFinite(maximum)) return;
  cells.forEach((_, index) => {
    factors[index] = Math.min(maximum, factors[index] ?? 0);
  });
}

function largestDistance(
  cells: readonly RakingCell[],
  factors: readonly number[],
  targets: readonly (readonly number[])[],
): number {
  let largest = 0;
  targets.forEach((target, margin) => {
    const current = marginTotals(cells, factors, margin, target.length);
    target.forEach((wanted, level) => {
      const off = Math.abs((current[level] ?? 0) - wanted);
      if (off > 0) largest = Math.max(largest, wanted > 0 ? off / wanted : Number.POSITIVE_INFINITY);
    });
  });
  return largest;
}

function marginTotals(
  cells: readonly RakingCell[],
  factors: readonly number[],
  margin: number,
  levels: number,
): number[] {
  const totals = new Array<number>(levels).fill(0);
  cells.forEach((cell, index) => {
    const level = cell.levels[margin] ?? 0;
    totals[level] = (totals[level] ?? 0) + cell.weight * (factors[index] ?? 0);
  });
  return totals;
}
