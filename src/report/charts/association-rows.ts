import type { Association } from '../../domain/association.ts';
import { fromJsonNumber } from '../../domain/json.ts';
import { compareText } from '../../domain/order.ts';
import { formatInterval } from '../../wording/format-interval.ts';
import { capitalised, traitWords } from '../../wording/trait-words.ts';

/**
 * How far the interval of the ratio keeps away from 1, on a log scale: 0 where it holds 1. What is certainly large counts more than what may
 * be.
 */
export function certainStrength({ representationRatio: { lower, upper } }: Association): number {
  const low = fromJsonNumber(lower) ?? 0;
  const high = fromJsonNumber(upper) ?? Number.POSITIVE_INFINITY;
  if (low > 1) return Math.log(low);
  return high < 1 ? -Math.log(Math.max(high, 1e-9)) : 0;
}

const RANKS = { proxy: 0, inconclusive: 1, cleared: 2 } as const;

/** Proxies first, then what was not concluded, each by how far its interval keeps away from 1; hidden figures last of their verdict. */
export function compareWorst(a: Association, b: Association): number {
  return (
    rankOf(a) - rankOf(b) ||
    Number(a.suppressed) - Number(b.suppressed) ||
    certainStrength(b) - certainStrength(a) ||
    compareText(a.segment, b.segment) ||
    compareText(a.trait, b.trait) ||
    compareText(a.value, b.value)
  );
}

function rankOf({ verdict }: Association): number {
  return verdict === null ? 3 : RANKS[verdict];
}

/** Labelled members of the segment; `null` when hidden. */
export function labelledMembers({ counts: { inValue, inOther } }: Association): number | null {
  return inValue === null || inOther === null ? null : inValue + inOther;
}

/** An interval in words, such as `2.3 (1.8 to 3)`. */
export function intervalText({ representationRatio: ratio, suppressed }: Association): string {
  if (suppressed) return 'hidden';
  return ratio.estimate === null ? '?' : formatInterval(ratio);
}

/** A trait value the way the page says it. */
export function valueTitle({ trait, value }: Pick<Association, 'trait' | 'value'>): string {
  return `${capitalised(traitWords(trait))}: ${value}`;
}
