import type { Association } from './association.ts';

/** A group of users that no segment names, tested like one. */
export interface PseudoSegmentRecord {
  readonly segment: string;
  readonly kind: 'no-segment' | 'most-memberships' | 'flagged' | 'top-scores';
  /** In words, such as "users in no segment". */
  readonly name: string;
  readonly associations: readonly Association[];
}
