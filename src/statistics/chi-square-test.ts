import { lnChiSquareSf } from './distributions.ts';

/** A statistic referred to the chi-square distribution. */
export interface ChiSquareTest {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** 0 when it underflows; `lnPValue` stays finite. */
  readonly pValue: number;
  /** Natural logarithm of the p-value. */
  readonly lnPValue: number;
}

/** Looks up the upper tail of a chi-square statistic with at least one degree of freedom. */
export function chiSquareTest(statistic: number, degreesOfFreedom: number): ChiSquareTest {
  const lnPValue = lnChiSquareSf(statistic, degreesOfFreedom);
  return { statistic, degreesOfFreedom, pValue: Math.exp(lnPValue), lnPValue };
}
