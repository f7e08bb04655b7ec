import type { ConsentRecord } from '../../domain/consent.ts';
import type { AuditReport } from '../../domain/report.ts';
import { counted } from '../../wording/counted.ts';
import { formatCount, formatPercent } from '../../wording/format-number.ts';
import { printable, truncate, wrapAfter, wrapRow } from '../../wording/terminal-text.ts';
import { traitWords } from '../../wording/trait-words.ts';
import { segmentNames, segmentTitle } from '../finding-subject.ts';
import type { Style } from '../format.ts';

/** Rows shown; the results hold all. */
const ROWS_SHOWN = 8;
const LONGEST_TITLE = 200;

/** Members without recorded consent, the largest share first; nothing where consent was not examined. */
export function consentLines(report: AuditReport, style: Style, width: number): readonly string[] {
  const { consent } = report;
  if (consent === null) return [];
  const nameOf = segmentNames(report);
  const gaps = consent.filter(({ suppressed, membersWithout }) => suppressed || (membersWithout ?? 1) > 0);
  const shareOf = ({ shareWithout }: ConsentRecord): number => shareWithout ?? -1;
  const rows = [...gaps].sort((x, y) => shareOf(y) - shareOf(x)).slice(0, ROWS_SHOWN);
  const segments = new Set(consent.map(({ segment }) => segment)).size;
  return [
    style.bold('Consent'),
    ...wrapAfter(
      '  ',
      `${counted(segments, 'segment that gives a trait away', 'segments that give a trait away')}, compared with the consent file`,
      width,
    ).map(style.dim),
    ...(gaps.length === 0 ? ['  every member has recorded consent'] : []),
    ...rows.flatMap((row) => {
      const title = truncate(segmentTitle(row.segment, nameOf(row.segment)), LONGEST_TITLE);
      return wrapRow(printable(`${title}, ${traitWords(row.trait)}: ${figures(row)}`), width);
    }),
    ...(gaps.length > ROWS_SHOWN
      ? [style.dim(`  … and ${formatCount(gaps.length - ROWS_SHOWN)} more in the results`)]
      : []),
    '',
  ];
}

function figures({ status, suppressed, membersWithout, shareWithout }: ConsentRecord): string {
  if (status === 'no-purpose') return 'not compared, no purpose is recorded';
  if (suppressed || membersWithout === null) return 'hidden';
  return `${formatCount(membersWithout)} members (${formatPercent(shareWithout)}) without`;
}
