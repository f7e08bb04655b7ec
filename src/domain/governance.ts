/** What a rule asks of an attribute of a definition. */
export type GovernanceCondition = 'present' | 'absent' | 'atMost' | 'in' | 'notIn' | 'notPast';

/** A segment for which there is reason to look at how it is governed, and what its definition says. */
export interface GovernanceRecord {
  readonly segment: string;
  /** Traits that its words or its membership give away. */
  readonly traits: readonly string[];
  /** What is recorded, by the usual name of the attribute; `null` where nothing is. */
  readonly attributes: Readonly<Record<string, string | null>>;
  /** Rules that find a gap. */
  readonly gaps: readonly string[];
}
