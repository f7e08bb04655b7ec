import { scaleLinear } from 'd3-scale';
import type { VNode } from 'preact';
import type { Leakage } from '../../domain/leakage.ts';
import { formatPercent } from '../../wording/format-number.ts';

const WIDTH = 292;
const MARGIN = 22;
const BASE = 32;
const MIDDLE = 16;
const TICKS = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** How well all segments together tell a value, with its interval, from guessing to certainty, and the bound of the rule. `null` where it is hidden. */
export function ChancePlot({ row, id }: { readonly row: Leakage; readonly id: string }): VNode | null {
  const { auc, bound, suppressed } = row;
  const [estimate, lower, upper] = [auc.estimate, auc.lower, auc.upper].map(Number);
  if (suppressed || auc.estimate === null || estimate === undefined || lower === undefined || upper === undefined)
    return null;
  const least = lower < 0.5 ? 0.4 : 0.5;
  const scale = scaleLinear()
    .domain([least, 1])
    .range([MARGIN, WIDTH - MARGIN])
    .clamp(true);
  const at = (value: number): number => Math.round(scale(value) * 10) / 10;
  const allowed = bound === null ? '' : `; the rule allows up to ${formatPercent(bound)}`;
  const words = `Told right ${formatPercent(auc.estimate)}, interval ${formatPercent(auc.lower)} to ${formatPercent(auc.upper)}; 50 % is guessing${allowed}.`;
  return (
    <figure class="chart chart-small" id={id}>
      <svg role="img" aria-labelledby={`${id}-title`} viewBox={`0 0 ${WIDTH} 52`}>
        <title id={`${id}-title`}>{words}</title>
        {bound !== null && <rect class="allowed" x={at(least)} y={0} width={at(bound) - at(least)} height={BASE} />}
        <line class="axis" x1={at(0.5)} x2={at(0.5)} y1={0} y2={BASE} />
        <line class="axis" x1={MARGIN} x2={WIDTH - MARGIN} y1={BASE} y2={BASE} />
        {TICKS.filter((tick) => tick >= least).map((tick) => (
          <text key={tick} class="soft middle" x={at(tick)} y={48}>
            {formatPercent(tick).replace('.0', '')}
          </text>
        ))}
        <line class="whisker proxy" x1={at(lower)} x2={at(upper)} y1={MIDDLE} y2={MIDDLE} />
        <circle class="mark proxy" cx={at(estimate)} cy={MIDDLE} r={5} />
      </svg>
      <figcaption class="chart-note">{words}</figcaption>
    </figure>
  );
}
