import type { IntervalEstimate } from '../domain/association.ts';
import { formatNumber, formatPercent } from './format-number.ts';

/** Writes an estimate with its interval, such as `2.3 (1.8 to 3)`. */
export function formatInterval({ estimate, lower, upper }: IntervalEstimate): string {
  return `${formatNumber(estimate)} (${formatNumber(lower)} to ${formatNumber(upper)})`;
}

/** The same of a share, such as `23 % (18 % to 30 %)`. */
export function formatPercentInterval({ estimate, lower, upper }: IntervalEstimate): string {
  return `${formatPercent(estimate)} (${formatPercent(lower)} to ${formatPercent(upper)})`;
}
