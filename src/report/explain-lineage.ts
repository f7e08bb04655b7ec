import type { LineageRecord } from '../domain/lineage.ts';
import { formatCount, formatNumber, formatPercent } from '../wording/format-number.ts';

/** Says, in one sentence per earlier segment, where the people of a segment come from. */
export function explainLineage(lineage: readonly LineageRecord[], segment: string): readonly string[] {
  return lineage.filter(({ after }) => after === segment).map(sentence);
}

function sentence(row: LineageRecord): string {
  if (row.kind === 'new') return 'No segment of the earlier export holds the same people.';
  const name = `"${row.nameBefore ?? row.before}"${row.nameBefore === null || row.nameBefore === row.before ? '' : ` (${row.before})`}`;
  return `${relation(row, name)}${figures(row)}`;
}

function relation({ kind, by }: LineageRecord, name: string): string {
  switch (kind) {
    case 'kept':
      return `The earlier export has it too, under the same id and name: ${name}.`;
    case 'renamed':
      return `It is the earlier segment ${name} under another id or name.`;
    case 'churned':
      return by === 'members'
        ? `It continues the earlier segment ${name}, with many other people in it.`
        : `It has the ${by} of the earlier segment ${name}, and other people in it: the members do not show it to be the same.`;
    case 'split':
      return `It is a part of the earlier segment ${name}.`;
    case 'merged':
      return `The earlier segment ${name} went into it.`;
    case 'dropped':
    case 'new':
      return '';
  }
}

function figures({
  suppressed,
  atLeast,
  overlap,
  expectedOverlap,
  shareOfBefore,
  shareOfAfter,
  jaccard,
}: LineageRecord): string {
  if (atLeast !== null) {
    const whole = atLeast.of === 'before' ? 'the earlier segment' : 'this segment';
    return ` At least ${formatPercent(atLeast.share)} of the people of ${whole} are in both; the exact figures are hidden, because they would reveal a group that is too small to show.`;
  }
  if (suppressed || overlap === null || expectedOverlap === null)
    return ' The figures are hidden, because they would reveal a group that is too small to show.';
  return (
    ` ${formatCount(overlap)} users are in both: ${formatPercent(shareOfBefore)} of the earlier segment and ${formatPercent(shareOfAfter)} of this one, ` +
    `where chance would put ${formatCount(Math.round(expectedOverlap))} (Jaccard index ${formatNumber(jaccard)}).`
  );
}
