import type { IntervalEstimate } from '../domain/association.ts';
import { toJsonNumber } from '../domain/json.ts';
import type { ProbabilisticAssociation } from '../domain/probability.ts';
import type { MeasuredProbability } from '../evidence/probabilities.ts';
import type { EffectEstimate } from '../statistics/effect-estimate.ts';
import type { ShowOptions } from './show-associations.ts';
import { HIDDEN_ESTIMATE, showEstimate } from './show-estimate.ts';
import { isSmallCell } from './small-cells.ts';

/**
 * Brings probabilistic associations into the form of results JSON. A row is hidden when either side has so few members that it is about
 * single people.
 *
 * @param isProxy - whether a rule claimed the row; such a panel never clears one, so all others are inconclusive
 */
export function showProbabilities(
  measured: readonly MeasuredProbability[],
  isProxy: (row: MeasuredProbability) => boolean,
  { minCell, hiddenSegments }: Pick<ShowOptions, 'minCell' | 'hiddenSegments'>,
): readonly ProbabilisticAssociation[] {
  return measured.map((row) => {
    const { segment, trait, value, membersInside, membersOutside, lnQValue } = row;
    const isSmall = isSmallCell(membersInside, minCell) || isSmallCell(membersOutside, minCell);
    const suppressed = isSmall || hiddenSegments.has(segment);
    return {
      segment,
      trait,
      value,
      membersInside: suppressed ? null : membersInside,
      membersOutside: suppressed ? null : membersOutside,
      rateWithValue: suppressed ? null : toJsonNumber(row.rateWithValue),
      rateWithout: suppressed ? null : toJsonNumber(row.rateWithout),
      representationRatio: toEstimate(row.representationRatio, suppressed),
      riskDifference: toEstimate(row.riskDifference, suppressed),
      lnPValue: suppressed ? null : toJsonNumber(row.lnPValue),
      qValue: suppressed || lnQValue === null ? null : Math.exp(lnQValue),
      attenuated: true,
      verdict: isProxy(row) ? 'proxy' : 'inconclusive',
      suppressed,
    };
  });
}

function toEstimate(estimate: EffectEstimate, suppressed: boolean): IntervalEstimate {
  return suppressed ? HIDDEN_ESTIMATE : showEstimate(estimate);
}
