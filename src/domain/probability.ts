import type { IntervalEstimate, Verdict } from './association.ts';
import type { JsonNumber } from './json.ts';

/**
 * What a trait that is known only as a probability shows about a segment. The estimates are attenuated, nearer to no disparity than the
 * truth is likely to be: they can show a proxy, and never clear one.
 */
export interface ProbabilisticAssociation {
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
  /** Panel members with a probability, in and outside the segment. */
  readonly membersInside: number | null;
  readonly membersOutside: number | null;
  readonly rateWithValue: JsonNumber;
  readonly rateWithout: JsonNumber;
  readonly representationRatio: IntervalEstimate;
  readonly riskDifference: IntervalEstimate;
  readonly lnPValue: JsonNumber;
  readonly qValue: number | null;
  readonly attenuated: true;
  readonly verdict: Verdict | null;
  readonly suppressed: boolean;
}
