/** What became of a segment of an earlier export. `dropped` has no later segment, `new` no earlier one. */
export type LineageKind = 'kept' | 'renamed' | 'churned' | 'split' | 'merged' | 'dropped' | 'new';

/** What ties an earlier and a later segment together: their members, or, where these do not, a name or id that both have. */
export type LineageBasis = 'members' | 'name' | 'id';

/** What a later segment has of an earlier one. Figures are `null` where there is no pair, or where they would reveal a small group. */
export interface LineageRecord {
  readonly kind: LineageKind;
  /** `null` for dropped and new. */
  readonly by: LineageBasis | null;
  /** Id of the earlier segment; `null` for a new one. */
  readonly before: string | null;
  readonly nameBefore: string | null;
  /** Id of the later segment; `null` for a dropped one. */
  readonly after: string | null;
  readonly nameAfter: string | null;
  readonly sizeBefore: number | null;
  readonly sizeAfter: number | null;
  readonly overlap: number | null;
  /** Common users that two unrelated segments of these sizes would have. */
  readonly expectedOverlap: number | null;
  /** Common users over the users of either; in [0, 1]. */
  readonly jaccard: number | null;
  readonly shareOfBefore: number | null;
  readonly shareOfAfter: number | null;
  /** Part of the overlap beyond chance that the sizes allow: 0 as by chance, 1 when one segment holds the other. */
  readonly surplus: number | null;
  /** Standard deviations of the overlap above chance. */
  readonly z: number | null;
  /** A bound that may be shown when the figures may not; `null` when they are shown, or when every bound would tell too much. */
  readonly atLeast: { readonly of: 'before' | 'after'; readonly share: number } | null;
  readonly suppressed: boolean;
}
