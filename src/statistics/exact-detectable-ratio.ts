import { testAssociation } from './association-test.ts';
import { representationRatio } from './effect-sizes.ts';
import { type FixedMargins, fixedMargins } from './hypergeometric-tail.ts';
import { fittedTable } from './miettinen-nurminen-odds-ratio.ts';
import type { MinimumDetectableRatio } from './minimum-detectable-ratio.ts';
import { decreasingRoot } from './monotone-root.ts';
import { noncentralTails } from './noncentral-hypergeometric.ts';
import type { TwoByTwo } from './two-by-two.ts';

/** Absolute error allowed in the logarithm of the odds ratio. */
const TOLERANCE = 1e-8;

/** What is asked of the test. */
export interface DetectionOptions {
  /** Two-sided significance level; default 0.05. For a run with many tests: the largest p that counted as significant. */
  readonly alpha?: number;
  /** Probability of detection asked for; default 0.8. */
  readonly power?: number;
  /** Which ratio to look for; the other is `null`. Default both. */
  readonly side?: 'over' | 'under' | 'both';
  /** The ratio to report; default the representation ratio. */
  readonly measure?: (table: TwoByTwo) => number | null;
}

/**
 * Computes the smallest over- and under-representation that the test of this tool would have detected with exactly these margins: the count
 * from which it is significant, then the odds ratio under which that count is reached with the power asked for (noncentral
 * hypergeometric distribution), then the ratio in the table fitted to that odds ratio.
 *
 * The figure to print; {@link minimumDetectableRatio} is the approximation for a million rows (1 us against about 20), which for fewer than
 * 5 expected users and a strict alpha claims ratios that are detected in 50 to 70 % of cases only.
 *
 * @param table - only its margins are used.
 * @returns `null` where no count of these margins would be significant.
 * @see REFERENCES.md#cornfield-1956
 */
export function exactDetectableRatio(table: TwoByTwo, options: DetectionOptions = {}): MinimumDetectableRatio {
  const fixed = fixedMargins(table);
  const { side = 'both' } = options;
  return {
    over: side === 'under' ? null : detectableRatio(fixed, 1, options),
    under: side === 'over' ? null : detectableRatio(fixed, -1, options),
  };
}

function detectableRatio(fixed: FixedMargins, side: 1 | -1, options: DetectionOptions): number | null {
  const { alpha = 0.05, power = 0.8, measure = representationRatio } = options;
  const critical = criticalCount(fixed, side, Math.log(alpha));
  if (critical === null) return null;
  const { a, b, c, d } = tableWith(critical, fixed);
  const spread = Math.sqrt(1 / (a + 0.5) + 1 / (b + 0.5) + 1 / (c + 0.5) + 1 / (d + 0.5));
  const guess = side * Math.log((((a + 0.5) / (b + 0.5)) * (d + 0.5)) / (c + 0.5)) + spread;
  const lnPower = Math.log(power);
  const shortfall = (t: number): number => {
    const { above, below } = noncentralTails(critical, Math.exp(side * t), fixed);
    const reached = side === 1 ? above : below;
    return lnPower - Math.log((1 + reached) / (1 + above + below));
  };
  const lnOddsRatio = side * decreasingRoot(shortfall, { guess, step: spread / 2, tolerance: TOLERANCE });
  return measure(fittedTable({ a, b, c, d }, Math.exp(lnOddsRatio)));
}

/** The count nearest to the mode, on one side of it, at which the test is significant. */
function criticalCount(fixed: FixedMargins, side: 1 | -1, lnAlpha: number): number | null {
  const isSignificant = (count: number): boolean => {
    const result = testAssociation(tableWith(count, fixed));
    return result !== null && result.lnPValue <= lnAlpha;
  };
  let outer = side === 1 ? fixed.most : fixed.least;
  let inner = fixed.mode;
  if (outer === inner || !isSignificant(outer)) return null;
  while (Math.abs(outer - inner) > 1) {
    const middle = inner + Math.trunc((outer - inner) / 2);
    if (isSignificant(middle)) outer = middle;
    else inner = middle;
  }
  return outer;
}

function tableWith(a: number, { drawn, marked, total }: FixedMargins): TwoByTwo {
  return { a, b: drawn - a, c: marked - a, d: total - drawn - marked + a };
}
