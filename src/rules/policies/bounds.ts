import { formatNumber, formatPercent } from '../../wording/format-number.ts';
import type { JudgedEffects, Policy, PolicyThresholds, PolicyVerdict } from './policy.ts';

/** Ratio that counts as no disparity in employment law's four-fifths rule, inverted (29 CFR § 1607.4 D). */
const DEFAULT_RATIO = 1.25;

/**
 * Compares the limits of the 95 % intervals with bounds on the representation ratio, on the gap and on the posterior.
 *
 * - `proxy`: an interval lies wholly beyond its bound, and the finding survives the run's control of false discoveries;
 * - `cleared`: every interval lies wholly inside its bound, so that a larger departure is ruled out;
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
    posterior: {
      type: 'number',
      exclusiveMinimum: 0,
      exclusiveMaximum: 1,
      description:
        'Share of the members up to which there is no proxy, for values that a smaller share of the panel has.',
    },
  },

  judge(effects, when): PolicyVerdict {
    const { ratio, gap } = thresholds(when);
    const { representationRatio, riskDifference, isDiscovery } = effects;
    const isOver =
      isAbove(representationRatio.lower, ratio) || isAbove(riskDifference.lower, gap) || isTelling(effects, when);
    if (isDiscovery && isOver) return { verdict: 'proxy', direction: 'over' };
    const isUnder = isBelow(representationRatio.upper, 1 / ratio) || isBelow(riskDifference.upper, -gap);
    if (isDiscovery && isUnder) return { verdict: 'proxy', direction: 'under' };
    return { verdict: isInside(effects, when) ? 'cleared' : 'inconclusive' };
  },

  largestRatio(_prevalence, when) {
    return thresholds(when).ratio;
  },

  largestGap(when) {
    return thresholds(when).gap;
  },

  explain(when) {
    const { ratio, gap, posterior } = thresholds(when);
    const telling =
      posterior === undefined
        ? ''
        : `, or that of the members' share lies wholly above ${formatPercent(posterior)} while less of the panel has the value`;
    const difference = Number.isFinite(gap)
      ? `, or that of the difference between the shares inside and outside lies wholly beyond ${formatPercent(gap)}`
      : '';
    return (
      `Proxy: the 95 % interval of the representation ratio lies wholly above ${formatNumber(ratio)} (or below ${formatNumber(1 / ratio)})${difference}${telling}, ` +
      "and the q-value is within the run's level. Cleared: every interval lies wholly inside its bound. Otherwise inconclusive."
    );
  },
};

function thresholds(when: PolicyThresholds): { ratio: number; gap: number; posterior: number | undefined } {
  return {
    ratio: Number(when.ratio ?? DEFAULT_RATIO),
    gap: Number(when.gap ?? Number.POSITIVE_INFINITY),
    posterior: when.posterior === undefined ? undefined : Number(when.posterior),
  };
}

/** Do so many members have the value that membership tells it, while most of the panel has not? */
function isTelling({ shareInside, prevalence }: JudgedEffects, when: PolicyThresholds): boolean {
  const { posterior } = thresholds(when);
  return posterior !== undefined && prevalence < posterior && isAbove(shareInside.lower, posterior);
}

function isInside(
  { representationRatio, riskDifference, shareInside, prevalence }: JudgedEffects,
  when: PolicyThresholds,
): boolean {
  const { ratio, gap, posterior } = thresholds(when);
  const hasFewTelling =
    posterior === undefined || prevalence >= posterior || shareInside.upper === null || shareInside.upper < posterior;
  return (
    hasFewTelling &&
    isAbove(representationRatio.lower, 1 / ratio) &&
    isBelow(representationRatio.upper, ratio) &&
    (gap === Number.POSITIVE_INFINITY || (isAbove(riskDifference.lower, -gap) && isBelow(riskDifference.upper, gap)))
  );
}

function isAbove(limit: number | null, bound: number): boolean {
  return limit !== null && limit > bound;
}

function isBelow(limit: number | null, bound: number): boolean {
  return limit !== null && limit < bound;
}
