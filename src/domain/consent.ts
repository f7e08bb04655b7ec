/**
 * How many members of a segment that gives a trait away have no recorded consent to it. Figures are `null` when `suppressed`, and when nothing
 * could be counted.
 */
export interface ConsentRecord {
  readonly segment: string;
  readonly trait: string;
  /** Purposes that the definition records, each of which needs consent; empty when the consent file does not tell purposes apart. */
  readonly purposes: readonly string[];
  /** `no-purpose`: the file records consent by purpose, and the definition names none, so nothing can be compared. */
  readonly status: 'counted' | 'no-purpose';
  readonly membersWithout: number | null;
  /** Of all members; in [0, 1]. */
  readonly shareWithout: number | null;
  readonly suppressed: boolean;
}
