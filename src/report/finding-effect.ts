import type { Association, IntervalEstimate } from '../domain/association.ts';
import { cellKey, indexByCell } from '../domain/cell-key.ts';
import type { Finding } from '../domain/finding.ts';
import type { JsonNumber } from '../domain/json.ts';
import type { ProbabilisticAssociation } from '../domain/probability.ts';
import type { AuditReport } from '../domain/report.ts';
import { associationFinder } from './all-associations.ts';

/** The measured effect that a finding rests on. Every figure is `null` when `suppressed`. */
export interface FindingEffect {
  /** Which way the segment departs from the rest of the panel. */
  readonly direction: 'over' | 'under';
  /** Panel members of the segment whose value is known. */
  readonly members: number | null;
  /** Share of the value in and outside the segment; `null` for traits known as probabilities. */
  readonly shareInside: JsonNumber;
  readonly shareOutside: JsonNumber;
  readonly representationRatio: IntervalEstimate;
  readonly qValue: number | null;
  readonly suppressed: boolean;
}

/**
 * Prepares the look-up of the effects that findings point at.
 *
 * @returns a function that gives the effect of a finding, `null` for findings of words and topics
 */
export function effectsOf(report: AuditReport): (finding: Finding) => FindingEffect | null {
  const associationOf = associationFinder(report);
  const probabilities = indexByCell(report.probabilities);
  return ({ evidence }) => {
    for (const item of evidence) {
      if (item.kind !== 'association' && item.kind !== 'probability') continue;
      const { segment, trait, value } = item;
      const row =
        item.kind === 'association'
          ? associationOf(segment, trait, value)
          : probabilities.get(cellKey(segment, trait, value));
      if (row !== undefined) return { direction: item.direction, ...figuresOf(row) };
    }
    return null;
  };
}

function figuresOf(row: Association | ProbabilisticAssociation): Omit<FindingEffect, 'direction'> {
  const { representationRatio, qValue, suppressed } = row;
  if (!('counts' in row)) {
    return {
      members: row.membersInside,
      shareInside: null,
      shareOutside: null,
      representationRatio,
      qValue,
      suppressed,
    };
  }
  const { inValue, inOther } = row.counts;
  const members = inValue === null || inOther === null ? null : inValue + inOther;
  const { shareInside, shareOutside } = row;
  return {
    members,
    shareInside: shareInside.estimate,
    shareOutside: shareOutside.estimate,
    representationRatio,
    qValue,
    suppressed,
  };
}
