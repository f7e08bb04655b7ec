import type { Association, IntervalEstimate } from '../domain/association.ts';
import { cellKey } from '../domain/cell-key.ts';
import { type Leakage, type PrecisionAtTop, WHOLE_EXPORT } from '../domain/leakage.ts';
import type { AuditedSegment } from '../evidence/audited-segment.ts';
import type { MeasuredLeakage } from '../evidence/leakage.ts';
import { parentsOf } from '../evidence/parents.ts';
import { HIDDEN_ESTIMATE } from './show-estimate.ts';
import { isSmallCell } from './small-cells.ts';

/** What decides what may be shown. */
export interface ShowLeakageOptions {
  readonly minCell: number;
  readonly associations: readonly Association[];
  readonly segments: readonly AuditedSegment[];
}

/**
 * Brings leakage into the form of results JSON. A value that few labelled members have, or have not, shows nothing. Figures about the few
 * with the highest scores are hidden when they are too few, and figures of a segment whose own table is hidden as well. All are rounded, so
 * that two of them do not tell about the single users between them.
 */
export function showLeakage(measured: readonly MeasuredLeakage[], options: ShowLeakageOptions): readonly Leakage[] {
  if (measured.length === 0) return [];
  const hidden = new Set(
    options.associations.filter((row) => row.suppressed).map((row) => cellKey(row.segment, row.trait, row.value)),
  );
  const parents = parentsOf(options.segments);
  return measured.map((row) => {
    const isHidden = (segment: string): boolean => hidden.has(cellKey(segment, row.trait, row.value));
    return showOne(row, options.minCell, { isHidden, parentOf: (segment) => parents.get(segment) ?? null });
  });
}

interface SegmentFacts {
  readonly isHidden: (segment: string) => boolean;
  readonly parentOf: (segment: string) => string | null;
}

function showOne(row: MeasuredLeakage, minCell: number, { isHidden, parentOf }: SegmentFacts): Leakage {
  const { positives, negatives, removal, bound = null } = row;
  const suppressed = isSmallCell(positives, minCell) || isSmallCell(negatives, minCell);
  const shown = <T>(value: T): T | null => (suppressed ? null : value);
  const lastAuc = removal.at(-1)?.auc.estimate;
  const lastCoarsened = removal.at(-1)?.coarsened?.estimate;
  return {
    ...WHOLE_EXPORT,
    trait: row.trait,
    value: row.value,
    twin: row.twin ?? null,
    members: { withValue: shown(positives), without: shown(negatives) },
    auc: suppressed ? HIDDEN_ESTIMATE : roundedInterval(row.auc),
    aucByChance: {
      mean: shown(rounded(row.aucByChance.mean)),
      // The analytic limit follows from the two counts.
      upper: shown(rounded(row.aucByChance.upper)),
      method: row.aucByChance.method,
    },
    precisionAtTop: suppressed ? [] : row.top.map((top) => showTop(top, positives, minCell)),
    calibration: {
      expectedError: shown(rounded(row.calibration.expectedError)),
      groups: suppressed ? [] : showGroups(row.calibration.groups, minCell),
    },
    brier: shown(rounded(row.brier)),
    bayesVulnerability: {
      prior: shown(rounded(row.bayesVulnerability.prior)),
      posterior: shown(rounded(row.bayesVulnerability.posterior)),
    },
    drivers: row.drivers.map(({ segment, share }) => ({
      segment,
      share: suppressed || isHidden(segment) ? null : rounded(share),
    })),
    residual:
      row.residual === undefined
        ? null
        : {
            segmentsDropped: row.residual.dropped,
            auc: suppressed ? HIDDEN_ESTIMATE : roundedInterval(row.residual.auc),
          },
    bound,
    removal: removal.map(({ segment, auc, coarsened }) => ({
      segment,
      parent: parentOf(segment),
      auc: suppressed || isHidden(segment) ? HIDDEN_ESTIMATE : roundedInterval(auc),
      coarsenedAuc:
        coarsened === undefined ? null : suppressed || isHidden(segment) ? HIDDEN_ESTIMATE : roundedInterval(coarsened),
    })),
    coarseningSuffices: lastCoarsened === undefined || bound === null ? null : lastCoarsened < bound,
    removalSuffices: lastAuc === undefined || bound === null ? null : lastAuc < bound,
    suppressed,
  };
}

function showTop(top: MeasuredLeakage['top'][number], positives: number, minCell: number): PrecisionAtTop {
  const caught = top.precision * top.taken;
  const counts = [top.taken, caught, top.taken - caught, positives - caught];
  // Whole people and shares of one that a tie leaves over; both round to a small count when there are few.
  const isSmall = counts.some((count) => isSmallCell(Math.round(count), minCell));
  return {
    share: top.share,
    precision: isSmall ? null : rounded(top.precision),
    recall: isSmall ? null : rounded(top.recall),
    lift: isSmall ? null : rounded(top.lift),
  };
}

function showGroups(
  groups: MeasuredLeakage['calibration']['groups'],
  minCell: number,
): Leakage['calibration']['groups'] {
  return groups
    .filter(({ members, observed }) => {
      const withValue = Math.round(members * observed);
      return ![members, withValue, members - withValue].some((count) => isSmallCell(count, minCell));
    })
    .map(({ predicted, observed }) => ({ predicted: rounded(predicted), observed: rounded(observed) }));
}

function roundedInterval({ estimate, lower, upper }: MeasuredLeakage['auc']): IntervalEstimate {
  return { estimate: rounded(estimate), lower: rounded(lower), upper: rounded(upper) };
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
