/** How far a phase is. */
export interface PhaseMeasure {
  /** What the phase goes through. */
  readonly amount: { readonly count: number; readonly unit: 'rows' | 'bytes' };
  /** Share that is done, in [0, 1], whenever asked; undefined where it is not known. Left out where it cannot be told. */
  readonly share?: () => number | undefined;
}

/** Hears what an audit is doing. */
export interface ProgressListener {
  /**
   * A phase begins, and the one before it is over.
   *
   * @param phase - in words, such as "reading assignments"
   * @param measure - left out where nothing is known
   */
  begin(phase: string, measure?: PhaseMeasure): void;
}
