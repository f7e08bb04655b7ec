import { symbol, symbolTriangle } from 'd3-shape';
import type { VNode } from 'preact';
import type { Association } from '../../domain/association.ts';
import { groupBy } from '../../domain/group-by.ts';
import { fromJsonNumber } from '../../domain/json.ts';
import { compareText } from '../../domain/order.ts';
import type { AuditReport } from '../../domain/report.ts';
import { formatCount, formatNumber } from '../../wording/format-number.ts';
import { allAssociations } from '../all-associations.ts';
import { segmentNames } from '../finding-subject.ts';
import { certainStrength, valueTitle } from './association-rows.ts';
import { type Canvas, ChartFigure, type Drawing } from './chart-figure.tsx';
import { fitText, textWidth } from './chart-text.ts';
import { HatchPattern, type LegendEntry, legend, Mark, round, VERDICT_WORDS, verdictClass } from './marks.tsx';
import { valuesOf } from './twins.ts';

export interface HeatMapProps {
  readonly report: AuditReport;
  readonly id?: string;
  /** Most segments and trait values on a wide canvas; a narrow one takes fewer. */
  readonly rows?: number;
  readonly columns?: number;
}

const NARROW_COLUMNS = 8;

/** Slant of the headings. */
const DEGREES = 60;
const LEAN = (DEGREES * Math.PI) / 180;

/** Rows of the table behind the picture. */
const TABLE_ROWS = 200;

interface Column {
  readonly trait: string;
  readonly value: string;
}

/** Segments and trait values, those with the strongest proxies first, and what lies where they cross. */
interface Matrix {
  readonly segments: readonly string[];
  readonly columns: readonly Column[];
  readonly cell: (segment: string, column: Column) => Association | undefined;
  /** Cells that are not empty. */
  readonly compared: number;
}

/**
 * Verdicts of all segments on all trait values, with the size of the ratio; the worst of both. Of a trait with two values, the one that fewer
 * people have. `null` when nothing was compared.
 */
export function HeatMap({ report, id = 'heat-map', rows = 30, columns = 16 }: HeatMapProps): VNode | null {
  const matrix = matrixOf(report);
  if (matrix.segments.length === 0) return null;
  const shown = { ...matrix, segments: matrix.segments.slice(0, rows), columns: matrix.columns.slice(0, columns) };
  const nameOf = segmentNames(report);
  const { tested, proxy, cleared, inconclusive } = report.summary.associations;
  const isCut = matrix.segments.length > rows || matrix.columns.length > NARROW_COLUMNS;
  const cut =
    `Shown: ${formatCount(shown.segments.length)} of ${formatCount(matrix.segments.length)} segments and ${formatCount(shown.columns.length)} of ` +
    `${formatCount(matrix.columns.length)} trait values (on a narrow screen at most ${NARROW_COLUMNS}), those with the strongest signs.`;
  return (
    <ChartFigure
      id={id}
      title="Which segments stand in for which trait values"
      note={
        'A triangle points up where the value is found more often than elsewhere, down where less often; the stronger the shade, the farther the ratio is from 1. ' +
        `An empty cell was not tested. ${isCut ? cut : ''}`
      }
      description={
        `Matrix of ${formatCount(matrix.segments.length)} segments and ${formatCount(matrix.columns.length)} trait values. Of ${formatCount(tested)} comparisons, ` +
        `${formatCount(proxy)} are proxies, ${formatCount(cleared)} cleared and ${formatCount(inconclusive)} inconclusive. The table below lists the same cells.`
      }
      draw={(canvas) => drawMatrix(shown, nameOf, canvas)}
      table={tableOf(matrix, nameOf)}
    />
  );
}

function matrixOf(report: AuditReport): Matrix {
  const associations = allAssociations(report).filter(({ test, verdict }) => test !== null || verdict !== null);
  const values = valuesOf(associations);
  const isTwin = ({ trait, value }: Column): boolean => {
    const of = values.get(trait) ?? [];
    return of.length === 2 && of[1] === value;
  };
  const cells = associations.filter((row) => !isTwin(row));
  const bySegment = groupBy(cells, ({ segment }) => segment);
  const columns = [...groupBy(cells, ({ trait }) => trait).values()].flatMap((ofTrait) =>
    [...groupBy(ofTrait, ({ value }) => value).values()].flatMap((rows) => {
      const [first] = rows;
      if (first === undefined) return [];
      const { trait, value } = first;
      return [{ column: { trait, value }, key: JSON.stringify([trait, value]), weight: heaviest(rows) }];
    }),
  );
  return {
    segments: [...bySegment]
      .map(([segment, rows]) => ({ segment, weight: heaviest(rows) }))
      .sort((a, b) => b.weight - a.weight || compareText(a.segment, b.segment))
      .map(({ segment }) => segment),
    columns: columns.sort((a, b) => b.weight - a.weight || compareText(a.key, b.key)).map(({ column }) => column),
    // A segment has as many rows as there are values: a key for each of millions would take more memory than the rows.
    cell: (segment, { trait, value }) =>
      bySegment.get(segment)?.findLast((row) => row.trait === trait && row.value === value),
    compared: cells.length,
  };
}

function heaviest(rows: readonly Association[]): number {
  return rows.reduce((most, row) => Math.max(most, weightOf(row)), 0);
}

/** Proxies before everything else, by strength; a hidden proxy like a weak one. */
function weightOf(row: Association): number {
  return (row.verdict === 'proxy' ? 10 : 0) + Math.min(certainStrength(row), 9);
}

function drawMatrix(
  { segments, columns: all, cell }: Matrix,
  nameOf: (segment: string) => string | null,
  canvas: Canvas,
): Drawing {
  const { width, isNarrow, fontSize, id } = canvas;
  const columns = [...all.slice(0, isNarrow ? NARROW_COLUMNS : all.length)].sort(
    (a, b) => compareText(a.trait, b.trait) || compareText(a.value, b.value),
  );
  const labels = isNarrow ? 118 : 190;
  const headings = columns.map(({ trait, value }) =>
    fitText(valueTitle({ trait, value }), isNarrow ? 150 : 190, fontSize),
  );
  const slants = headings.map((heading) => textWidth(heading, fontSize));
  // The last headings lean out to the right of their columns.
  const size = Math.min(
    isNarrow ? 30 : 56,
    ...slants.map((slant, index) => (width - labels - slant * Math.cos(LEAN)) / (index + 0.8)),
    (width - labels) / columns.length,
  );
  const rowHeight = isNarrow ? 22 : 26;
  const top = Math.max(...slants) * Math.sin(LEAN) + 16;
  const bottom = top + segments.length * rowHeight;
  const hatch = `${id}-hatch`;
  const key = legend(entries(hatch), canvas, bottom + 10);
  return {
    height: bottom + 10 + key.height + 2,
    content: (
      <>
        <defs>
          <HatchPattern id={hatch} />
        </defs>
        {columns.map(({ trait, value }, index) => (
          <text
            key={JSON.stringify([trait, value])}
            class="soft"
            transform={`translate(${round(labels + (index + 0.6) * size)},${round(top - 6)}) rotate(${-DEGREES})`}
          >
            {headings[index]}
          </text>
        ))}
        {segments.map((segment, index) => (
          <g key={segment} transform={`translate(0,${top + index * rowHeight})`}>
            <text x={labels - 8} y={rowHeight / 2 + fontSize * 0.35} class="end">
              {fitText(nameOf(segment) ?? segment, labels - 10, fontSize)}
            </text>
            {columns.map((column, position) => (
              <g
                key={JSON.stringify([column.trait, column.value])}
                transform={`translate(${round(labels + position * size)},0)`}
              >
                <Cell row={cell(segment, column)} width={size} height={rowHeight} hatch={hatch} fontSize={fontSize} />
              </g>
            ))}
          </g>
        ))}
        {key.content}
      </>
    ),
  };
}

function Cell({
  row,
  width,
  height,
  hatch,
  fontSize,
}: {
  row: Association | undefined;
  width: number;
  height: number;
  hatch: string;
  fontSize: number;
}): VNode {
  const frame = <rect class="frame" width={round(width)} height={height} />;
  if (row === undefined) return frame;
  const estimate = fromJsonNumber(row.representationRatio.estimate);
  const hasText = row.verdict === 'proxy' && estimate !== null && width >= 44;
  const x = hasText ? 11 : width / 2;
  return (
    <>
      {row.suppressed && <rect width={round(width)} height={height} fill={`url(#${hatch})`} />}
      {row.verdict === 'proxy' && estimate !== null && (
        <rect class={`tint-proxy tint-${shade(estimate)}`} width={round(width)} height={height} />
      )}
      {frame}
      {row.verdict === 'proxy' && estimate !== null ? (
        <Triangle isUp={estimate >= 1} x={x} y={height / 2} />
      ) : (
        <Mark verdict={row.verdict} x={x} y={height / 2} size={36} />
      )}
      {hasText && (
        <text x={19} y={height / 2 + fontSize * 0.35}>
          {shortNumber(estimate)}
        </text>
      )}
    </>
  );
}

/** Three shades: up to twice, up to five times, and more. */
function shade(ratio: number): 1 | 2 | 3 {
  const times = ratio < 1 ? 1 / ratio : ratio;
  return times < 2 ? 1 : times < 5 ? 2 : 3;
}

/** A ratio in four characters at most. */
function shortNumber(ratio: number): string {
  if (ratio >= 1000) return '>999';
  return ratio < 0.01 ? '<.01' : formatNumber(Number(ratio.toPrecision(2))).replace(/^0\./, '.');
}

function Triangle({ isUp, x, y }: { isUp: boolean; x: number; y: number }): VNode {
  return (
    <path
      class="mark proxy"
      d={symbol(symbolTriangle, 40)() ?? ''}
      transform={`translate(${round(x)},${round(y + (isUp ? 1.5 : -1.5))})${isUp ? '' : ' rotate(180)'}`}
    />
  );
}

function entries(hatch: string): readonly LegendEntry[] {
  return [
    { sign: <Triangle isUp x={0} y={0} />, text: 'proxy, more often' },
    { sign: <Triangle isUp={false} x={0} y={0} />, text: 'proxy, less often' },
    { sign: <Mark verdict="proxy" x={0} y={0} size={36} />, text: 'proxy, ratio hidden' },
    { sign: <Mark verdict="cleared" x={0} y={0} size={36} />, text: 'cleared' },
    { sign: <Mark verdict="inconclusive" x={0} y={0} size={36} />, text: 'inconclusive' },
    {
      sign: <rect x={-8} y={-7} width={16} height={14} fill={`url(#${hatch})`} />,
      text: 'figures hidden: a small group',
    },
  ];
}

function tableOf(
  { segments, columns, cell, compared }: Matrix,
  nameOf: (segment: string) => string | null,
): { header: readonly string[]; rows: readonly (readonly string[])[]; total: number } {
  const rows: { segment: string; trait: string; value: string; row: Association }[] = [];
  for (const segment of segments) {
    if (rows.length >= TABLE_ROWS) break;
    for (const column of columns) {
      const row = cell(segment, column);
      if (row !== undefined) rows.push({ segment, ...column, row });
    }
  }
  return {
    header: ['Segment', 'Trait value', 'Verdict', 'Ratio'],
    rows: rows
      .slice(0, TABLE_ROWS)
      .map(({ segment, trait, value, row }) => [
        nameOf(segment) ?? segment,
        valueTitle({ trait, value }),
        VERDICT_WORDS[verdictClass(row.verdict)],
        row.suppressed ? 'hidden' : formatNumber(row.representationRatio.estimate),
      ]),
    total: compared,
  };
}
