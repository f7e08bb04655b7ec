import type { Association, ConditionalView, LabelCoverageView } from '../domain/association.ts';
import { cellKey, indexByCell } from '../domain/cell-key.ts';
import { toJsonNumber } from '../domain/json.ts';
import type { TestedAssociation } from '../evidence/multiplicity.ts';
import type { AssociationVerdict } from '../rules/rule-kind.ts';
import { compareLabelCoverage } from '../statistics/label-coverage.ts';
import { manskiBounds } from '../statistics/manski-bounds.ts';
import { HIDDEN_ESTIMATE, showEstimate } from './show-estimate.ts';
import { hiddenCells, isSmallCell } from './small-cells.ts';

/** How associations are shown. */
export interface ShowOptions {
  readonly minCell: number;
  /** Columns that make the strata. */
  readonly strata: readonly string[];
  /** Segments whose size is hidden: their tables would give it away. */
  readonly hiddenSegments: ReadonlySet<string>;
}

/** Brings associations into the form of results JSON, small cells and what would reveal them hidden. */
export function showAssociations(
  measured: readonly TestedAssociation[],
  verdicts: readonly AssociationVerdict[],
  options: ShowOptions,
): readonly Association[] {
  const hidden = hiddenCells(measured, options.minCell, options.hiddenSegments);
  const byKey = indexByCell(verdicts);
  return measured.map((row) => {
    const verdict = byKey.get(cellKey(row.segment, row.trait, row.value));
    return hidden.has(row) ? hide(row, verdict, options.strata) : show(row, verdict, options);
  });
}

function show(row: TestedAssociation, verdict: AssociationVerdict | undefined, options: ShowOptions): Association {
  const { segment, trait, value, table, unweighted } = row;
  return {
    segment,
    trait,
    value,
    counts: { inValue: table.a, inOther: table.b, outValue: table.c, outOther: table.d },
    shareInside: showEstimate(row.shareInside),
    shareOutside: showEstimate(row.shareOutside),
    representationRatio: showEstimate(row.representationRatio),
    riskDifference: showEstimate(row.riskDifference),
    oddsRatio: showEstimate(row.oddsRatio),
    lift: toJsonNumber(row.lift),
    phi: toJsonNumber(row.phi),
    test: row.test,
    pValue: row.pValue,
    lnPValue: toJsonNumber(row.lnPValue),
    qValue: row.lnQValue === null ? null : Math.exp(row.lnQValue),
    minimumDetectableRatio: toJsonNumber(row.minimumDetectableRatio),
    membersNeeded: verdict?.membersNeeded ?? null,
    ratioBound: verdict?.ratioBound ?? null,
    effectiveSize: unweighted === undefined ? null : row.effectiveSize,
    unweighted:
      unweighted === undefined
        ? null
        : {
            shareInside: showEstimate(unweighted.shareInside),
            representationRatio: showEstimate(unweighted.representationRatio),
            pValue: unweighted.pValue,
          },
    conditional: showConditional(row, verdict, options.strata),
    labelCoverage: showLabelCoverage(row, options.minCell),
    verdict: verdict?.verdict ?? null,
    suppressed: false,
  };
}

/** Verdicts stay: they say on which side of a bound a figure lies, not the figure. */
function hide(
  { segment, trait, value, test, conditional }: TestedAssociation,
  verdict: AssociationVerdict | undefined,
  strata: readonly string[],
): Association {
  return {
    segment,
    trait,
    value,
    counts: { inValue: null, inOther: null, outValue: null, outOther: null },
    shareInside: HIDDEN_ESTIMATE,
    shareOutside: HIDDEN_ESTIMATE,
    representationRatio: HIDDEN_ESTIMATE,
    riskDifference: HIDDEN_ESTIMATE,
    oddsRatio: HIDDEN_ESTIMATE,
    lift: null,
    phi: null,
    test,
    pValue: null,
    lnPValue: null,
    qValue: null,
    minimumDetectableRatio: null,
    membersNeeded: null,
    ratioBound: null,
    effectiveSize: null,
    unweighted: null,
    conditional:
      conditional === undefined
        ? null
        : {
            strata,
            representationRatio: HIDDEN_ESTIMATE,
            riskDifference: HIDDEN_ESTIMATE,
            oddsRatio: HIDDEN_ESTIMATE,
            pValue: null,
            qValue: null,
            homogeneityPValue: null,
            informativeStrata: null,
            reversed: conditional.isReversed,
            verdict: verdict?.conditionalVerdict ?? null,
            relation: verdict?.relation ?? null,
          },
    labelCoverage: null,
    verdict: verdict?.verdict ?? null,
    suppressed: true,
  };
}

function showConditional(
  { conditional }: TestedAssociation,
  verdict: AssociationVerdict | undefined,
  strata: readonly string[],
): ConditionalView | null {
  if (conditional === undefined) return null;
  return {
    strata,
    representationRatio: showEstimate(conditional.representationRatio),
    riskDifference: showEstimate(conditional.riskDifference),
    oddsRatio: showEstimate(conditional.oddsRatio),
    pValue: conditional.pValue,
    qValue: conditional.lnQValue === null ? null : Math.exp(conditional.lnQValue),
    homogeneityPValue: conditional.homogeneityPValue,
    informativeStrata: conditional.informativeStrata,
    reversed: conditional.isReversed,
    verdict: verdict?.conditionalVerdict ?? null,
    relation: verdict?.relation ?? null,
  };
}

/** Hidden when the number of unlabelled members on a side is small: the shares and bounds would give it away. */
function showLabelCoverage({ table, unknown }: TestedAssociation, minCell: number): LabelCoverageView | null {
  if (unknown.inside + unknown.outside === 0) return null;
  if (isSmallCell(unknown.inside, minCell) || isSmallCell(unknown.outside, minCell)) return null;
  const inLabelled = table.a + table.b;
  const outLabelled = table.c + table.d;
  const coverage = compareLabelCoverage({
    inLabelled,
    inAll: inLabelled + unknown.inside,
    outLabelled,
    outAll: outLabelled + unknown.outside,
  });
  if (coverage === null) return null;
  const { representationRatio } = manskiBounds({
    inValue: table.a,
    inOther: table.b,
    inUnlabelled: unknown.inside,
    outValue: table.c,
    outOther: table.d,
    outUnlabelled: unknown.outside,
  });
  return {
    shareInside: coverage.inside,
    shareOutside: coverage.outside,
    pValue: coverage.pValue,
    worstCaseRatio: { lower: toJsonNumber(representationRatio.lower), upper: toJsonNumber(representationRatio.upper) },
  };
}
