import { scaleLog } from 'd3-scale';
import type { VNode } from 'preact';
import type { IntervalEstimate } from '../../domain/association.ts';
import { fromJsonNumber, type JsonNumber } from '../../domain/json.ts';
import { formatNumber } from '../../wording/format-number.ts';
import type { Canvas } from './chart-figure.tsx';
import { round } from './marks.tsx';

/** Beyond these, a ratio is drawn as an arrow: what lies there is "many times", and a wider axis would crush the rest. */
const LARGEST = 1000;

/** A logarithmic axis of ratios. */
export interface RatioAxis {
  /** Position of a ratio; what is 0, infinite or beyond the axis stands at its end. */
  readonly at: (ratio: number) => number;
  /** Does a ratio lie on the axis? */
  readonly holds: (ratio: number) => boolean;
  readonly ticks: readonly number[];
}

/**
 * Makes an axis that holds all given ratios and 1.
 *
 * @param ratios - that should be seen; 0 and infinite ones are left out
 * @param from - where small ratios stand, in units of the drawing
 * @param to - where large ones stand
 */
export function ratioAxis(ratios: readonly JsonNumber[], from: number, to: number): RatioAxis {
  const seen = ratios.flatMap((ratio) => {
    const number = fromJsonNumber(ratio);
    return number !== null && number > 0 && Number.isFinite(number)
      ? [Math.min(LARGEST, Math.max(1 / LARGEST, number))]
      : [];
  });
  const least = Math.min(0.5, ...seen) * 0.9;
  const most = Math.max(2, ...seen) * 1.1;
  const scale = scaleLog([least, most], [from, to]).clamp(true);
  return {
    at: (ratio) => scale(Math.min(Math.max(ratio, least), most)),
    holds: (ratio) => ratio >= least && ratio <= most,
    ticks: spacedTicks(least, most, (tick) => scale(tick)),
  };
}

/** Steps 1-2-5, or whole powers of ten where those would touch. */
function spacedTicks(least: number, most: number, at: (tick: number) => number): readonly number[] {
  const powers = Array.from({ length: 9 }, (_, i) => i - 4);
  const of = (steps: readonly number[]): readonly number[] =>
    powers
      .flatMap((power) => steps.map((step) => Number(`${step}e${power}`)))
      .filter((tick) => tick >= least && tick <= most);
  const isSpaced = (ticks: readonly number[]): boolean =>
    ticks.every((tick, i) => i === 0 || Math.abs(at(tick) - at(ticks[i - 1] ?? 0)) >= 30);
  return [of([1, 2, 5]), of([1, 3]), of([1])].find(isSpaced) ?? of([1]);
}

/** The axis with its ticks below a plot, and lines through it; the line at 1 is the strongest. */
export function RatioAxisLines({
  axis,
  top,
  bottom,
  canvas,
}: {
  axis: RatioAxis;
  top: number;
  bottom: number;
  canvas: Canvas;
}): VNode {
  return (
    <g>
      {axis.ticks.map((tick) => (
        <g key={tick}>
          <line class={tick === 1 ? 'axis' : 'grid'} x1={x(axis, tick)} x2={x(axis, tick)} y1={top} y2={bottom} />
          <text class="soft middle" x={x(axis, tick)} y={bottom + canvas.fontSize * 1.3}>
            {formatNumber(tick)}
          </text>
        </g>
      ))}
    </g>
  );
}

function x(axis: RatioAxis, tick: number): number {
  return round(axis.at(tick));
}

/** An interval on the axis, with arrows where it goes on beyond. */
export function Whisker({
  axis,
  interval,
  y,
  className,
}: {
  axis: RatioAxis;
  interval: IntervalEstimate;
  y: number;
  className: string;
}): VNode {
  const lower = fromJsonNumber(interval.lower) ?? 0;
  const upper = fromJsonNumber(interval.upper) ?? Number.POSITIVE_INFINITY;
  const [x1, x2] = [round(axis.at(lower)), round(axis.at(upper))];
  const end = (x0: number, isHeld: boolean, sense: 1 | -1): string =>
    isHeld
      ? `M${x0},${y - 5}V${y + 5}`
      : `M${round(x0 - sense * 7)},${y - 5}L${x0},${y}L${round(x0 - sense * 7)},${y + 5}`;
  return (
    <path
      class={`whisker ${className}`}
      d={`M${x1},${y}H${x2}${end(x1, axis.holds(lower), -1)}${end(x2, axis.holds(upper), 1)}`}
    />
  );
}
