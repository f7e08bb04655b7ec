import type { Association, IntervalEstimate } from '../domain/association.ts';
import { cellKey } from '../domain/cell-key.ts';
import type { Composition } from '../domain/composition.ts';
import { toJsonNumber } from '../domain/json.ts';
import { compositionId, type MeasuredComposition } from '../evidence/compositions.ts';
import type { EffectEstimate } from '../statistics/effect-estimate.ts';
import { HIDDEN_ESTIMATE, showEstimate } from './show-estimate.ts';
import { isSmallCell } from './small-cells.ts';

/** What decides what may be shown, and how segments are called. */
export interface ShowCompositionsOptions {
  readonly minCell: number;
  readonly associations: readonly Association[];
  readonly nameOf: (segment: string) => string;
}

/**
 * Brings compositions into the form of results JSON. A row is hidden when any of the eight groups that two segments and a value make is
 * small, since the others could be subtracted from the segments' own counts, or when a segment's own table is hidden.
 */
export function showCompositions(
  measured: readonly MeasuredComposition[],
  { minCell, associations, nameOf }: ShowCompositionsOptions,
): readonly Composition[] {
  if (measured.length === 0) return [];
  const hidden = new Set(
    associations.filter((row) => row.suppressed).map((row) => cellKey(row.segment, row.trait, row.value)),
  );
  return measured.map((row) => {
    const { kind, first, second, trait, value, tables } = row;
    const { insideFirst, outsideFirst, whole } = tables;
    const counts = [...Object.values(insideFirst), ...Object.values(outsideFirst)];
    const suppressed =
      counts.some((count) => isSmallCell(count, minCell)) ||
      [first, second].some((segment) => hidden.has(cellKey(segment, trait, value)));
    const shown = (estimate: EffectEstimate): IntervalEstimate =>
      suppressed ? HIDDEN_ESTIMATE : showEstimate(estimate);
    const { ratio, lower, upper } = row.synergy;
    return {
      segment: compositionId(row),
      name: `"${nameOf(first)}" and ${kind === 'and' ? '' : 'not '}"${nameOf(second)}"`,
      kind,
      first,
      second,
      trait,
      value,
      members: suppressed ? null : whole.a + whole.b,
      shareInside: shown(row.shareInside),
      largerShare: suppressed ? null : row.largerShare,
      representationRatio: shown(row.representationRatio),
      riskDifference: shown(row.riskDifference),
      beyondLarger: shown(row.beyondLarger),
      synergy: shown({ estimate: ratio, lower, upper }),
      lnPValue: suppressed ? null : toJsonNumber(row.lnPValue),
      qValue: suppressed ? null : Math.exp(row.lnQValue),
      suppressed,
    };
  });
}
