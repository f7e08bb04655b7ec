/**
 * Counts of people with noise that hides any single one of them, made for the publishable edition: (epsilon, delta)-differentially private
 * against adding or removing all rows of one person.
 */
export interface PrivateCounts {
  readonly mechanism: 'discrete-laplace';
  /** Of all counts together. */
  readonly epsilon: number;
  /** Of each count: `epsilon` over the number of counts that one person can change. */
  readonly epsilonPerCount: number;
  /** Probability that the mere presence of one person shows. */
  readonly delta: number;
  /** Noisy counts of values below this are left out. */
  readonly threshold: number;
  /** Distinct users of the export and of the panel; `null` when not counted, or below the small-cell limit with their noise. */
  readonly users: number | null;
  readonly panelUsers: number | null;
  /** Panel members by trait and value. */
  readonly values: readonly { readonly trait: string; readonly value: string; readonly members: number }[];
}
