import { cellKey, indexByCell } from '../../domain/cell-key.ts';
import type { Composition } from '../../domain/composition.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Leakage } from '../../domain/leakage.ts';
import type { LineageRecord } from '../../domain/lineage.ts';
import type { ProbabilisticAssociation } from '../../domain/probability.ts';
import type { AuditReport } from '../../domain/report.ts';
import { associationFinder, type FindAssociation } from '../all-associations.ts';
import { type MeasuredEffects, measuredEffects } from '../charts/interval-plot.tsx';
import { segmentNames } from '../finding-subject.ts';
import { waiverSnippets } from '../next-steps.ts';

/** Finds what findings point at. */
export interface ReportIndex {
  readonly nameOf: (segment: string) => string | null;
  readonly effects: MeasuredEffects;
  /** Entry of the waiver file that would accept a finding, as YAML. */
  readonly waiverOf: (finding: Finding) => string;
  readonly association: FindAssociation;
  readonly probability: (segment: string, trait: string, value: string) => ProbabilisticAssociation | undefined;
  readonly composition: (segment: string, trait: string, value: string) => Composition | undefined;
  readonly leakage: (trait: string, value: string) => Leakage | undefined;
  readonly lineage: (before: string, after: string) => LineageRecord | undefined;
}

/** Prepares the look-ups once for a report. */
export function indexReport(report: AuditReport): ReportIndex {
  const probabilities = indexByCell(report.probabilities);
  const compositions = indexByCell(report.compositions);
  const leakage = new Map(report.leakage.map((row) => [JSON.stringify([row.trait, row.value]), row]));
  const lineage = new Map(report.lineage.map((row) => [JSON.stringify([row.before, row.after]), row]));
  return {
    nameOf: segmentNames(report),
    effects: measuredEffects(report),
    waiverOf: waiverSnippets(report),
    association: associationFinder(report),
    probability: (segment, trait, value) => probabilities.get(cellKey(segment, trait, value)),
    composition: (segment, trait, value) => compositions.get(cellKey(segment, trait, value)),
    leakage: (trait, value) => leakage.get(JSON.stringify([trait, value])),
    lineage: (before, after) => lineage.get(JSON.stringify([before, after])),
  };
}
