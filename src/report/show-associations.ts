import type { Association, AssociationCounts, ConditionalView, LabelCoverageView } from '../domain/association.ts';
import { toJsonNumber } from '../domain/json.ts';
import type { TestedAssociation, TestedConditional } from '../evidence/tested-row.ts';
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

const HIDDEN_COUNTS: AssociationCounts = { inValue: null, inOther: null, outValue: null, outOther: null };

/**
 * Brings associations into the form of results JSON, small cells and what would reveal them hidden.
 *
 * @param verdicts - at the place of each association, the verdict on it
 * @returns rows whose figures are read when asked for: copies of millions of them would take as much memory again
 */
export function showAssociations(
  measured: readonly TestedAssociation[],
  verdicts: readonly (AssociationVerdict | undefined)[],
  options: ShowOptions,
): readonly Association[] {
  const hidden = hiddenCells(measured, options.minCell, options.hiddenSegments);
  return measured.map((row, place) => {
    const verdict = verdicts[place];
    return hidden.has(row)
      ? new HiddenAssociation(row, verdict, options.strata)
      : new ShownAssociation(row, verdict, options);
  });
}

/** An association all of whose figures may be seen. */
class ShownAssociation implements Association {
  readonly #row: TestedAssociation;
  readonly #verdict: AssociationVerdict | undefined;
  readonly #options: ShowOptions;

  constructor(row: TestedAssociation, verdict: AssociationVerdict | undefined, options: ShowOptions) {
    this.#row = row;
    this.#verdict = verdict;
    this.#options = options;
  }

  get segment(): Association['segment'] {
    return this.#row.segment;
  }

  get trait(): Association['trait'] {
    return this.#row.trait;
  }

  get value(): Association['value'] {
    return this.#row.value;
  }

  get counts(): Association['counts'] {
    const { a, b, c, d } = this.#row.table;
    return { inValue: a, inOther: b, outValue: c, outOther: d };
  }

  get shareInside(): Association['shareInside'] {
    return showEstimate(this.#row.shareInside);
  }

  get shareOutside(): Association['shareOutside'] {
    return showEstimate(this.#row.shareOutside);
  }

  get representationRatio(): Association['representationRatio'] {
    return showEstimate(this.#row.representationRatio);
  }

  get riskDifference(): Association['riskDifference'] {
    return showEstimate(this.#row.riskDifference);
  }

  get oddsRatio(): Association['oddsRatio'] {
    return showEstimate(this.#row.oddsRatio);
  }

  get lift(): Association['lift'] {
    return toJsonNumber(this.#row.lift);
  }

  get phi(): Association['phi'] {
    return toJsonNumber(this.#row.phi);
  }

  get test(): Association['test'] {
    return this.#row.test;
  }

  get pValue(): Association['pValue'] {
    return this.#row.pValue;
  }

  get lnPValue(): Association['lnPValue'] {
    return toJsonNumber(this.#row.lnPValue);
  }

  get qValue(): Association['qValue'] {
    const { lnQValue } = this.#row;
    return lnQValue === null ? null : Math.exp(lnQValue);
  }

  get minimumDetectableRatio(): Association['minimumDetectableRatio'] {
    return toJsonNumber(this.#row.minimumDetectableRatio);
  }

  get membersNeeded(): Association['membersNeeded'] {
    return this.#verdict?.membersNeeded ?? null;
  }

  get ratioBound(): Association['ratioBound'] {
    return this.#verdict?.ratioBound ?? null;
  }

  get effectiveSize(): Association['effectiveSize'] {
    return this.#row.unweighted === undefined ? null : this.#row.effectiveSize;
  }

  get unweighted(): Association['unweighted'] {
    const { unweighted } = this.#row;
    if (unweighted === undefined) return null;
    return {
      shareInside: showEstimate(unweighted.shareInside),
      representationRatio: showEstimate(unweighted.representationRatio),
      pValue: unweighted.pValue,
    };
  }

  get conditional(): Association['conditional'] {
    return showConditional(this.#row, this.#verdict, this.#options.strata);
  }

  get labelCoverage(): Association['labelCoverage'] {
    return showLabelCoverage(this.#row, this.#options.minCell);
  }

  get verdict(): Association['verdict'] {
    return this.#verdict?.verdict ?? null;
  }

  get suppressed(): Association['suppressed'] {
    return false;
  }

  toJSON(): Association {
    return plain(this);
  }
}

/** Verdicts stay: they say on which side of a bound a figure lies, not the figure. Nothing else of the row is kept here. */
class HiddenAssociation implements Association {
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
  readonly test: Association['test'];
  readonly verdict: Association['verdict'];
  readonly conditional: ConditionalView | null;

  constructor(
    { segment, trait, value, test, conditional }: TestedAssociation,
    verdict: AssociationVerdict | undefined,
    strata: readonly string[],
  ) {
    this.segment = segment;
    this.trait = trait;
    this.value = value;
    this.test = test;
    this.verdict = verdict?.verdict ?? null;
    this.conditional = conditional === undefined ? null : hideConditional(conditional, verdict, strata);
  }

  get counts(): Association['counts'] {
    return HIDDEN_COUNTS;
  }

  get shareInside(): Association['shareInside'] {
    return HIDDEN_ESTIMATE;
  }

  get shareOutside(): Association['shareOutside'] {
    return HIDDEN_ESTIMATE;
  }

  get representationRatio(): Association['representationRatio'] {
    return HIDDEN_ESTIMATE;
  }

  get riskDifference(): Association['riskDifference'] {
    return HIDDEN_ESTIMATE;
  }

  get oddsRatio(): Association['oddsRatio'] {
    return HIDDEN_ESTIMATE;
  }

  get lift(): Association['lift'] {
    return null;
  }

  get phi(): Association['phi'] {
    return null;
  }

  get pValue(): Association['pValue'] {
    return null;
  }

  get lnPValue(): Association['lnPValue'] {
    return null;
  }

  get qValue(): Association['qValue'] {
    return null;
  }

  get minimumDetectableRatio(): Association['minimumDetectableRatio'] {
    return null;
  }

  get membersNeeded(): Association['membersNeeded'] {
    return null;
  }

  get ratioBound(): Association['ratioBound'] {
    return null;
  }

  get effectiveSize(): Association['effectiveSize'] {
    return null;
  }

  get unweighted(): Association['unweighted'] {
    return null;
  }

  get labelCoverage(): Association['labelCoverage'] {
    return null;
  }

  get suppressed(): Association['suppressed'] {
    return true;
  }

  toJSON(): Association {
    return plain(this);
  }
}

/** A copy with properties of its own, in the order of results JSON. */
function plain(row: Association): Association {
  return {
    segment: row.segment,
    trait: row.trait,
    value: row.value,
    counts: row.counts,
    shareInside: row.shareInside,
    shareOutside: row.shareOutside,
    representationRatio: row.representationRatio,
    riskDifference: row.riskDifference,
    oddsRatio: row.oddsRatio,
    lift: row.lift,
    phi: row.phi,
    test: row.test,
    pValue: row.pValue,
    lnPValue: row.lnPValue,
    qValue: row.qValue,
    minimumDetectableRatio: row.minimumDetectableRatio,
    membersNeeded: row.membersNeeded,
    ratioBound: row.ratioBound,
    effectiveSize: row.effectiveSize,
    unweighted: row.unweighted,
    conditional: row.conditional,
    labelCoverage: row.labelCoverage,
    verdict: row.verdict,
    suppressed: row.suppressed,
  };
}

function hideConditional(
  { isReversed }: TestedConditional,
  verdict: AssociationVerdict | undefined,
  strata: readonly string[],
): ConditionalView {
  return {
    strata,
    representationRatio: HIDDEN_ESTIMATE,
    riskDifference: HIDDEN_ESTIMATE,
    oddsRatio: HIDDEN_ESTIMATE,
    pValue: null,
    qValue: null,
    homogeneityPValue: null,
    informativeStrata: null,
    reversed: isReversed,
    verdict: verdict?.conditionalVerdict ?? null,
    relation: verdict?.relation ?? null,
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
