import type { VNode } from 'preact';
import type { Association } from '../../domain/association.ts';
import { fromJsonNumber } from '../../domain/json.ts';
import type { AuditReport } from '../../domain/report.ts';
import { formatCount, formatNumber } from '../../wording/format-number.ts';
import { traitWords } from '../../wording/trait-words.ts';
import { allAssociations } from '../all-associations.ts';
import { segmentNames } from '../finding-subject.ts';
import { certainStrength, compareWorst, intervalText, labelledMembers, valueTitle } from './association-rows.ts';
import { type Canvas, ChartFigure, type Drawing } from './chart-figure.tsx';
import { fitText, textWidth } from './chart-text.ts';
import { RatioAxisLines, ratioAxis, Whisker } from './log-axis.tsx';
import { HatchPattern, legend, Mark, round, VERDICT_WORDS, verdictClass, verdictEntries } from './marks.tsx';
import { withoutTwins } from './twins.ts';

/** Which comparisons are drawn. */
export interface ForestPlotProps {
  readonly report: AuditReport;
  /** Id of the figure in the page. */
  readonly id?: string;
  /** Only this trait, and only this value of it. */
  readonly trait?: string;
  readonly value?: string;
  /** Most rows. */
  readonly rows?: number;
}

/**
 * Representation ratios with their intervals on a log axis, the worst first, before the bounds of the rules. Rows whose figures are hidden
 * are there and say so; limits of 0 or infinity are arrows. Of a trait with two values, one is drawn. `null` when nothing was compared.
 */
export function ForestPlot({ report, id = 'forest-plot', trait, value, rows = 20 }: ForestPlotProps): VNode | null {
  const all = withoutTwins(allAssociations(report), report.findings)
    .filter((row) => (trait === undefined || row.trait === trait) && (value === undefined || row.value === value))
    .filter((row) => row.suppressed || row.representationRatio.estimate !== null)
    .sort(compareWorst);
  if (all.length === 0) return null;
  const shown = worstRows(all, rows);
  const nameOf = segmentNames(report);
  const left = all.length - shown.length;
  const of =
    trait === undefined ? 'trait values' : value === undefined ? traitWords(trait) : valueTitle({ trait, value });
  return (
    <ChartFigure
      id={id}
      title="How much more often: representation ratios"
      note={
        'How many times as often users with the trait value are in the segment as other users, with the 95 % interval. 1 is no difference. ' +
        'A proxy lies wholly outside the shaded bounds of its rule or beyond another bound of it; cleared lies wholly inside; an arrow goes on beyond the axis.' +
        (left > 0 ? ` The ${formatCount(shown.length)} worst of ${formatCount(all.length)} comparisons.` : '')
      }
      description={describe(shown, of, nameOf)}
      draw={(canvas) => drawForest(shown, nameOf, canvas)}
      table={{
        header: ['Segment', 'Trait value', 'Ratio', 'Lower', 'Upper', 'Labelled members', 'Allowed up to', 'Verdict'],
        rows: shown.map((row) => [
          nameOf(row.segment) ?? row.segment,
          valueTitle(row),
          ...(['estimate', 'lower', 'upper'] as const).map((key) =>
            row.suppressed ? 'hidden' : formatNumber(row.representationRatio[key]),
          ),
          row.suppressed ? 'hidden' : formatCount(labelledMembers(row) ?? 0),
          row.ratioBound === null ? '' : formatNumber(row.ratioBound),
          VERDICT_WORDS[verdictClass(row.verdict)],
        ]),
        total: all.length,
      }}
    />
  );
}

/** Proxies with figures, then the rest; hidden proxies keep a fifth of the rows, since they are proxies all the same. */
function worstRows(sorted: readonly Association[], rows: number): readonly Association[] {
  const hidden = sorted.filter((row) => row.suppressed && row.verdict === 'proxy').slice(0, Math.ceil(rows / 5));
  const rest = sorted.filter((row) => !row.suppressed).slice(0, rows - hidden.length);
  return [...rest, ...hidden].sort(compareWorst);
}

function describe(rows: readonly Association[], of: string, nameOf: (segment: string) => string | null): string {
  const count = (verdict: Association['verdict']): number => rows.filter((row) => row.verdict === verdict).length;
  const [worst] = [...rows].sort((a, b) => certainStrength(b) - certainStrength(a));
  const strongest =
    worst === undefined || worst.suppressed
      ? ''
      : ` The farthest from 1 for certain is ${fitText(nameOf(worst.segment) ?? worst.segment, 400, 10)} for ${fitText(valueTitle(worst), 400, 10)}: ${intervalText(worst)}.`;
  return (
    `Forest plot of ${formatCount(rows.length)} comparisons of ${fitText(of, 400, 10)}: ${formatCount(count('proxy'))} proxies, ` +
    `${formatCount(count('inconclusive'))} inconclusive, ${formatCount(count('cleared'))} cleared.${strongest} All figures are in the table below.`
  );
}

function drawForest(rows: readonly Association[], nameOf: (segment: string) => string | null, canvas: Canvas): Drawing {
  const { width, isNarrow, fontSize, id } = canvas;
  const figures = Math.max(...rows.map((row) => textWidth(intervalText(row), fontSize)));
  const labels = isNarrow ? 0 : 232;
  const from = labels + 10;
  const to = width - (isNarrow ? 10 : figures + 14);
  const line = fontSize * 1.3;
  const rowHeight = isNarrow ? 3 * line + 10 : 2 * line + 8;
  const bottom = rows.length * rowHeight;
  const axis = ratioAxis(
    rows.flatMap(({ representationRatio: { estimate, lower, upper }, ratioBound }) => [
      estimate,
      lower,
      upper,
      ratioBound,
      ratioBound === null ? null : 1 / ratioBound,
    ]),
    from,
    to,
  );
  const hatch = `${id}-hatch`;
  const hasHidden = rows.some((row) => row.suppressed);
  const bounded = rows.some(({ ratioBound }) => ratioBound !== null);
  const key = legend(
    [
      ...verdictEntries(rows.map(({ verdict }) => verdict)),
      ...(bounded
        ? [{ sign: <rect class="allowed" x={-8} y={-7} width={16} height={14} />, text: 'allowed by the rule' }]
        : []),
      ...(hasHidden
        ? [
            {
              sign: <rect x={-8} y={-7} width={16} height={14} fill={`url(#${hatch})`} />,
              text: 'figures hidden: a small group',
            },
          ]
        : []),
    ],
    canvas,
    bottom + line * 2.6,
  );
  return {
    height: bottom + line * 2.6 + key.height + 4,
    content: (
      <>
        <defs>
          <HatchPattern id={hatch} />
        </defs>
        {rows.map(({ ratioBound, segment, trait, value }, index) =>
          ratioBound === null ? null : (
            <rect
              key={JSON.stringify([segment, trait, value])}
              class="allowed"
              x={round(axis.at(1 / ratioBound))}
              y={index * rowHeight}
              width={round(axis.at(ratioBound) - axis.at(1 / ratioBound))}
              height={rowHeight + 0.5}
            />
          ),
        )}
        <RatioAxisLines axis={axis} top={0} bottom={bottom} canvas={canvas} />
        <text class="soft middle" x={round((from + to) / 2)} y={bottom + line * 2.2}>
          representation ratio (log scale)
        </text>
        {rows.map((row, index) => {
          const top = index * rowHeight;
          const y = isNarrow ? top + 2 * line + 14 : top + rowHeight / 2;
          return (
            <g key={JSON.stringify([row.segment, row.trait, row.value])}>
              {index > 0 && <line class="grid" x1={0} x2={width} y1={top} y2={top} />}
              <RowLabel row={row} name={nameOf(row.segment) ?? row.segment} top={top} room={labels} canvas={canvas} />
              {row.suppressed ? (
                <rect x={round(from)} y={y - 8} width={round(to - from)} height={16} fill={`url(#${hatch})`} />
              ) : (
                <>
                  <Whisker axis={axis} interval={row.representationRatio} y={y} className={verdictClass(row.verdict)} />
                  <Mark
                    verdict={row.verdict}
                    x={axis.at(fromJsonNumber(row.representationRatio.estimate) ?? 1)}
                    y={y}
                    size={70}
                  />
                </>
              )}
            </g>
          );
        })}
        {key.content}
      </>
    ),
  };
}

/** Name, trait value and figures: beside the interval where there is room, else above it. */
function RowLabel({
  row,
  name,
  top,
  room,
  canvas: { width, fontSize, isNarrow },
}: {
  row: Association;
  name: string;
  top: number;
  room: number;
  canvas: Canvas;
}): VNode {
  const line = fontSize * 1.3;
  const figures = intervalText(row);
  const beside = isNarrow ? width - textWidth(figures, fontSize) - 12 : room;
  const first = top + line + (isNarrow ? 0 : 1);
  return (
    <>
      <text class="strong" x={0} y={first}>
        {fitText(name, isNarrow ? width : room, fontSize * 1.06)}
      </text>
      <text class="soft" x={0} y={first + line}>
        {fitText(valueTitle(row), beside, fontSize)}
      </text>
      <text class="end" x={width} y={isNarrow ? first + line : first + line * 0.55}>
        {figures}
      </text>
    </>
  );
}
