import { type ComponentType, h, type VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { AuditReport } from '../../src/domain/report.ts';
import { ForestPlot } from '../../src/report/charts/forest-plot.tsx';
import { FunnelPlot } from '../../src/report/charts/funnel-plot.tsx';
import { HeatMap } from '../../src/report/charts/heat-map.tsx';
import { IntervalPlot, measuredEffects } from '../../src/report/charts/interval-plot.tsx';
import { LineageFlow } from '../../src/report/charts/lineage-flow.tsx';
import { PValueHistogram } from '../../src/report/charts/p-values.tsx';
import { RemovalCurve } from '../../src/report/charts/removal-curve.tsx';
import { VerdictBars } from '../../src/report/charts/verdict-bars.tsx';
import { publishable } from '../../src/report/publishable-report.ts';
import { parseXml, type XmlElement } from '../formats/parse-xml.ts';

/** Every chart of a report, by name; nothing where there is nothing to plot. */
export const CHARTS: Readonly<Record<string, (report: AuditReport) => string>> = {
  'forest plot': (report) => rendered(ForestPlot, { report }),
  'funnel plot': (report) => rendered(FunnelPlot, { report }),
  'removal curve': (report) => rendered(RemovalCurve, { report }),
  'lineage flow': (report) => rendered(LineageFlow, { report }),
  'histogram of p-values': (report) => rendered(PValueHistogram, { report }),
  'heat map': (report) => rendered(HeatMap, { report }),
  'bars of verdicts': (report) => rendered(VerdictBars, { verdicts: publishable(report).verdicts }),
  'interval plots': (report) =>
    report.findings
      .map((finding, index) =>
        rendered(IntervalPlot, { finding, effects: measuredEffects(report), id: `interval-${index}` }),
      )
      .join(''),
};

/** Writes a component as the page does. */
export function rendered<Props>(chart: (props: Props) => VNode | null, props: Props): string {
  return renderToString(h(chart as ComponentType<object>, props as object));
}

/** Reads what a chart is made of. Throws where it is not well-formed. (`]]>` is plain text in HTML, and not in XML.) */
export function elementsOf(html: string): readonly XmlElement[] {
  const flat = (element: XmlElement): XmlElement[] => [element, ...element.children.flatMap(flat)];
  return flat(parseXml(`<charts>${html.replaceAll(']]>', ']]&gt;')}</charts>`));
}

/** All that people read in a chart. */
export function textOf(html: string): string {
  return elementsOf(html)
    .map(({ text }) => text)
    .join('\n');
}
