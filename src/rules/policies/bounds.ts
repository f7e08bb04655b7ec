import { formatNumber, formatPercent } from '../../wording/format-number.ts';
import type { Policy } from './policy.ts';

/** Ratio that counts as no disparity in employment law's four-fifths rule, and its inverse (29 CFR § 1607.4 D). */
const DEFAULT_RATIO = 1.25;
const DEFAULT_GAP = 0.1;

/**
 * Compares the limits of the 95 % intervals with bounds on the representation ratio and on the gap.
 *
 * - `proxy`: a whole interval lies beyond its bound, and the finding survives the run's control of false discoveries;
 * - `cleared`: both intervals lie wholly inside, so that a larger departure is ruled out;
 * - `inconclusive`: neither is shown.
 */
export const boundsPolicy: Policy = {
  parameters: {
    ratio: {
      type: 'number',
      exclusiveMinimum: 1,
      description: 'Representation ratio up to which there is no proxy; 1/ratio below 1.',
    },
    gap: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 1,
      description: 'Difference between the shares inside and outside up to which there is no proxy.',
    },
  },

  judge({ representationRatio, riskDifference, isDiscovery }, when) {
    const ratio = Number(when.ratio ?? DEFAULT_RATIO);
    const gap = Number(when.gap ?? DEFAULT_GAP);
    const { lower, upper } = representationRatio;
    const difference = riskDifference;
    if (lower === null || upper === null || difference.lower === null || difference.upper === null)
      return { verdict: 'inconclusive' };
    if (isDiscovery && (lower > ratio || difference.lower > gap)) return { verdict: 'proxy', direction: 'over' };
    if (isDiscovery && (upper < 1 / ratio || difference.upper < -gap)) return { verdict: 'proxy', direction: 'under' };
    const isInside = lower > 1 / ratio && upper < ratio && difference.lower > -gap && difference.upper < gap;
    return { verdict: isInside ? 'cleared' : 'inconclusive' };
  },

  explain(when) {
    const ratio = Number(when.ratio ?? DEFAULT_RATIO);
    const gap = Number(when.gap ?? DEFAULT_GAP);
    return (
      `Proxy: the 95 % interval of the representation ratio lies wholly above ${formatNumber(ratio)} (or below ${formatNumber(1 / ratio)}), or that of the difference ` +
      `between the shares inside and outside lies wholly beyond ${formatPercent(gap)}, and the q-value is within the run's level. ` +
      'Cleared: both intervals lie wholly inside these bounds. Otherwise inconclusive.'
    );
  },
};
