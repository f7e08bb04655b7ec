import type { Association, IntervalEstimate } from '../../domain/association.ts';
import type { AuditReport } from '../../domain/report.ts';
import { type CsvValue, csvTable } from '../../wording/csv-cell.ts';
import { printable } from '../../wording/terminal-text.ts';
import { segmentNames } from '../finding-subject.ts';
import type { Format } from '../format.ts';
import { HIDDEN_ESTIMATE } from '../show-estimate.ts';

const interval = (column: string): readonly string[] => [column, `${column}_lower`, `${column}_upper`];

const HEADER = [
  'segment',
  'segment_name',
  'kind',
  'trait',
  'value',
  'verdict',
  'suppressed',
  'in_value',
  'in_other',
  'out_value',
  'out_other',
  ...interval('share_inside'),
  ...interval('share_outside'),
  ...interval('representation_ratio'),
  ...interval('risk_difference'),
  ...interval('odds_ratio'),
  'lift',
  'phi',
  'test',
  'p_value',
  'ln_p_value',
  'q_value',
  'minimum_detectable_ratio',
  'members_needed',
  'effective_size',
  'strata',
  ...interval('conditional_ratio'),
  'conditional_q_value',
  'conditional_verdict',
  'conditional_relation',
];

/**
 * Associations as a CSV table: one line a segment and trait value, and then the groups that no segment names, with their kind. Cells are
 * empty where a figure is undefined or hidden; `suppressed` says which. `Infinity` is written so.
 */
export const csvAssociationsFormat: Format = (report) => csvTable(HEADER, rowsOf(report));

function* rowsOf(report: AuditReport): Generator<readonly CsvValue[]> {
  const nameOf = segmentNames(report);
  for (const row of report.associations) yield cellsOf(row, 'segment', nameOf(row.segment));
  for (const { associations, kind, name } of report.pseudoSegments) {
    for (const row of associations) yield cellsOf(row, kind, name);
  }
}

function cellsOf(row: Association, kind: string, name: string | null): readonly CsvValue[] {
  const { counts, conditional } = row;
  const shown = <T>(figure: T): T | null => (row.suppressed ? null : figure);
  return [
    row.segment,
    name === null ? null : printable(name),
    kind,
    row.trait,
    row.value,
    row.verdict,
    row.suppressed,
    counts.inValue,
    counts.inOther,
    counts.outValue,
    counts.outOther,
    ...limits(row.shareInside),
    ...limits(row.shareOutside),
    ...limits(row.representationRatio),
    ...limits(row.riskDifference),
    ...limits(row.oddsRatio),
    row.lift,
    row.phi,
    row.test,
    row.pValue,
    row.lnPValue,
    row.qValue,
    row.minimumDetectableRatio,
    shown(row.membersNeeded),
    row.effectiveSize,
    conditional?.strata.join(' '),
    ...limits(conditional?.representationRatio ?? HIDDEN_ESTIMATE),
    conditional?.qValue,
    conditional?.verdict,
    conditional?.relation,
  ];
}

function limits({ estimate, lower, upper }: IntervalEstimate): readonly CsvValue[] {
  return [estimate, lower, upper];
}
