import { scaleLinear } from 'd3-scale';
import type { VNode } from 'preact';
import type { AuditReport } from '../../domain/report.ts';
import { formatCount, formatNumber } from '../../wording/format-number.ts';
import { type Canvas, ChartFigure, type Drawing } from './chart-figure.tsx';
import { legend, round } from './marks.tsx';
import { withoutTwins } from './twins.ts';

export interface PValueHistogramProps {
  readonly report: AuditReport;
  readonly id?: string;
}

const BINS = 20;

/** Fewer p-values than this make no shape. */
const FEWEST = 20;

/**
 * How the p-values of all comparisons are spread, a health check of the tests: where there is nothing to find they fill all bins alike, what
 * there is to find heaps up on the left. A heap elsewhere means that the tests are not to be trusted. `null` for fewer than 20 values.
 */
export function PValueHistogram({ report, id = 'p-values' }: PValueHistogramProps): VNode | null {
  const all = withoutTwins(report.associations, []).filter(({ test }) => test !== null);
  const values = all.flatMap(({ pValue }) => (pValue === null ? [] : [pValue]));
  if (values.length < FEWEST) return null;
  const bins = new Array<number>(BINS).fill(0);
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor(value * BINS));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const expected = values.length / BINS;
  const hidden = all.length - values.length;
  return (
    <ChartFigure
      id={id}
      title="Health check of the tests: p-values"
      note={
        'Without anything to find, every bar would reach about to the dashed line. A heap on the left is what the audit found; a heap on the right or in the middle would mean that the tests do not fit the data.' +
        (hidden > 0 ? ` ${formatCount(hidden)} comparisons with hidden figures are left out.` : '')
      }
      description={
        `Histogram of ${formatCount(values.length)} p-values in ${BINS} bins. ${formatCount(bins[0] ?? 0)} are below 0.05, where chance alone would give about ` +
        `${formatNumber(expected)}; the largest of the other bins holds ${formatCount(Math.max(...bins.slice(1)))}.`
      }
      draw={(canvas) => drawHistogram(bins, expected, canvas)}
      table={{
        header: ['p from', 'p below', 'Comparisons', 'Expected by chance'],
        rows: bins.map((count, index) => [
          formatNumber(index / BINS),
          formatNumber((index + 1) / BINS),
          count,
          formatNumber(expected),
        ]),
      }}
    />
  );
}

function drawHistogram(bins: readonly number[], expected: number, canvas: Canvas): Drawing {
  const { width, isNarrow, fontSize } = canvas;
  const [left, right, top, bottom] = [40, width - 8, 8, isNarrow ? 170 : 220];
  const x = scaleLinear([0, bins.length], [left, right]);
  const y = scaleLinear([0, Math.max(...bins, expected)], [bottom, top]).nice(5);
  const key = legend(
    [
      { sign: <rect class="bar" x={-8} y={-7} width={16} height={14} />, text: 'comparisons' },
      { sign: <path class="expected" d="M-9,0H9" />, text: 'expected by chance' },
    ],
    canvas,
    bottom + fontSize * 3,
  );
  return {
    height: bottom + fontSize * 3 + key.height + 2,
    content: (
      <>
        {y
          .ticks(5)
          .filter(Number.isInteger)
          .map((tick) => (
            <g key={tick}>
              <line class={tick === 0 ? 'axis' : 'grid'} x1={left} x2={right} y1={round(y(tick))} y2={round(y(tick))} />
              <text class="soft end" x={left - 5} y={round(y(tick) + fontSize * 0.35)}>
                {formatCount(tick)}
              </text>
            </g>
          ))}
        {bins.map((count, index) => (
          <rect
            key={index}
            class="bar"
            x={round(x(index) + 1)}
            y={round(y(count))}
            width={round(x(1) - x(0) - 2)}
            height={round(bottom - y(count))}
          />
        ))}
        <path class="expected" d={`M${left},${round(y(expected))}H${right}`} />
        {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
          <text key={tick} class="soft middle" x={round(x(tick * bins.length))} y={bottom + fontSize * 1.3}>
            {formatNumber(tick)}
          </text>
        ))}
        <text class="soft middle" x={(left + right) / 2} y={bottom + fontSize * 2.5}>
          p-value
        </text>
        {key.content}
      </>
    ),
  };
}
