/** What a self-test found for one trait value: the weakest planted proxy that this audit catches. */
export interface SelfTestResult {
  readonly trait: string;
  readonly value: string;
  /** Labelled members of a planted segment: the median of the export's segments. `null` when too small to show. */
  readonly members: number | null;
  /** Smallest planted strength from which on four of five are caught; `null` when even the strongest is not. */
  readonly weakestCaught: number | null;
  /** Strengths that were planted, weakest first, with the share that was caught. */
  readonly strengths: readonly { readonly strength: number; readonly caught: number }[];
}
