import { scaleLinear } from 'd3-scale';
import type { VNode } from 'preact';
import { formatCount } from '../../wording/format-number.ts';
import { capitalised, traitWords } from '../../wording/trait-words.ts';
import type { VerdictCounts } from '../publishable-report.ts';
import { type Canvas, ChartFigure, type Drawing } from './chart-figure.tsx';
import { fitText } from './chart-text.ts';
import { HatchPattern, legend, Mark, round } from './marks.tsx';

export interface VerdictBarsProps {
  readonly verdicts: readonly VerdictCounts[];
  readonly id?: string;
}

const VERDICTS = ['proxy', 'cleared', 'inconclusive'] as const;
const BAR_CLASSES = { proxy: 'tint-proxy tint-full', cleared: 'tint-cleared tint-3', inconclusive: 'stripe' } as const;

/** How many segments have which verdict, by trait. Names no segment. `null` where every count is withheld. */
export function VerdictBars({ verdicts, id = 'verdict-bars' }: VerdictBarsProps): VNode | null {
  const shown = verdicts.filter(({ counts }) => counts !== null);
  if (shown.length === 0) return null;
  return (
    <ChartFigure
      id={id}
      title="Segments by verdict"
      note="Each bar is all segments that were compared for the trait."
      description={shown.map(describe).join(' ')}
      draw={(canvas) => drawBars(shown, canvas)}
      table={{
        header: ['Trait', 'Proxy', 'Cleared', 'Inconclusive'],
        rows: shown.map(({ trait, counts }) => [
          capitalised(traitWords(trait)),
          ...VERDICTS.map((verdict) => counts?.[verdict] ?? 0),
        ]),
      }}
    />
  );
}

function describe({ trait, segments, counts }: VerdictCounts): string {
  const parts = VERDICTS.map((verdict) => `${formatCount(counts?.[verdict] ?? 0)} ${verdict}`);
  return `${fitText(traitWords(trait), 400, 10)}: ${formatCount(segments)} segments, ${parts.join(', ')}.`;
}

function drawBars(rows: readonly VerdictCounts[], canvas: Canvas): Drawing {
  const { width, isNarrow, fontSize, id } = canvas;
  const left = isNarrow ? 0 : 190;
  const bar = 24;
  const pitch = isNarrow ? bar + fontSize * 2.2 : bar + 12;
  const bottom = rows.length * pitch;
  const hatch = `${id}-hatch`;
  const key = legend(
    VERDICTS.map((verdict) => ({ sign: <Mark verdict={verdict} x={0} y={0} />, text: verdict })),
    canvas,
    bottom + 4,
  );
  return {
    height: bottom + key.height + 6,
    content: (
      <>
        <defs>
          <HatchPattern id={hatch} />
        </defs>
        {rows.map((row, index) => {
          const y = index * pitch + (isNarrow ? fontSize * 1.5 : 0);
          return (
            <g key={row.trait}>
              <text
                x={isNarrow ? 0 : left - 10}
                y={isNarrow ? y - 5 : y + bar / 2 + fontSize * 0.35}
                text-anchor={isNarrow ? 'start' : 'end'}
              >
                {fitText(capitalised(traitWords(row.trait)), isNarrow ? width : left - 12, fontSize)}
              </text>
              <Bar row={row} from={left} to={width} y={y} height={bar} hatch={hatch} canvas={canvas} />
            </g>
          );
        })}
        {key.content}
      </>
    ),
  };
}

function Bar({
  row: { segments, counts },
  from,
  to,
  y,
  height,
  hatch,
  canvas: { fontSize },
}: {
  row: VerdictCounts;
  from: number;
  to: number;
  y: number;
  height: number;
  hatch: string;
  canvas: Canvas;
}): VNode {
  const x = scaleLinear([0, segments], [from, to]);
  let start = 0;
  return (
    <>
      {VERDICTS.map((verdict) => {
        const count = counts?.[verdict] ?? 0;
        const [x1, x2] = [x(start), x(start + count)];
        start += count;
        if (count === 0) return null;
        const place = { x: round(x1), y, width: round(x2 - x1), height };
        return (
          <g key={verdict}>
            <rect class={BAR_CLASSES[verdict]} {...place} />
            {verdict === 'inconclusive' && <rect {...place} fill={`url(#${hatch})`} />}
            <rect class="frame" {...place} />
            {x2 - x1 > 44 && (
              <>
                <Mark verdict={verdict} x={x1 + 12} y={y + height / 2} size={44} />
                <text class="boxed" x={round(x1 + 22)} y={y + height / 2 + fontSize * 0.35}>
                  {formatCount(count)}
                </text>
              </>
            )}
          </g>
        );
      })}
    </>
  );
}
