/** An effect with its interval. A part that is not defined is `null`; a ratio may be `Infinity`. */
export interface EffectEstimate {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** An effect that is not defined at all. */
export const UNDEFINED_EFFECT: EffectEstimate = { estimate: null, lower: null, upper: null };
