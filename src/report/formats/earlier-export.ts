import type { LineageKind, LineageRecord } from '../../domain/lineage.ts';
import type { AuditReport } from '../../domain/report.ts';
import { formatCount } from '../../wording/format-number.ts';
import { printable, truncate, wrapAfter } from '../../wording/terminal-text.ts';
import type { Style } from '../format.ts';

const KINDS: readonly LineageKind[] = ['kept', 'renamed', 'churned', 'split', 'merged', 'dropped', 'new'];

/** Pairs shown; the findings name the ones that matter, and the results hold all. */
const PAIRS_SHOWN = 5;

/** What became of the earlier segments: how many of each kind, and the renamed ones; nothing without an earlier export. */
export function earlierExportLines({ lineage }: AuditReport, style: Style, width: number): readonly string[] {
  if (lineage.length === 0) return [];
  const counts = KINDS.map((kind) => [kind, segmentsOf(kind, lineage)] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${formatCount(count)} ${kind}`);
  const renamed = lineage.filter(({ kind }) => kind === 'renamed');
  const pairs = renamed
    .slice(0, PAIRS_SHOWN)
    .map((row) => `  ${truncate(printable(`${titleBefore(row)} is now ${titleAfter(row)}`), width - 4)}`);
  const left = renamed.length - PAIRS_SHOWN;
  const more = left > 0 ? [style.dim(`  … and ${formatCount(left)} more under other names`)] : [];
  return [style.bold('Earlier export'), ...wrapAfter('  ', counts.join(', '), width), ...pairs, ...more, ''];
}

/** Earlier segments of a kind; later ones for `new`. */
function segmentsOf(kind: LineageKind, lineage: readonly LineageRecord[]): number {
  const rows = lineage.filter((row) => row.kind === kind);
  return new Set(rows.map(({ before, after }) => (kind === 'new' ? after : before))).size;
}

function titleBefore({ before, nameBefore }: LineageRecord): string {
  return nameBefore === null || nameBefore === before ? String(before) : `${nameBefore} (${before})`;
}

function titleAfter({ after, nameAfter }: LineageRecord): string {
  return nameAfter === null || nameAfter === after ? String(after) : `${nameAfter} (${after})`;
}
