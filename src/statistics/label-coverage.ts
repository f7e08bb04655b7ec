import { contingencyTable } from './contingency-table.ts';
import { riskDifference } from './effect-sizes.ts';
import { DEFAULT_LEVEL } from './interval.ts';
import type { BoundedEstimate } from './mover.ts';
import { newcombeInterval } from './newcombe.ts';
import { likelihoodRatioTest } from './pearson-chi-square.ts';

/** Whether members of a segment are labelled as often as others. */
export interface LabelCoverage {
  /** Share of the segment's members who have a label. */
  readonly inside: number;
  /** Share of the other members who have a label. */
  readonly outside: number;
  /** inside - outside, with Newcombe's interval; 0 means that labels are missing alike. */
  readonly difference: BoundedEstimate;
  /** Likelihood-ratio test that both are the same; `null` when all or none are labelled. */
  readonly pValue: number | null;
  readonly lnPValue: number | null;
}

/** Members of a segment and of the rest, all and labelled. */
export interface LabelCounts {
  readonly inLabelled: number;
  readonly inAll: number;
  readonly outLabelled: number;
  readonly outAll: number;
}

/**
 * Compares the share of labelled members inside and outside a segment. Where it differs, labels are not missing at random
 * with respect to the segment, and what the labelled show may not hold for the rest: see `manskiBounds`.
 *
 * @param level - confidence level, 0.95 by default.
 * @returns `null` when a side holds nobody.
 * @see REFERENCES.md#newcombe-1998, REFERENCES.md#wilks-1938
 */
export function compareLabelCoverage(counts: LabelCounts, level: number = DEFAULT_LEVEL): LabelCoverage | null {
  const { inLabelled, inAll, outLabelled, outAll } = counts;
  const table = { a: inLabelled, b: inAll - inLabelled, c: outLabelled, d: outAll - outLabelled };
  const estimate = riskDifference(table);
  const limits = newcombeInterval(table, level);
  if (estimate === null || limits === null) return null;
  const test = likelihoodRatioTest(
    contingencyTable([
      [table.a, table.b],
      [table.c, table.d],
    ]),
  );
  return {
    inside: inLabelled / inAll,
    outside: outLabelled / outAll,
    difference: { estimate, ...limits },
    pValue: test?.pValue ?? null,
    lnPValue: test?.lnPValue ?? null,
  };
}
