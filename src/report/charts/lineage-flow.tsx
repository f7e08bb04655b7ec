import { area, curveBumpX } from 'd3-shape';
import type { VNode } from 'preact';
import type { LineageRecord } from '../../domain/lineage.ts';
import { compareText } from '../../domain/order.ts';
import type { AuditReport } from '../../domain/report.ts';
import { formatCount, formatPercent } from '../../wording/format-number.ts';
import { type Canvas, ChartFigure, type Drawing } from './chart-figure.tsx';
import { fitText } from './chart-text.ts';
import { legend, Mark, round } from './marks.tsx';

export interface LineageFlowProps {
  readonly report: AuditReport;
  readonly id?: string;
  /** Most flows: those of sensitive segments first, then the largest. */
  readonly flows?: number;
}

/** What went from an earlier segment to a later one. */
interface Flow {
  readonly record: LineageRecord;
  readonly before: string;
  readonly after: string;
  /** Does the earlier segment state a trait, or has the later one a finding for what it took over? */
  readonly isSensitive: boolean;
  /** Shares of the two segments; at least these where `isBound`, `null` where nothing may be said. */
  readonly share: { readonly ofBefore: number | null; readonly ofAfter: number | null };
  readonly isBound: boolean;
}

const TABLE_ROWS = 200;

/**
 * What became of the segments of an earlier export: bands from earlier to later segments, as wide as the share of each that they are, those
 * of sensitive segments marked. Bands whose shares are hidden are dashed. `null` without an earlier export.
 */
export function LineageFlow({ report, id = 'lineage-flow', flows = 24 }: LineageFlowProps): VNode | null {
  const all = flowsOf(report);
  if (all.length === 0) return null;
  const shown = all.slice(0, flows);
  const sensitive = all.filter(({ isSensitive }) => isSensitive).length;
  const gone = report.lineage.filter(({ kind }) => kind === 'dropped').length;
  const fresh = report.lineage.filter(({ kind }) => kind === 'new').length;
  return (
    <ChartFigure
      id={id}
      title="What became of the earlier segments"
      note={
        'From the earlier export on the left to this one on the right. A band is as wide as its share of the segment at each end; a dashed one shows only that people went there: its shares are hidden, and the table says the bound that may be told.' +
        (all.length > shown.length
          ? ` ${formatCount(shown.length)} of ${formatCount(all.length)} bands: those of sensitive segments, then the widest.`
          : '') +
        ` Ended: ${formatCount(gone)}; without a forerunner: ${formatCount(fresh)}.`
      }
      description={
        `${formatCount(all.length)} later segments hold a good part of an earlier one. ${formatCount(sensitive)} of these bands come from segments that stated a trait. ` +
        'Names and shares are in the table below.'
      }
      draw={(canvas) => drawFlows(shown, canvas)}
      table={{
        header: [
          'Earlier segment',
          'Later segment',
          'What happened',
          'Share of the earlier',
          'Share of the later',
          'Stated a trait',
        ],
        rows: all
          .slice(0, TABLE_ROWS)
          .map(({ record, before, after, isSensitive, share, isBound }) => [
            before,
            after,
            record.kind,
            shareText(share.ofBefore, isBound),
            shareText(share.ofAfter, isBound),
            isSensitive ? 'yes' : '',
          ]),
        total: all.length,
      }}
    />
  );
}

function shareText(share: number | null, isBound: boolean): string {
  if (share === null) return 'hidden';
  return isBound ? `at least ${formatPercent(share)}` : formatPercent(share);
}

function flowsOf({ lineage, findings }: AuditReport): readonly Flow[] {
  const sensitive = new Set(
    findings.flatMap(({ segment, evidence }) =>
      evidence.flatMap((item) => (item.kind === 'lineage' ? [JSON.stringify([item.before, segment])] : [])),
    ),
  );
  return lineage
    .flatMap((record): readonly Flow[] => {
      const { before, after, nameBefore, nameAfter, atLeast, suppressed } = record;
      if (before === null || after === null) return [];
      return [
        {
          record,
          before: nameBefore ?? before,
          after: nameAfter ?? after,
          isSensitive: sensitive.has(JSON.stringify([before, after])),
          share: suppressed
            ? {
                ofBefore: atLeast?.of === 'before' ? atLeast.share : null,
                ofAfter: atLeast?.of === 'after' ? atLeast.share : null,
              }
            : { ofBefore: record.shareOfBefore, ofAfter: record.shareOfAfter },
          isBound: suppressed,
        },
      ];
    })
    .sort(
      (a, b) =>
        Number(b.isSensitive) - Number(a.isSensitive) ||
        widest(b) - widest(a) ||
        compareText(a.record.before ?? '', b.record.before ?? '') ||
        compareText(a.record.after ?? '', b.record.after ?? ''),
    );
}

function widest({ share }: Flow): number {
  return Math.max(share.ofBefore ?? 0, share.ofAfter ?? 0);
}

/** A segment on one side, and where its next band begins. */
interface Node {
  readonly name: string;
  readonly y: number;
  isSensitive: boolean;
  used: number;
}

function drawFlows(flows: readonly Flow[], canvas: Canvas): Drawing {
  const { width, isNarrow, fontSize } = canvas;
  const labels = isNarrow ? 0 : 210;
  const size = isNarrow ? 16 : 20;
  const pitch = isNarrow ? size + fontSize * 1.7 : size + 12;
  const top = fontSize * 2.2 + (isNarrow ? fontSize * 0.6 : 0);
  const [from, to] = [labels + 12, width - labels - 12];
  const idsOf = (side: 'before' | 'after'): number => new Set(flows.map(({ record }) => record[side])).size;
  const most = Math.max(idsOf('before'), idsOf('after'));
  const nodesOf = (side: 'before' | 'after'): ReadonlyMap<string, Node> => {
    const nodes = new Map<string, Node>();
    // The side with fewer segments is spread over the same height, so that bands stay level.
    const step = (most * pitch) / idsOf(side);
    for (const flow of flows) {
      const key = flow.record[side] ?? '';
      const node = nodes.get(key) ?? {
        name: flow[side],
        y: round(top + nodes.size * step),
        isSensitive: false,
        used: 0,
      };
      node.isSensitive ||= flow.isSensitive;
      nodes.set(key, node);
    }
    return nodes;
  };
  const [left, right] = [nodesOf('before'), nodesOf('after')];
  const bottom = top + most * pitch;
  const key = legend(
    [
      ...(flows.some(({ isSensitive }) => isSensitive)
        ? [{ sign: <Mark verdict="proxy" x={0} y={0} />, text: 'stated a trait before, under its name or topics' }]
        : []),
      ...(flows.some(({ isBound }) => isBound)
        ? [
            {
              sign: <rect class="flow-hidden" x={-8} y={-5} width={16} height={10} />,
              text: 'shares hidden: see the table',
            },
          ]
        : []),
    ],
    canvas,
    bottom,
  );
  return {
    height: bottom + key.height + 2,
    content: (
      <>
        <text class="soft" x={isNarrow ? 0 : labels} y={fontSize} text-anchor={isNarrow ? 'start' : 'end'}>
          earlier export
        </text>
        <text class="soft" x={isNarrow ? width : width - labels} y={fontSize} text-anchor={isNarrow ? 'end' : 'start'}>
          this export
        </text>
        {flows.map((flow) => {
          const [source, target] = [left.get(flow.record.before ?? ''), right.get(flow.record.after ?? '')];
          return source === undefined || target === undefined ? null : (
            <Band
              key={JSON.stringify([flow.record.before, flow.record.after])}
              {...{ flow, source, target, from, to, size }}
            />
          );
        })}
        {[...left].map(([segment, node]) => (
          <NodeMark
            key={`before ${segment}`}
            node={node}
            x={from}
            side="left"
            size={size}
            canvas={canvas}
            room={labels}
          />
        ))}
        {[...right].map(([segment, node]) => (
          <NodeMark
            key={`after ${segment}`}
            node={node}
            x={to}
            side="right"
            size={size}
            canvas={canvas}
            room={labels}
          />
        ))}
        {key.content}
      </>
    ),
  };
}

function Band({
  flow,
  source,
  target,
  from,
  to,
  size,
}: {
  flow: Flow;
  source: Node;
  target: Node;
  from: number;
  to: number;
  size: number;
}): VNode {
  const { ofBefore, ofAfter } = flow.share;
  const known = ofBefore ?? ofAfter ?? 0.04;
  const [atSource, atTarget] = [(ofBefore ?? known) * size, (ofAfter ?? known) * size];
  const ends = [
    { x: from, low: source.y + source.used, high: source.y + source.used + atSource },
    { x: to, low: target.y + target.used, high: target.y + target.used + atTarget },
  ];
  source.used = Math.min(size - 1, source.used + atSource);
  target.used = Math.min(size - 1, target.used + atTarget);
  const d = area<(typeof ends)[number]>()
    .x(({ x }) => x)
    .y0(({ low }) => low)
    .y1(({ high }) => high)
    .curve(curveBumpX)
    .digits(1)(ends);
  const className = `flow${flow.isBound ? '-hidden' : ''}${flow.isSensitive ? '-marked' : ''}`;
  return <path class={className} d={d ?? ''} />;
}

function NodeMark({
  node,
  x,
  side,
  size,
  room,
  canvas: { isNarrow, fontSize, width },
}: {
  node: Node;
  x: number;
  side: 'left' | 'right';
  size: number;
  room: number;
  canvas: Canvas;
}): VNode {
  const isLeft = side === 'left';
  const anchorX = isNarrow ? (isLeft ? 0 : width) : isLeft ? x - 14 : x + 14;
  const y = isNarrow ? node.y - 4 : node.y + size / 2 + fontSize * 0.35;
  const anchor = isNarrow === isLeft ? 'start' : 'end';
  const indent = node.isSensitive ? 13 : 0;
  const sense = anchor === 'start' ? 1 : -1;
  return (
    <>
      <rect
        class={node.isSensitive ? 'node-marked' : 'node'}
        x={isLeft ? x - 6 : x}
        y={round(node.y)}
        width={6}
        height={size}
      />
      {node.isSensitive && <Mark verdict="proxy" x={anchorX + sense * 5} y={y - fontSize * 0.35} size={40} />}
      <text
        class={node.isSensitive ? 'strong' : 'plain'}
        x={anchorX + sense * indent}
        y={round(y)}
        text-anchor={anchor}
      >
        {fitText(node.name, (isNarrow ? width / 2 - 8 : room - 8) - indent, fontSize * (node.isSensitive ? 1.06 : 1))}
      </text>
    </>
  );
}
