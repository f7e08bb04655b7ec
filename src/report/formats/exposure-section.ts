import type { AuditReport } from '../../domain/report.ts';
import { formatCount, formatPercent } from '../../wording/format-number.ts';
import { printable, wrap } from '../../wording/terminal-text.ts';
import type { Style } from '../format.ts';

/** How far the export singles people out, in one to three lines; nothing without assignments. */
export function exposureLines({ exposure }: AuditReport, style: Style, width: number): readonly string[] {
  if (exposure === null) return [];
  const { smallSegments, uniqueShare, byMemberships, identifiers } = exposure;
  const lines: string[] = [];
  if (uniqueShare !== null) {
    const few = byMemberships
      .filter((row) => row.uniqueShare !== null)
      .map((row) => `${formatPercent(row.uniqueShare)} by ${row.memberships}`)
      .join(', ');
    const drawn = few === '' ? '' : `; of a sample, by a few random memberships: ${few}`;
    lines.push(`${formatPercent(uniqueShare)} of users have a set of segments that nobody else has${drawn}.`);
  }
  if (smallSegments.segments > 0)
    lines.push(`${formatCount(smallSegments.segments)} segments have fewer than ${smallSegments.below} members.`);
  for (const { column, shape, share } of identifiers) {
    lines.push(
      `Column ${printable(column)}: ${share === null ? 'some values' : formatPercent(share)} of the form ${shape}.`,
    );
  }
  if (lines.length === 0) return [];
  return [style.bold('Exposure'), ...lines.flatMap((line) => wrap(line, width - 2).map((part) => `  ${part}`)), ''];
}
