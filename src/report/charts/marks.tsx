import { symbol, symbolCircle, symbolDiamond, symbolTimes, symbolTriangle } from 'd3-shape';
import type { VNode } from 'preact';
import type { Verdict } from '../../domain/association.ts';
import type { Canvas } from './chart-figure.tsx';
import { textWidth } from './chart-text.ts';

/** Every verdict has a shape of its own, so that colour is never the only sign. */
const SHAPES = { proxy: symbolDiamond, cleared: symbolCircle, inconclusive: symbolTimes, unjudged: symbolTriangle };

/** How a verdict is called in legends and tables. */
export const VERDICT_WORDS: Readonly<Record<Verdict | 'unjudged', string>> = {
  proxy: 'proxy',
  cleared: 'cleared',
  inconclusive: 'inconclusive',
  unjudged: 'no rule',
};

/** Class and word of a verdict; `unjudged` where no rule covers the trait. */
export function verdictClass(verdict: Verdict | null): Verdict | 'unjudged' {
  return verdict ?? 'unjudged';
}

/** Path of the symbol of a verdict around the origin; `size` is its area. */
export function markPath(verdict: Verdict | null, size: number): string {
  return symbol(SHAPES[verdictClass(verdict)], size)() ?? '';
}

/** The symbol of a verdict. */
export function Mark({
  verdict,
  x,
  y,
  size = 64,
}: {
  verdict: Verdict | null;
  x: number;
  y: number;
  size?: number;
}): VNode {
  return (
    <path
      class={`mark ${verdictClass(verdict)}`}
      d={markPath(verdict, size)}
      transform={`translate(${round(x)},${round(y)})`}
    />
  );
}

/** One entry of a legend: a sign, about 14 wide and centred on the origin, and its word. */
export interface LegendEntry {
  readonly sign: VNode;
  readonly text: string;
}

/** A legend in as many lines as it needs. */
export function legend(
  entries: readonly LegendEntry[],
  { width, fontSize }: Canvas,
  top: number,
): { readonly content: VNode; readonly height: number } {
  const line = fontSize * 1.6;
  let x = 0;
  let y = top + line / 2;
  const placed = entries.map(({ sign, text }) => {
    const room = 22 + textWidth(text, fontSize) + 16;
    if (x > 0 && x + room > width) {
      x = 0;
      y += line;
    }
    const place = (
      <g key={text} transform={`translate(${round(x + 9)},${round(y)})`}>
        {sign}
        <text class="soft" x={14} y={fontSize * 0.35}>
          {text}
        </text>
      </g>
    );
    x += room;
    return place;
  });
  return { content: <g>{placed}</g>, height: y + line / 2 - top };
}

/** Legend entries of verdicts. */
export function verdictEntries(verdicts: readonly (Verdict | null)[]): readonly LegendEntry[] {
  return (['proxy', 'cleared', 'inconclusive', null] as const)
    .filter((verdict) => verdicts.includes(verdict))
    .map((verdict) => ({ sign: <Mark verdict={verdict} x={0} y={0} />, text: VERDICT_WORDS[verdictClass(verdict)] }));
}

/** Hatching for figures that are hidden; refer to it as `url(#…)`. */
export function HatchPattern({ id }: { id: string }): VNode {
  return (
    <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <line class="hatch" x1={0} y1={0} x2={0} y2={6} />
    </pattern>
  );
}

/** Rounds a coordinate: the file holds no digits that nobody sees. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
