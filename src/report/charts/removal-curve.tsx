import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { VNode } from 'preact';
import type { IntervalEstimate } from '../../domain/association.ts';
import { fromJsonNumber } from '../../domain/json.ts';
import type { Leakage } from '../../domain/leakage.ts';
import { compareText } from '../../domain/order.ts';
import type { AuditReport } from '../../domain/report.ts';
import { formatCount, formatNumber } from '../../wording/format-number.ts';
import { segmentNames } from '../finding-subject.ts';
import { valueTitle } from './association-rows.ts';
import { type Canvas, ChartFigure, type Drawing } from './chart-figure.tsx';
import { fitText } from './chart-text.ts';
import { type Facet, facets } from './facets.ts';
import { legend, round } from './marks.tsx';

export interface RemovalCurveProps {
  readonly report: AuditReport;
  readonly id?: string;
  /** Most trait values, those that leak most first. */
  readonly panels?: number;
}

interface Step {
  readonly dropped: number;
  readonly name: string | null;
  readonly auc: IntervalEstimate;
}

interface Curve {
  readonly leakage: Leakage;
  readonly steps: readonly Step[];
}

const TABLE_ROWS = 200;

/**
 * How well all memberships together tell a trait value, as segments are dropped one after the other: AUC with its interval, and the bound of the
 * rule. Steps whose figures are hidden leave a gap. `null` where nothing need or can be dropped.
 */
export function RemovalCurve({ report, id = 'removal-curve', panels = 4 }: RemovalCurveProps): VNode | null {
  const nameOf = segmentNames(report);
  const all = report.leakage
    .filter(({ suppressed, removal }) => !suppressed && removal.length > 0)
    .sort(
      (a, b) =>
        (fromJsonNumber(b.auc.lower) ?? 0) - (fromJsonNumber(a.auc.lower) ?? 0) ||
        compareText(a.trait, b.trait) ||
        compareText(a.value, b.value),
    )
    .map((leakage): Curve => ({ leakage, steps: stepsOf(leakage, nameOf) }));
  const shown = all.slice(0, panels);
  if (shown.length === 0) return null;
  const rows = shown.flatMap(({ leakage, steps }) => steps.map((step) => ({ leakage, step })));
  return (
    <ChartFigure
      id={id}
      title="What dropping segments would change"
      note={
        'Chance to tell a user with the value from one without it by the segments they are in (AUC): 0.5 is guessing, 1 is certain. The band is the 95 % interval, the dashed line the bound of the rule; gaps are hidden figures.' +
        (all.length > shown.length ? ` The ${shown.length} worst of ${formatCount(all.length)} trait values.` : '')
      }
      description={shown.map(describe).join(' ')}
      draw={(canvas) => drawCurves(shown, canvas)}
      table={{
        header: ['Trait value', 'Segments dropped', 'Last dropped', 'AUC', 'Lower', 'Upper'],
        rows: rows
          .slice(0, TABLE_ROWS)
          .map(({ leakage: { trait, value }, step: { dropped, name, auc } }) => [
            valueTitle({ trait, value }),
            dropped,
            name ?? '',
            ...(['estimate', 'lower', 'upper'] as const).map((key) =>
              auc[key] === null ? 'hidden' : formatNumber(auc[key]),
            ),
          ]),
        total: rows.length,
      }}
    />
  );
}

function stepsOf({ auc, removal }: Leakage, nameOf: (segment: string) => string | null): readonly Step[] {
  return [
    { dropped: 0, name: null, auc },
    ...removal.map((step, index) => ({
      dropped: index + 1,
      name: nameOf(step.segment) ?? step.segment,
      auc: step.auc,
    })),
  ];
}

function describe({ leakage: { trait, value, auc, bound, removal, removalSuffices } }: Curve): string {
  const end = removalSuffices === true ? `below the bound of ${formatNumber(bound)}` : 'not below the bound';
  return (
    `${fitText(valueTitle({ trait, value }), 400, 10)}: AUC ${formatNumber(auc.estimate)} with all segments; after dropping ` +
    `${formatCount(removal.length)} it is ${end}.`
  );
}

function drawCurves(curves: readonly Curve[], canvas: Canvas): Drawing {
  const { places, height } = facets(curves.length, canvas, canvas.isNarrow ? 170 : 190);
  const key = legend(
    [
      { sign: <path class="curve" d="M-9,0H9" />, text: 'AUC' },
      { sign: <rect class="curve-band" x={-8} y={-7} width={16} height={14} />, text: '95 % interval' },
      { sign: <path class="bound" d="M-9,0H9" />, text: 'bound of the rule' },
    ],
    canvas,
    height,
  );
  return {
    height: height + key.height + 2,
    content: (
      <>
        {curves.map((curve, index) => {
          const place = places[index];
          const { trait, value } = curve.leakage;
          return place === undefined ? null : (
            <CurvePanel key={JSON.stringify([trait, value])} curve={curve} place={place} canvas={canvas} />
          );
        })}
        {key.content}
      </>
    ),
  };
}

function CurvePanel({ curve, place, canvas }: { curve: Curve; place: Facet; canvas: Canvas }): VNode {
  const { leakage, steps } = curve;
  const { left, right, top, bottom } = place;
  const { fontSize } = canvas;
  const figures = steps.flatMap(({ auc }) => [auc.lower, auc.upper].map(fromJsonNumber)).filter((auc) => auc !== null);
  const x = scaleLinear([0, steps.length - 1], [left + 8, right - 8]);
  const y = scaleLinear([Math.min(0.5, ...figures), Math.max(0.7, ...figures)], [bottom, top]).nice(5);
  const pointOf = ({ dropped, auc }: Step) => ({
    x: x(dropped),
    at: y(fromJsonNumber(auc.estimate) ?? 0.5),
    low: y(fromJsonNumber(auc.lower) ?? 0.5),
    high: y(fromJsonNumber(auc.upper) ?? 0.5),
    isShown: auc.estimate !== null,
  });
  const points = steps.map(pointOf);
  type Point = (typeof points)[number];
  const band = area<Point>()
    .defined(({ isShown }) => isShown)
    .x((point) => point.x)
    .y0(({ low }) => low)
    .y1(({ high }) => high)
    .digits(1);
  const curvePath = line<Point>()
    .defined(({ isShown }) => isShown)
    .x((point) => point.x)
    .y(({ at }) => at)
    .digits(1);
  return (
    <g transform={`translate(${round(place.x)},${round(place.y)})`}>
      <text class="strong" x={0} y={fontSize}>
        {fitText(valueTitle(leakage), place.width, fontSize * 1.06)}
      </text>
      {y.ticks(5).map((tick) => (
        <g key={tick}>
          <line class={tick === 0.5 ? 'axis' : 'grid'} x1={left} x2={right} y1={round(y(tick))} y2={round(y(tick))} />
          <text class="soft end" x={left - 5} y={round(y(tick) + fontSize * 0.35)}>
            {formatNumber(Number(tick.toFixed(3)))}
          </text>
        </g>
      ))}
      {leakage.bound !== null && <path class="bound" d={`M${left},${round(y(leakage.bound))}H${right}`} />}
      <path class="curve-band" d={band(points) ?? ''} />
      <path class="curve" d={curvePath(points) ?? ''} />
      {points.length <= 30 &&
        points
          .filter(({ isShown }) => isShown)
          .map((point) => <circle key={point.x} class="dot" cx={round(point.x)} cy={round(point.at)} r={3.5} />)}
      {points
        .filter(({ isShown }) => !isShown)
        .map((point) => (
          <text key={point.x} class="soft middle" x={round(point.x)} y={bottom - fontSize * 0.5}>
            {points.length <= 8 ? 'hidden' : '?'}
          </text>
        ))}
      {x
        .ticks(Math.min(steps.length - 1, 6))
        .filter(Number.isInteger)
        .map((tick) => (
          <text key={tick} class="soft middle" x={round(x(tick))} y={bottom + fontSize * 1.3}>
            {tick}
          </text>
        ))}
      <text class="soft middle" x={(left + right) / 2} y={bottom + fontSize * 2.6}>
        segments dropped
      </text>
    </g>
  );
}
