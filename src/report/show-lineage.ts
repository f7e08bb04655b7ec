import type { LineageRecord } from '../domain/lineage.ts';
import type { SegmentSize } from '../engine/count-source.ts';
import type { MeasuredLineage } from '../evidence/lineage.ts';
import { hiddenSizes, isSmallCell } from './small-cells.ts';

/** What `showLineage` needs besides the rows. */
export interface LineageOptions {
  readonly minCell: number;
  readonly namesBefore: ReadonlyMap<string, string>;
  readonly namesAfter: ReadonlyMap<string, string>;
  /** Later segments whose size is hidden in this report. */
  readonly hiddenAfter: ReadonlySet<string>;
}

/** Figures of a pair that is hidden, or of a segment without a counterpart. */
const NO_FIGURES = {
  sizeBefore: null,
  sizeAfter: null,
  overlap: null,
  expectedOverlap: null,
  jaccard: null,
  shareOfBefore: null,
  shareOfAfter: null,
  surplus: null,
  z: null,
} as const;

/**
 * Hides what is too small to show. A pair is hidden whole when one of its four groups is small (common users, those only before, those only
 * after, those in neither), since any two of its figures give the other ones.
 */
export function showLineage(rows: readonly MeasuredLineage[], options: LineageOptions): readonly LineageRecord[] {
  const sizes = earlierSizes(rows);
  const hiddenBefore = hiddenSizes(new Map(sizes.map(({ segment, members }) => [segment, members])), options.minCell);
  return rows.map((row) => {
    const { kind, by, before, after } = row;
    const named = {
      kind,
      by,
      before,
      nameBefore: before === null ? null : (options.namesBefore.get(before) ?? null),
      after,
      nameAfter: after === null ? null : (options.namesAfter.get(after) ?? null),
    };
    const isHiddenSegment =
      (before !== null && hiddenBefore.has(before)) || (after !== null && options.hiddenAfter.has(after));
    if (isHiddenSegment) return { ...named, ...NO_FIGURES, atLeast: null, suppressed: true };
    if (!hasSmallGroup(row, options.minCell)) {
      const { sizeBefore, sizeAfter, overlap, expectedOverlap, jaccard, shareOfBefore, shareOfAfter, surplus } = row;
      const z = row.z === null || !Number.isFinite(row.z) ? null : row.z;
      return {
        ...named,
        sizeBefore,
        sizeAfter,
        overlap,
        expectedOverlap,
        jaccard,
        shareOfBefore,
        shareOfAfter,
        surplus,
        z,
        atLeast: null,
        suppressed: false,
      };
    }
    return { ...named, ...NO_FIGURES, atLeast: bound(row, options.minCell), suppressed: true };
  });
}

function earlierSizes(rows: readonly MeasuredLineage[]): readonly SegmentSize[] {
  return rows.flatMap(({ before, sizeBefore }) =>
    before === null || sizeBefore === null ? [] : [{ segment: before, members: sizeBefore }],
  );
}

function hasSmallGroup({ overlap, sizeBefore, sizeAfter, users }: MeasuredLineage, minCell: number): boolean {
  if (overlap === null) return [sizeBefore, sizeAfter].some((size) => size !== null && isSmallCell(size, minCell));
  const [before, after] = [sizeBefore ?? 0, sizeAfter ?? 0];
  const groups = [overlap, before - overlap, after - overlap, users - before - after + overlap];
  return groups.some((group) => isSmallCell(group, minCell));
}

const STEPS = [0.05, 0.1, 0.25, 0.5] as const;

/**
 * A bound that leaves room for at least as many people as the limit: the share of one segment that lies in the other, rounded down to a step
 * that is worth that many. Only one of the two shares gets one, as two together could narrow the count down.
 */
function bound(row: MeasuredLineage, minCell: number): LineageRecord['atLeast'] {
  const { overlap, sizeBefore, sizeAfter, shareOfBefore, shareOfAfter } = row;
  if (overlap === null || isSmallCell(overlap, minCell)) return null;
  const of = (shareOfBefore ?? 0) >= 0.5 || (shareOfBefore ?? 0) >= (shareOfAfter ?? 0) ? 'before' : 'after';
  const size = (of === 'before' ? sizeBefore : sizeAfter) ?? 0;
  const share = (of === 'before' ? shareOfBefore : shareOfAfter) ?? 0;
  const step = STEPS.find((one) => one * size >= minCell);
  if (step === undefined) return null;
  // All of a segment is in the last step too: "at least 95 %" must not turn into "100 %".
  const steps = Math.min(Math.floor(share / step + 1e-9), Math.round(1 / step) - 1);
  return steps === 0 ? null : { of, share: Number((steps * step).toFixed(2)) };
}
