import type { Composition } from '../../domain/composition.ts';
import type { Leakage } from '../../domain/leakage.ts';
import type { AuditReport } from '../../domain/report.ts';
import { formatInterval } from '../../wording/format-interval.ts';
import { formatCount, formatNumber, formatPercent } from '../../wording/format-number.ts';
import { printable, truncate, wrap, wrapAfter, wrapRow } from '../../wording/terminal-text.ts';
import { traitTitle } from '../../wording/trait-words.ts';
import type { Style } from '../format.ts';

/** Rows shown; the results hold all. */
const ROWS_SHOWN = 8;
const LONGEST_ROW = 300;

/** How well all memberships together tell each value, the worst first; nothing where it was not measured. */
export function wholeExportLines({ leakage }: AuditReport, style: Style, width: number): readonly string[] {
  if (leakage.length === 0) return [];
  const sorted = [...leakage].sort((x, y) => Number(y.auc.lower ?? 0) - Number(x.auc.lower ?? 0));
  const rows = sorted.slice(0, ROWS_SHOWN).flatMap((row) => rowLines(leakageLine(row), width));
  const note = 'Chance to tell a user with the value from one without it by the segments they are in; 0.5 is guessing.';
  return [
    style.bold('The whole export'),
    ...wrap(note, width - 2).map((line) => `  ${style.dim(line)}`),
    ...rows,
    ...moreLine(leakage.length, style),
    '',
  ];
}

function leakageLine(row: Leakage): string {
  const { trait, value, auc, residual, removal, removalSuffices, coarseningSuffices, bound, suppressed } = row;
  const what = `${traitTitle({ trait, value })}: `;
  if (suppressed) return `${what}hidden, since too few users have it or have it not`;
  const interval = formatInterval(auc);
  const rest =
    residual === null ? '' : `, ${formatNumber(residual.auc.estimate)} without the flagged ${residual.segmentsDropped}`;
  const drop =
    removal.length === 0
      ? ''
      : removalSuffices === true
        ? `; drop ${removal.length} to get below ${formatNumber(bound)}`
        : `; dropping ${removal.length} is not enough`;
  const coarsened = removal.at(-1)?.coarsenedAuc?.estimate ?? null;
  const coarsen =
    coarseningSuffices === null || coarsened === null
      ? ''
      : `; coarsening into parents gives ${formatNumber(coarsened)}, ${coarseningSuffices ? '' : 'not '}enough`;
  return `${what}${interval}${rest}${drop}${coarsen}`;
}

/** Pairs of segments that show more together than apart, and how far the search went. */
export function combinationLines(
  { compositions, summary }: AuditReport,
  style: Style,
  width: number,
): readonly string[] {
  const search = summary.compositions;
  if (search === null) return [];
  const cut = search.cut ? `, cut to the ${formatCount(search.searched)} largest segments` : '';
  const searched = `${formatCount(search.pairs)} pairs searched${cut}, ${formatCount(search.candidates)} tests`;
  const rows = compositions.slice(0, ROWS_SHOWN).flatMap((row) => rowLines(compositionLine(row), width));
  return [
    style.bold('Combinations'),
    ...wrapAfter('  ', searched, width).map(style.dim),
    ...(rows.length === 0 ? rowLines('none shows more than its two segments do alone', width) : rows),
    ...moreLine(compositions.length, style),
    '',
  ];
}

function compositionLine({ name, trait, value, shareInside, largerShare, suppressed }: Composition): string {
  const figures = suppressed
    ? 'figures hidden'
    : `${formatPercent(shareInside.estimate)}, against ${formatPercent(largerShare)} in the stronger one alone`;
  return `${name}: ${traitTitle({ trait, value })} for ${figures}`;
}

function rowLines(text: string, width: number): readonly string[] {
  return wrapRow(truncate(printable(text), LONGEST_ROW), width);
}

function moreLine(rows: number, style: Style): readonly string[] {
  return rows > ROWS_SHOWN ? [style.dim(`  … and ${formatCount(rows - ROWS_SHOWN)} more in the results`)] : [];
}
