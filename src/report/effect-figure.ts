import type { Association, IntervalEstimate } from '../domain/association.ts';
import { cellKey, indexByCell } from '../domain/cell-key.ts';
import type { Finding } from '../domain/finding.ts';
import type { JsonNumber } from '../domain/json.ts';
import type { AuditReport } from '../domain/report.ts';
import type { EffectFigure } from '../domain/waiver.ts';
import { associationFinder } from './all-associations.ts';
import { HIDDEN_ESTIMATE } from './show-estimate.ts';

/** The parts of a report that hold the figures of findings. */
export type Figures = Pick<
  AuditReport,
  'associations' | 'pseudoSegments' | 'probabilities' | 'leakage' | 'compositions'
>;

/**
 * Prepares the look-up of the one figure that says how strong a finding is, as the report shows it: `null` figures where it hides them.
 *
 * @returns a function that gives `undefined` for findings that rest on no figure, such as a name
 */
export function effectFigures(figures: Figures): (finding: Finding) => EffectFigure | undefined {
  const associationOf = associationFinder(figures);
  const probabilities = indexByCell(figures.probabilities);
  const leakage = indexByCell(figures.leakage.map((row) => ({ ...row, segment: '' })));
  const compositions = indexByCell(figures.compositions);
  return (finding) => {
    for (const item of finding.evidence) {
      switch (item.kind) {
        case 'association':
          return ofAssociation(item.direction, associationOf(item.segment, item.trait, item.value));
        case 'probability': {
          const row = probabilities.get(cellKey(item.segment, item.trait, item.value));
          return figure('representation-ratio', item.direction, row?.representationRatio);
        }
        case 'leakage':
          return figure('auc', 'over', leakage.get(cellKey('', item.trait, item.value))?.auc);
        case 'composition': {
          const row = compositions.get(cellKey(finding.segment, item.trait, item.value));
          return figure('representation-ratio', 'over', row?.representationRatio);
        }
        case 'topics':
          return figure('topic-share', 'over', { estimate: item.share, lower: item.share, upper: item.share });
        default:
      }
    }
    return undefined;
  };
}

/** Inside strata where only they show the proxy; of the whole panel otherwise. */
function ofAssociation(direction: 'over' | 'under', row: Association | undefined): EffectFigure {
  return row?.conditional?.relation === 'masked'
    ? figure('representation-ratio-within-strata', direction, row.conditional.representationRatio)
    : figure('representation-ratio', direction, row?.representationRatio);
}

function figure(
  measure: EffectFigure['measure'],
  direction: EffectFigure['direction'],
  { estimate, lower, upper }: IntervalEstimate = HIDDEN_ESTIMATE,
): EffectFigure {
  return { measure, direction, estimate: rounded(estimate), lower: rounded(lower), upper: rounded(upper) };
}

/** To six digits: what a person accepts and what it is compared with later are rounded alike. */
function rounded(value: JsonNumber): JsonNumber {
  return typeof value === 'number' ? Number(value.toPrecision(6)) : value;
}
