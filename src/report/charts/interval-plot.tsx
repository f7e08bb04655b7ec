import type { VNode } from 'preact';
import type { IntervalEstimate, Verdict } from '../../domain/association.ts';
import { cellKey } from '../../domain/cell-key.ts';
import type { Finding } from '../../domain/finding.ts';
import { fromJsonNumber } from '../../domain/json.ts';
import type { AuditReport } from '../../domain/report.ts';
import { formatNumber } from '../../wording/format-number.ts';
import { allAssociations } from '../all-associations.ts';
import { RatioAxisLines, ratioAxis, Whisker } from './log-axis.tsx';
import { Mark, round, verdictClass } from './marks.tsx';

export interface IntervalPlotProps {
  readonly finding: Finding;
  /** Measured effects of the report's findings; see `measuredEffects`. */
  readonly effects: MeasuredEffects;
  readonly id?: string;
}

interface MeasuredEffect {
  readonly ratio: IntervalEstimate;
  readonly bound: number | null;
  readonly verdict: Verdict | null;
  readonly suppressed: boolean;
}

/** Effects by segment, trait and value. */
export type MeasuredEffects = ReadonlyMap<string, MeasuredEffect>;

/** Prepares the look-up of the ratios that findings rest on, once for all of them. */
export function measuredEffects(report: AuditReport): MeasuredEffects {
  const found = new Set(report.findings.map(({ segment }) => segment));
  const rows: [string, MeasuredEffect][] = [];
  for (const { segment, trait, value, representationRatio, verdict, suppressed } of [
    ...report.probabilities,
    ...report.compositions.map((row) => ({ ...row, verdict: 'proxy' as const })),
  ]) {
    rows.push([cellKey(segment, trait, value), { ratio: representationRatio, bound: null, verdict, suppressed }]);
  }
  for (const { segment, trait, value, representationRatio, ratioBound, verdict, suppressed } of allAssociations(
    report,
  )) {
    // Of millions of rows, a few are looked up.
    if (!found.has(segment)) continue;
    rows.push([cellKey(segment, trait, value), { ratio: representationRatio, bound: ratioBound, verdict, suppressed }]);
  }
  return new Map(rows);
}

/** As wide as a card on a small phone: text is not shrunk there. */
const CANVAS = { width: 292, isNarrow: true, fontSize: 12 } as const;

/**
 * The representation ratio of one finding with its interval and the bound of its rule: small enough to stand beside the words. The figures are
 * in its caption. `null` for a finding without a ratio, and where it is hidden.
 */
export function IntervalPlot({
  finding,
  effects,
  id = `interval-${finding.fingerprint}`,
}: IntervalPlotProps): VNode | null {
  const { segment, trait, value = '' } = finding;
  const effect = effects.get(cellKey(segment, trait, value));
  const estimate = fromJsonNumber(effect?.ratio.estimate ?? null);
  if (effect === undefined || effect.suppressed || estimate === null) return null;
  const { ratio, bound, verdict } = effect;
  const axis = ratioAxis(
    [ratio.estimate, ratio.lower, ratio.upper, bound, bound === null ? null : 1 / bound],
    8,
    CANVAS.width - 8,
  );
  const canvas = { ...CANVAS, id };
  const allowed = bound === null ? '' : `; the rule allows ${formatNumber(1 / bound)} to ${formatNumber(bound)}`;
  const words = `Representation ratio ${formatNumber(ratio.estimate)}, 95 % interval ${formatNumber(ratio.lower)} to ${formatNumber(ratio.upper)}${allowed}.`;
  return (
    <figure class="chart chart-small" id={id}>
      <svg role="img" aria-labelledby={`${id}-title`} viewBox={`0 0 ${CANVAS.width} 52`}>
        <title id={`${id}-title`}>{words}</title>
        {bound !== null && (
          <rect
            class="allowed"
            x={round(axis.at(1 / bound))}
            y={0}
            width={round(axis.at(bound) - axis.at(1 / bound))}
            height={32}
          />
        )}
        <RatioAxisLines axis={axis} top={0} bottom={32} canvas={canvas} />
        <Whisker axis={axis} interval={ratio} y={16} className={verdictClass(verdict)} />
        <Mark verdict={verdict} x={axis.at(estimate)} y={16} />
      </svg>
      <figcaption class="chart-note">{words}</figcaption>
    </figure>
  );
}
