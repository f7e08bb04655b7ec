import type { AuditReport } from '../../domain/report.ts';
import { type CsvValue, csvTable } from '../../wording/csv-cell.ts';
import { printable } from '../../wording/terminal-text.ts';
import { effectsOf } from '../finding-effect.ts';
import { segmentNames } from '../finding-subject.ts';
import type { Format } from '../format.ts';

const HEADER = [
  'fingerprint',
  'severity',
  'state',
  'rule',
  'pack',
  'segment',
  'segment_name',
  'trait',
  'value',
  'verdict',
  'title',
  'message',
  'remedy',
  'law',
  'file',
  'line',
  'column',
  'direction',
  'members',
  'share_inside',
  'share_outside',
  'ratio',
  'ratio_lower',
  'ratio_upper',
  'q_value',
  'suppressed',
  'waived_because',
  'waived_by',
  'waived_until',
  'approver',
  'ticket',
] as const;

/** Findings as a CSV table, one a line, gravest first. Figures are empty where a finding rests on words or its figures are hidden. */
export const csvFormat: Format = (report) => csvTable(HEADER, rowsOf(report));

function* rowsOf(report: AuditReport): Generator<readonly CsvValue[]> {
  const nameOf = segmentNames(report);
  const effectOf = effectsOf(report);
  for (const finding of report.findings) {
    const effect = effectOf(finding);
    const ratio = effect?.representationRatio;
    const name = nameOf(finding.segment);
    yield [
      finding.fingerprint,
      finding.severity,
      finding.state,
      finding.rule,
      finding.pack,
      finding.segment,
      name === null ? null : printable(name),
      finding.trait,
      finding.value,
      finding.verdict,
      printable(finding.title),
      printable(finding.message),
      printable(finding.remedy),
      finding.law.map(({ id }) => id).join(' '),
      finding.location?.file,
      finding.location?.line,
      finding.location?.column,
      effect?.direction,
      effect?.members,
      effect?.shareInside,
      effect?.shareOutside,
      ratio?.estimate,
      ratio?.lower,
      ratio?.upper,
      effect?.qValue,
      effect?.suppressed,
      said(finding.waiver?.reason),
      said(finding.waiver?.owner),
      said(finding.waiver?.expires),
      said(finding.waiver?.approver),
      said(finding.waiver?.ticket),
    ];
  }
}

function said(text: string | null | undefined): CsvValue {
  return text === null || text === undefined ? null : printable(text);
}
