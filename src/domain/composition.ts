import type { IntervalEstimate } from './association.ts';
import type { JsonNumber } from './json.ts';

/** Two segments whose members, taken together, show more of a trait value than each alone and both multiplied. */
export interface Composition {
  /** Id under which findings speak of the composition. */
  readonly segment: string;
  /** In words, such as `"A" and not "B"`. */
  readonly name: string;
  readonly kind: 'and' | 'and-not';
  readonly first: string;
  readonly second: string;
  readonly trait: string;
  readonly value: string;
  /** Labelled panel members of the composition; `null` when hidden. */
  readonly members: number | null;
  readonly shareInside: IntervalEstimate;
  /** The larger share of the two parts alone. */
  readonly largerShare: number | null;
  readonly representationRatio: IntervalEstimate;
  readonly riskDifference: IntervalEstimate;
  /** The representation ratio inside the part with the larger share. */
  readonly beyondLarger: IntervalEstimate;
  /** Odds ratio over what both parts multiplied would give. */
  readonly synergy: IntervalEstimate;
  readonly lnPValue: JsonNumber;
  readonly qValue: number | null;
  readonly suppressed: boolean;
}

/** What the search for compositions covered. */
export interface CompositionSearch {
  /** Segments with enough panel members, and those of them that were searched. */
  readonly segments: number;
  readonly searched: number;
  readonly pairs: number;
  /** Tests corrected together; and those left out, since no count could have made them significant. */
  readonly candidates: number;
  readonly dropped: number;
  /** Were segments left out to keep the time bounded? */
  readonly cut: boolean;
}
