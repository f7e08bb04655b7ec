import { scaleLog } from 'd3-scale';
import { area } from 'd3-shape';
import type { VNode } from 'preact';
import type { Association, Verdict } from '../../domain/association.ts';
import { groupBy } from '../../domain/group-by.ts';
import { fromJsonNumber } from '../../domain/json.ts';
import { compareText } from '../../domain/order.ts';
import type { AuditReport } from '../../domain/report.ts';
import { formatCount, formatNumber } from '../../wording/format-number.ts';
import { segmentNames } from '../finding-subject.ts';
import { certainStrength, compareWorst, intervalText, labelledMembers, valueTitle } from './association-rows.ts';
import { chanceBand, type PanelMargins } from './chance-band.ts';
import { type Canvas, ChartFigure, type Drawing } from './chart-figure.tsx';
import { fitText } from './chart-text.ts';
import { type Facet, facets } from './facets.ts';
import { ratioAxis } from './log-axis.tsx';
import { legend, markPath, round, VERDICT_WORDS, verdictClass, verdictEntries } from './marks.tsx';
import { withoutTwins } from './twins.ts';

export interface FunnelPlotProps {
  readonly report: AuditReport;
  readonly id?: string;
  /** Most trait values, the worst first. */
  readonly panels?: number;
}

/** Most points of one plot: proxies first, then the segments with most labelled members. */
const MOST_POINTS = 1200;

/** Rows of the table behind the picture. */
const TABLE_ROWS = 200;

interface Point {
  readonly row: Association;
  readonly members: number;
  readonly ratio: number;
}

interface Panel {
  readonly trait: string;
  readonly value: string;
  readonly points: readonly Point[];
  readonly total: number;
  readonly hidden: number;
  /** `null` in a weighted panel, whose chance is another. */
  readonly margins: PanelMargins | null;
  readonly bound: number | null;
}

/**
 * Ratio against labelled members, with the band that chance would fill: small segments scatter widely, large ones hardly, so what lies
 * outside of the band is not noise. One plot for each of the worst trait values. `null` when no figure may be shown.
 */
export function FunnelPlot({ report, id = 'funnel-plot', panels = 4 }: FunnelPlotProps): VNode | null {
  const all = panelsOf(report);
  const shown = all.slice(0, panels);
  if (shown.length === 0) return null;
  const nameOf = segmentNames(report);
  const rows = shown.flatMap(({ points }) => points);
  const left = shown.reduce((sum, { total, points }) => sum + total - points.length, 0);
  const hidden = shown.reduce((sum, panel) => sum + panel.hidden, 0);
  return (
    <ChartFigure
      id={id}
      title="Chance or not: ratio against the size of the segment"
      note={
        'Each mark is a segment. The shaded band holds 95 of 100 segments whose membership has nothing to do with the value; dashed lines are the bounds of the rule.' +
        (all.length > shown.length ? ` The ${shown.length} worst of ${formatCount(all.length)} trait values.` : '') +
        (left > 0 ? ` ${formatCount(left)} more segments are in the results.` : '') +
        (hidden > 0 ? ` ${formatCount(hidden)} comparisons with hidden figures are not drawn.` : '')
      }
      description={shown.map(describe).join(' ')}
      draw={(canvas) => drawFunnels(shown, canvas)}
      table={{
        header: ['Segment', 'Trait value', 'Labelled members', 'Ratio', 'Chance alone gives', 'Verdict'],
        rows: shown
          .flatMap(({ points, margins }) => points.map((point) => ({ point, margins })))
          .slice(0, TABLE_ROWS)
          .map(({ point: { row, members }, margins }) => [
            nameOf(row.segment) ?? row.segment,
            valueTitle(row),
            formatCount(members),
            intervalText(row),
            margins === null ? '' : bandText(members, margins),
            VERDICT_WORDS[verdictClass(row.verdict)],
          ]),
        total: rows.length + left,
      }}
    />
  );
}

function panelsOf(report: AuditReport): readonly Panel[] {
  const rows = withoutTwins(report.associations, []);
  const byValue = groupBy(rows, ({ trait, value }) => JSON.stringify([trait, value]));
  return [...byValue.values()]
    .flatMap((rows): readonly { panel: Panel; weight: number }[] => {
      const panel = panelOf(rows);
      return panel === undefined ? [] : [{ panel, weight: Math.max(...panel.points.map(({ row }) => weightOf(row))) }];
    })
    .sort(
      (a, b) =>
        b.weight - a.weight || compareText(a.panel.trait, b.panel.trait) || compareText(a.panel.value, b.panel.value),
    )
    .map(({ panel }) => panel);
}

function weightOf(row: Association): number {
  return (row.verdict === 'proxy' ? 10 : 0) + Math.min(9, certainStrength(row));
}

function panelOf(rows: readonly Association[]): Panel | undefined {
  const points = rows.flatMap((row): readonly Point[] => {
    const members = labelledMembers(row);
    const ratio = fromJsonNumber(row.representationRatio.estimate);
    return members === null || members === 0 || ratio === null ? [] : [{ row, members, ratio }];
  });
  const [first] = points;
  if (first === undefined) return undefined;
  const { inValue, inOther, outValue, outOther } = first.row.counts;
  const withValue = (inValue ?? 0) + (outValue ?? 0);
  const total = withValue + (inOther ?? 0) + (outOther ?? 0);
  const ordered = [...points].sort(
    (a, b) =>
      Number(b.row.verdict === 'proxy') - Number(a.row.verdict === 'proxy') ||
      b.members - a.members ||
      compareWorst(a.row, b.row),
  );
  return {
    trait: first.row.trait,
    value: first.row.value,
    points: ordered.slice(0, MOST_POINTS),
    total: points.length,
    hidden: rows.filter(({ suppressed }) => suppressed).length,
    margins: first.row.effectiveSize !== null || withValue === 0 || withValue === total ? null : { withValue, total },
    bound: first.row.ratioBound,
  };
}

function bandText(members: number, margins: PanelMargins): string {
  const { lower, upper } = chanceBand(members, margins);
  return `${formatNumber(lower)} to ${formatNumber(upper)}`;
}

function describe({ trait, value, points, margins }: Panel): string {
  const outside =
    margins === null
      ? []
      : points.filter(({ members, ratio }) => {
          const { lower, upper } = chanceBand(members, margins);
          return ratio < lower || ratio > upper;
        });
  const proxies = points.filter(({ row }) => row.verdict === 'proxy').length;
  const band = margins === null ? '' : `, ${formatCount(outside.length)} of them outside of what chance gives`;
  return `${fitText(valueTitle({ trait, value }), 400, 10)}: ${formatCount(points.length)} segments${band}; ${formatCount(proxies)} proxies.`;
}

function drawFunnels(panels: readonly Panel[], canvas: Canvas): Drawing {
  const { places, height } = facets(panels.length, canvas, canvas.isNarrow ? 190 : 220);
  const key = legend(
    [
      ...verdictEntries(panels.flatMap(({ points }) => points.map(({ row }) => row.verdict))),
      { sign: <rect class="allowed" x={-8} y={-7} width={16} height={14} />, text: 'by chance' },
      { sign: <path class="bound" d="M-9,0H9" />, text: 'bound of the rule' },
    ],
    canvas,
    height,
  );
  return {
    height: height + key.height + 2,
    content: (
      <>
        {panels.map((panel, index) => {
          const place = places[index];
          return place === undefined ? null : (
            <Funnel key={JSON.stringify([panel.trait, panel.value])} panel={panel} place={place} canvas={canvas} />
          );
        })}
        {key.content}
      </>
    ),
  };
}

function Funnel({ panel, place, canvas }: { panel: Panel; place: Facet; canvas: Canvas }): VNode {
  const { left, right, top, bottom, width } = place;
  const { fontSize } = canvas;
  const sizes = panel.points.map(({ members }) => members);
  const least = Math.min(...sizes) * 0.85;
  const most = Math.max(...sizes) * 1.15;
  const x = scaleLog([least, most], [left, right]);
  const bounds = panel.bound === null ? [] : [panel.bound, 1 / panel.bound];
  const y = ratioAxis([...panel.points.map(({ ratio }) => ratio), ...bounds], bottom, top);
  const middle = (place.left + place.right) / 2;
  return (
    <g transform={`translate(${round(place.x)},${round(place.y)})`}>
      <text class="strong" x={0} y={fontSize}>
        {fitText(valueTitle(panel), width, fontSize * 1.06)}
      </text>
      {panel.margins !== null && <path class="allowed" d={bandPath(panel.margins, least, most, x, y.at)} />}
      {y.ticks.map((tick) => (
        <g key={tick}>
          <line
            class={tick === 1 ? 'axis' : 'grid'}
            x1={left}
            x2={right}
            y1={round(y.at(tick))}
            y2={round(y.at(tick))}
          />
          <text class="soft end" x={left - 5} y={round(y.at(tick) + fontSize * 0.35)}>
            {formatNumber(tick)}
          </text>
        </g>
      ))}
      {bounds.map((bound) => (
        <path key={bound} class="bound" d={`M${left},${round(y.at(bound))}H${right}`} />
      ))}
      {sizeTicks(least, most, x).map((tick) => (
        <text key={tick} class="soft middle" x={round(x(tick))} y={bottom + fontSize * 1.3}>
          {formatCount(tick)}
        </text>
      ))}
      <text class="soft middle" x={middle} y={bottom + fontSize * 2.6}>
        labelled members (log scale)
      </text>
      {([null, 'cleared', 'inconclusive', 'proxy'] as const).map((verdict) => (
        <Points key={String(verdict)} verdict={verdict} panel={panel} x={x} y={y.at} />
      ))}
    </g>
  );
}

/** All marks of a verdict as one path: thousands of elements would be slow to open. */
function Points({
  verdict,
  panel,
  x,
  y,
}: {
  verdict: Verdict | null;
  panel: Panel;
  x: (members: number) => number;
  y: (ratio: number) => number;
}): VNode | null {
  const points = panel.points.filter(({ row }) => row.verdict === verdict);
  if (points.length === 0) return null;
  const shape = relative(markPath(verdict, points.length > 200 ? 22 : 42));
  const d = points.map(({ members, ratio }) => `M${round(x(members))},${round(y(ratio))}${shape}`).join('');
  return <path class={`mark ${verdictClass(verdict)}`} d={d} />;
}

/** Rewrites the path of a symbol around the origin so that it can follow any point: d3 writes absolute commands only. */
function relative(path: string): string {
  let [x, y] = [0, 0];
  let [startX, startY] = [0, 0];
  return path.replace(/([MLHVAZ])([^MLHVAZ]*)/g, (_, command: string, text: string) => {
    const numbers = text
      .split(/[ ,]/)
      .filter((part) => part !== '')
      .map(Number);
    if (command === 'Z') {
      [x, y] = [startX, startY];
      return 'z';
    }
    const [endX = x, endY = y] =
      command === 'H' ? [numbers[0], y] : command === 'V' ? [x, numbers[0]] : numbers.slice(-2);
    const step = `${tenth(endX - x)},${tenth(endY - y)}`;
    [x, y] = [endX, endY];
    if (command === 'M') [startX, startY] = [x, y];
    return command === 'A'
      ? `a${numbers.slice(0, 2).map(tenth).join(',')},${numbers.slice(2, 5).join(',')},${step}`
      : `${command === 'M' ? 'm' : 'l'}${step}`;
  });
}

function tenth(value: number): number {
  return Math.round(value * 100) / 100;
}

function bandPath(
  margins: PanelMargins,
  least: number,
  most: number,
  x: (members: number) => number,
  y: (ratio: number) => number,
): string {
  const steps = 40;
  const from = Math.max(1, least);
  const to = Math.min(margins.total - 1, most);
  const sizes = [
    ...new Set(Array.from({ length: steps + 1 }, (_, i) => Math.round(from * (to / from) ** (i / steps)))),
  ];
  const edges = sizes.map((members) => ({ members, ...chanceBand(members, margins) }));
  return (
    area<(typeof edges)[number]>()
      .x(({ members }) => x(Math.min(most, Math.max(least, members))))
      .y0(({ lower }) => y(lower))
      .y1(({ upper }) => y(upper))
      .digits(1)(edges) ?? ''
  );
}

function sizeTicks(least: number, most: number, x: (members: number) => number): readonly number[] {
  const ticks = Array.from({ length: 10 }, (_, power) => power).flatMap((power) =>
    [1, 2, 5].map((step) => Number(`${step}e${power}`)),
  );
  const inside = ticks.filter((tick) => tick >= least && tick <= most);
  const kept: number[] = [];
  for (const tick of inside) {
    const last = kept.at(-1);
    if (last === undefined || x(tick) - x(last) > 14 + 7 * String(tick).length) kept.push(tick);
  }
  return kept;
}
