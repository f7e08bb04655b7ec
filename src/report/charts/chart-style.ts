/**
 * Style of every chart, for the style sheet of the page. Colours are the page's own variables (`--ink`, `--ink-soft`, `--paper`, `--panel`,
 * `--line`, `--accent`, `--proxy`, `--cleared`, `--unsure`, `--band`), so that a chart is light or dark with its page. Every chart is drawn twice, for wide
 * and for narrow columns, and the column's width decides which is seen: text shrunk with its drawing could not be read on a phone.
 */
export const CHART_STYLE = `
.chart { margin: 1.5rem 0; container-type: inline-size; break-inside: avoid; }
.chart figcaption { margin: 0 0 .5rem; }
.chart figcaption strong { display: block; }
.chart-note { color: var(--ink-soft); font-size: .875em; }
.chart svg { display: block; width: 100%; max-width: 56rem; height: auto; overflow: hidden; }
.chart .chart-narrow { display: none; }
@container (max-width: 37rem) {
  .chart .chart-wide { display: none; }
  .chart .chart-narrow { display: block; }
}
.chart text { fill: var(--ink); font-family: inherit; font-size: 13.5px; font-variant-numeric: tabular-nums; }
.chart .chart-narrow text, .chart-small text { font-size: 12px; paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; }
.chart-small { max-width: 21rem; margin: .5rem 0; }
.chart text.soft { fill: var(--ink-soft); }
.chart text.plain { font-weight: inherit; }
.chart text.strong { font-weight: 600; }
.chart text.end { text-anchor: end; }
.chart text.middle { text-anchor: middle; }
.chart .grid { stroke: var(--line); stroke-width: 1; fill: none; }
.chart .axis { stroke: var(--ink-soft); stroke-width: 1.25; fill: none; }
.chart .bound { stroke: var(--ink-soft); stroke-width: 1.25; stroke-dasharray: 5 4; fill: none; }
.chart .expected { stroke: var(--ink); stroke-width: 1.75; stroke-dasharray: 7 4; fill: none; }
.chart .allowed { fill: var(--band); }
.chart .stripe { fill: var(--panel); }
.chart .frame { fill: none; stroke: var(--line); stroke-width: 1; }
.chart .hatch { stroke: var(--ink-soft); stroke-width: 1; opacity: .55; }
.chart .bar { fill: var(--accent); opacity: .55; }
.chart .proxy { fill: var(--proxy); stroke: var(--proxy); }
.chart .cleared { fill: var(--paper); stroke: var(--cleared); }
.chart .inconclusive { fill: none; stroke: var(--unsure); }
.chart .unjudged { fill: none; stroke: var(--ink-soft); }
.chart .mark { stroke-width: 1.75; stroke-linejoin: round; }
.chart .whisker { stroke-width: 2.25; fill: none; }
.chart .curve { fill: none; stroke: var(--accent); stroke-width: 2.25; }
.chart .curve-band { fill: var(--accent); opacity: .18; stroke: none; }
.chart .dot { fill: var(--paper); stroke: var(--accent); stroke-width: 2; }
.chart .tint-proxy { fill: var(--proxy); stroke: none; }
.chart .tint-cleared { fill: var(--cleared); stroke: none; }
.chart .tint-full { opacity: .4; }
.chart text.boxed { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; }
.chart .tint-1 { opacity: .14; }
.chart .tint-2 { opacity: .26; }
.chart .tint-3 { opacity: .4; }
.chart .flow { fill: var(--ink-soft); opacity: .28; stroke: none; }
.chart .flow-marked { fill: var(--proxy); opacity: .5; stroke: none; }
.chart .flow-hidden { fill: none; stroke: var(--ink-soft); stroke-width: 1.5; stroke-dasharray: 2 4; }
.chart .flow-hidden-marked { fill: none; stroke: var(--proxy); stroke-width: 2; stroke-dasharray: 2 4; }
.chart .node { fill: var(--ink-soft); stroke: none; }
.chart .node-marked { fill: var(--proxy); stroke: none; }
.chart details { margin-top: .5rem; }
.chart .chart-table { overflow-x: auto; max-height: 30rem; overflow-y: auto; }
.chart td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
@media print {
  .chart .chart-wide { display: block; }
  .chart .chart-narrow { display: none; }
  .chart .chart-table { max-height: none; overflow: visible; }
}
`;
