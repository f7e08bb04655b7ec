import { formatPercent } from '../../wording/format-number.ts';
import type { Policy, PolicyThresholds } from './policy.ts';
import { ratioFromShare, shareFromRatio } from './share-from-ratio.ts';

/** The threshold of the browser-cohort trial of 2021 (Medina et al.). */
const DEFAULT_GAP = 0.1;

/**
 * The browser-cohort rule: the share of the members that have the value must not exceed the panel's by more than t. The trial compared
 * point estimates; here the interval decides, so that a small panel is inconclusive instead of passed or flagged by chance. Blind to rare
 * values: a value of 2 % may reach 12 %, six times its share. Offered for comparison.
 */
export const tClosenessPolicy: Policy = {
  parameters: {
    t: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 1,
      description: 'Largest difference between the share of the members and of the panel.',
    },
  },

  judge({ representationRatio: { lower, upper }, prevalence, isDiscovery }, when) {
    const t = thresholdOf(when);
    const gap = (ratio: number): number => shareFromRatio(ratio, prevalence) - prevalence;
    if (isDiscovery && lower !== null && gap(lower) > t) return { verdict: 'proxy', direction: 'over' };
    return { verdict: upper !== null && gap(upper) < t ? 'cleared' : 'inconclusive' };
  },

  largestRatio(prevalence, when) {
    return ratioFromShare(Math.min(1, prevalence + thresholdOf(when)), prevalence);
  },

  explain(when) {
    return (
      `t-closeness as in the browser-cohort trial: the share of the members must not exceed the share of the panel by more than ${formatPercent(thresholdOf(when))}. ` +
      'Proxy: the interval of that difference lies wholly above. Cleared: wholly below. Otherwise inconclusive. Blind to rare values.'
    );
  },
};

function thresholdOf(when: PolicyThresholds): number {
  return Number(when.t ?? DEFAULT_GAP);
}
