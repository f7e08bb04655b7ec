import type { AuditReport } from '../domain/report.ts';
import { counted, listed } from '../wording/counted.ts';

/**
 * Says what the panel shows of the segments that a table leaves out, so that nobody takes the rows that are there for all there is.
 *
 * @param shown - ids of the segments in the table
 * @returns a sentence; undefined where nothing that was compared is left out
 */
export function leftOutVerdicts(
  { associations }: Pick<AuditReport, 'associations'>,
  shown: Iterable<string>,
): string | undefined {
  const inTable = new Set(shown);
  const counts = { proxy: 0, cleared: 0, inconclusive: 0, unjudged: 0 };
  for (const { segment, verdict } of associations) if (!inTable.has(segment)) counts[verdict ?? 'unjudged'] += 1;
  const { proxy, cleared, inconclusive, unjudged } = counts;
  if (proxy + cleared + inconclusive + unjudged === 0) return undefined;
  const parts = [
    counted(proxy, 'comparison shows a proxy', 'comparisons show a proxy'),
    counted(cleared, 'is cleared', 'are cleared'),
    counted(inconclusive, 'is inconclusive', 'are inconclusive'),
    ...(unjudged === 0 ? [] : [counted(unjudged, 'was judged by no rule', 'were judged by no rule')]),
  ];
  return `Of the segments that are not shown here, ${listed(parts)}. Inconclusive is not cleared.`;
}
