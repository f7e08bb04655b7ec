import { scaleLinear, scaleLog } from 'd3-scale';
import type { VNode } from 'preact';
import type { IntervalEstimate } from '../../domain/association.ts';
import { fromJsonNumber } from '../../domain/json.ts';
import { formatNumber, formatPercent } from '../../wording/format-number.ts';

const WIDTH = 560;
const HEIGHT = 66;
const MARGIN = 18;
const MIDDLE = 20;
const AXIS = 38;

interface Props {
  readonly title: string;
  readonly interval: IntervalEstimate;
  /** `ratio` on a logarithmic axis around 1; `chance` from 50 % to 100 %. */
  readonly scale: 'ratio' | 'chance';
  /** What a rule allows, where the report knows it. */
  readonly bound?: number | null;
}

/** One estimate with its interval against the value that means no difference; nothing where it is hidden or undefined. */
export function IntervalPlot({ title, interval, scale, bound = null }: Props): VNode | null {
  const [estimate, lower, upper] = [interval.estimate, interval.lower, interval.upper].map(fromJsonNumber);
  if (estimate === null || lower === null || upper === null) return null;
  if (estimate === undefined || lower === undefined || upper === undefined) return null;
  const axis = scale === 'ratio' ? ratioAxis([estimate, lower, upper, bound ?? 1]) : chanceAxis(lower);
  const write = scale === 'ratio' ? formatNumber : formatPercent;
  const neutral = scale === 'ratio' ? 1 : 0.5;
  const [from, to, at] = [axis.place(lower), axis.place(upper), axis.place(estimate)];
  const isOpenEnded = !Number.isFinite(upper);
  const text = `${title}: ${write(interval.estimate)}, interval ${write(interval.lower)} to ${write(interval.upper)}; ${write(neutral)} is no difference${bound === null ? '' : `, ${write(bound)} is the bound`}.`;
  return (
    <svg class="interval" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img" aria-label={text}>
      <line x1={MARGIN} x2={WIDTH - MARGIN} y1={AXIS} y2={AXIS} stroke="var(--line)" />
      {axis.ticks.map((tick) => (
        <g key={tick}>
          <line x1={axis.place(tick)} x2={axis.place(tick)} y1={AXIS} y2={AXIS + 4} stroke="var(--ink-soft)" />
          <text x={axis.place(tick)} y={AXIS + 18} text-anchor="middle" font-size="12" fill="var(--ink-soft)">
            {write(tick)}
          </text>
        </g>
      ))}
      <line x1={axis.place(neutral)} x2={axis.place(neutral)} y1="4" y2={AXIS} stroke="var(--ink-soft)" />
      {bound !== null && (
        <line
          x1={axis.place(bound)}
          x2={axis.place(bound)}
          y1="4"
          y2={AXIS}
          stroke="var(--ink-soft)"
          stroke-dasharray="3 3"
        />
      )}
      <line x1={from} x2={to} y1={MIDDLE} y2={MIDDLE} stroke="var(--proxy)" stroke-width="3" />
      <line x1={from} x2={from} y1={MIDDLE - 6} y2={MIDDLE + 6} stroke="var(--proxy)" stroke-width="2" />
      {isOpenEnded ? (
        <path d={`M${to} ${MIDDLE}l-9 -6v12z`} fill="var(--proxy)" />
      ) : (
        <line x1={to} x2={to} y1={MIDDLE - 6} y2={MIDDLE + 6} stroke="var(--proxy)" stroke-width="2" />
      )}
      <circle cx={at} cy={MIDDLE} r="6" fill="var(--proxy)" stroke="var(--paper)" stroke-width="1.5" />
    </svg>
  );
}

interface Axis {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

const RATIO_TICKS = [0.001, 0.01, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000, 10_000];

function ratioAxis(values: readonly number[]): Axis {
  const finite = values.filter((value) => Number.isFinite(value) && value > 0);
  const low = Math.max(Math.min(0.5, ...finite.map((value) => value / 1.4)), 1e-4);
  const high = Math.min(Math.max(2, ...finite.map((value) => value * 1.4)), 1e5);
  const scale = scaleLog()
    .domain([low, high])
    .range([MARGIN, WIDTH - MARGIN])
    .clamp(true);
  return { place: (value) => rounded(scale(Math.max(value, low))), ticks: sparse(RATIO_TICKS, low, high, scale) };
}

/** Ticks inside the axis that do not touch each other. */
function sparse(
  ticks: readonly number[],
  low: number,
  high: number,
  scale: (value: number) => number,
): readonly number[] {
  const inside = ticks.filter((tick) => tick >= low && tick <= high);
  return inside.filter(
    (tick, index) => tick === 1 || index === 0 || scale(tick) - scale(inside[index - 1] ?? low) > 30,
  );
}

function chanceAxis(lower: number): Axis {
  const low = lower < 0.5 ? 0.4 : 0.5;
  const scale = scaleLinear()
    .domain([low, 1])
    .range([MARGIN, WIDTH - MARGIN])
    .clamp(true);
  const ticks = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].filter((tick) => tick >= low);
  return { place: (value) => rounded(scale(value)), ticks };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
