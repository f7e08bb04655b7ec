import { formatNumber } from '../../wording/format-number.ts';
import type { Policy, PolicyThresholds } from './policy.ts';
import { ratioFromShare, shareFromRatio } from './share-from-ratio.ts';

const DEFAULT_BETA = 0.25;

/**
 * Enhanced beta-likeness (Cao and Karras 2012): an observer's gain (p1 - p) / p must not exceed min(beta, -ln p), which allows rare values
 * a large relative gain and common values a small one. Judged on the interval: `proxy` above, `cleared` below. Gains only: a value that is
 * rarer in the segment is never a proxy here.
 */
export const enhancedBetaPolicy: Policy = {
  parameters: {
    beta: {
      type: 'number',
      exclusiveMinimum: 0,
      description: 'Largest relative gain (lift minus 1), whatever the value.',
    },
  },

  judge({ representationRatio: { lower, upper }, prevalence, isDiscovery }, when) {
    const allowed = largestGain(prevalence, when);
    const gain = (ratio: number): number => shareFromRatio(ratio, prevalence) / prevalence - 1;
    if (isDiscovery && lower !== null && gain(lower) > allowed) return { verdict: 'proxy', direction: 'over' };
    return { verdict: upper !== null && gain(upper) < allowed ? 'cleared' : 'inconclusive' };
  },

  largestRatio(prevalence, when) {
    return ratioFromShare(prevalence * (1 + largestGain(prevalence, when)), prevalence);
  },

  explain(when) {
    return (
      `Enhanced beta-likeness: the relative gain (share of the members over share of the panel, minus 1) must not exceed the smaller of ${formatNumber(betaOf(when))} and ` +
      '-ln of the share of the panel. Proxy: its interval lies wholly above. Cleared: wholly below. Otherwise inconclusive.'
    );
  },
};

function betaOf(when: PolicyThresholds): number {
  return Number(when.beta ?? DEFAULT_BETA);
}

function largestGain(prevalence: number, when: PolicyThresholds): number {
  return Math.min(betaOf(when), -Math.log(prevalence));
}
