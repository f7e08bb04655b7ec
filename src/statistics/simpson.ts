import type { EffectEstimate } from './effect-estimate.ts';
import { DEFAULT_LEVEL } from './interval.ts';
import { mantelHaenszelOddsRatio } from './mantel-haenszel.ts';
import { marginalTable } from './stratum.ts';
import type { TwoByTwo } from './two-by-two.ts';

/** How the association changes when the strata are looked at one by one. */
export interface SimpsonComparison {
  /** Odds ratio of the strata added up, with a log-scale interval. */
  readonly marginal: EffectEstimate;
  /** Mantel-Haenszel odds ratio inside strata. */
  readonly conditional: EffectEstimate;
  /**
   * - `reversed`: both intervals exclude 1, on opposite sides;
   * - `explained`: the marginal interval excludes 1, the conditional one does not;
   * - `masked`: the conditional interval excludes 1, the marginal one does not;
   * - `agree`: both exclude 1 on the same side;
   * - `none`: neither excludes 1;
   * - `unknown`: an interval is not defined.
   */
  readonly kind: 'reversed' | 'explained' | 'masked' | 'agree' | 'none' | 'unknown';
  /** Whether the two point estimates lie on opposite sides of 1, whatever the intervals say. */
  readonly estimatesReversed: boolean;
}

/**
 * Compares the association of segment and trait value in the margin with the one inside strata, and names Simpson's
 * paradox where the two point in opposite directions.
 *
 * `explained` is not proof of absence: the conditional interval may be wide. What an observer can exploit is the
 * marginal association all the same.
 *
 * @param level - confidence level of both intervals, 0.95 by default.
 * @see REFERENCES.md#simpson-1951
 */
export function compareWithStrata(strata: readonly TwoByTwo[], level: number = DEFAULT_LEVEL): SimpsonComparison {
  // One stratum's Mantel-Haenszel odds ratio is ad/bc, and its variance 1/a + 1/b + 1/c + 1/d (Woolf).
  const marginal = mantelHaenszelOddsRatio([marginalTable(strata)], level);
  const conditional = mantelHaenszelOddsRatio(strata, level);
  const marginalSide = provenSide(marginal);
  const conditionalSide = provenSide(conditional);
  return {
    marginal,
    conditional,
    kind: classify(marginalSide, conditionalSide),
    estimatesReversed: side(marginal.estimate) * side(conditional.estimate) < 0,
  };
}

function classify(marginal: number | null, conditional: number | null): SimpsonComparison['kind'] {
  if (marginal === null || conditional === null) return 'unknown';
  if (marginal * conditional < 0) return 'reversed';
  if (marginal !== 0) return conditional === 0 ? 'explained' : 'agree';
  return conditional === 0 ? 'none' : 'masked';
}

/** -1 or 1 when the interval lies wholly on one side of 1, 0 when it holds 1, `null` without an interval. */
function provenSide({ lower, upper }: EffectEstimate): number | null {
  if (lower === null || upper === null) return null;
  return lower > 1 ? 1 : upper < 1 ? -1 : 0;
}

function side(estimate: number | null): number {
  return estimate === null ? 0 : Math.sign(estimate - 1);
}
