/** Two limits of a confidence interval, lower <= upper; either may be infinite where the method says so. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** Confidence level of an interval when none is asked for. */
export const DEFAULT_LEVEL = 0.95;

/** Standard normal quantile of 0.975: what 95 % limits of normal estimates are made with. */
export const Z_95 = 1.959963984540054;
