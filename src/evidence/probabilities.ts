import { compareText } from '../domain/order.ts';
import type { ProbabilityCount, ProbabilityMoments } from '../engine/count-source.ts';
import { lnNormalSf } from '../statistics/distributions.ts';
import type { EffectEstimate } from '../statistics/effect-estimate.ts';
import { UNDEFINED_EFFECT } from '../statistics/effect-estimate.ts';
import { Z_95 } from '../statistics/interval.ts';
import { adjustLnP } from '../statistics/p-adjust.ts';
import { type SoftCell, softClassEstimate } from '../statistics/soft-class.ts';

/**
 * What a trait that is known only as a probability shows about a segment. The estimates are attenuated: they usually lie nearer to no
 * disparity than the truth (Chen et al. 2019), so they can show a proxy and never clear one.
 */
export interface MeasuredProbability {
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
  readonly membersInside: number;
  readonly membersOutside: number;
  /** Estimated share of users with the value that are in the segment, and of users without it. */
  readonly rateWithValue: number | null;
  readonly rateWithout: number | null;
  readonly representationRatio: EffectEstimate;
  readonly riskDifference: EffectEstimate;
  /** Mean probability over the panel: the estimated prevalence. */
  readonly prevalence: number;
  /** Two-sided test that the two rates are the same, on the log scale of their ratio. */
  readonly lnPValue: number | null;
  readonly lnQValue: number | null;
  readonly isDiscovery: boolean;
}

/** Measures every segment against every probability; tests are corrected together. */
export function measureProbabilities(
  counts: readonly ProbabilityCount[],
  control: { readonly method: 'bh' | 'by' | 'holm'; readonly level: number },
): readonly MeasuredProbability[] {
  const sorted = [...counts].sort(
    (x, y) => compareText(x.trait, y.trait) || compareText(x.segment, y.segment) || compareText(x.value, y.value),
  );
  const measured = sorted.map(measure);
  const lnQ = adjustLnP(
    measured.map((row) => row.lnPValue),
    control.method,
  );
  return measured.map((row, index) => {
    const lnQValue = lnQ[index] ?? null;
    return { ...row, lnQValue, isDiscovery: lnQValue !== null && lnQValue <= Math.log(control.level) };
  });
}

function measure({
  segment,
  trait,
  value,
  inside,
  outside,
}: ProbabilityCount): Omit<MeasuredProbability, 'lnQValue' | 'isDiscovery'> {
  const estimate = softClassEstimate(toCell(inside), toCell(outside));
  const ratio = estimate?.representationRatio ?? UNDEFINED_EFFECT;
  return {
    segment,
    trait,
    value,
    membersInside: inside.members,
    membersOutside: outside.members,
    rateWithValue: estimate?.rateWithValue ?? null,
    rateWithout: estimate?.rateWithout ?? null,
    representationRatio: ratio,
    riskDifference: estimate?.disparity ?? UNDEFINED_EFFECT,
    prevalence: (inside.weightP + outside.weightP) / (inside.weight + outside.weight),
    lnPValue: lnPOfRatio(ratio),
  };
}

/** The interval is symmetric on the log scale, so its width gives the standard error back. */
function lnPOfRatio({ estimate, lower, upper }: EffectEstimate): number | null {
  if (estimate === null || lower === null || upper === null || !(lower > 0) || !Number.isFinite(upper)) return null;
  const standardError = Math.log(upper / lower) / (2 * Z_95);
  if (!(standardError > 0)) return null;
  return Math.min(0, Math.LN2 + lnNormalSf(Math.abs(Math.log(estimate)) / standardError));
}

function toCell({ members, ...sums }: ProbabilityMoments): SoftCell {
  return { n: members, ...sums };
}
