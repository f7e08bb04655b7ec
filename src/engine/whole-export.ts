/** What is asked about the whole set of memberships of a user. Only sums and histograms come back; scores of users stay in the engine. */

/**
 * Seed of everything that is drawn by a hash of an id: folds, shuffled labels, samples of users, drawn memberships, made-up segments. The same
 * inputs give the same draws.
 */
export const DRAW_SEED = 20_260_118;

/** Folds that the attack is trained and tested on in turn. A user's fold is a hash of the id. */
export const FOLDS = 5;

/** A trait value to tell from all others. */
export interface AttackLabel {
  readonly trait: string;
  readonly value: string;
  /** 0 for the labels as they are; any other number shuffles them among the labelled users, with this number as the seed. */
  readonly shuffle: number;
}

/** Labelled panel members of one label. */
export interface FoldCounts {
  /** Members with the value by fold, and without it. */
  readonly positives: readonly number[];
  readonly negatives: readonly number[];
  /** Members of each segment with the value and without it; the place of a segment and fold is `segment * FOLDS + fold`. */
  readonly insideValue: Float64Array;
  readonly insideOther: Float64Array;
}

/** Scores are sums of whole units, so that they are the same in any order of addition. */
export const UNITS_PER_NAT = 4096;

/** Units that one bin of a score's histogram is wide: 1/128 of a nat. */
export const UNITS_PER_BIN = 32;

/** A score for every labelled user: a constant of the fold, and the weights of the user's segments. */
export interface Scoring {
  /** Index of the label, whose weights are used too. */
  readonly label: number;
  /** In units, by fold. */
  readonly constants: readonly number[];
  /** Indexes of segments whose weight counts as 0. */
  readonly dropped: readonly number[];
}

/** Labelled users whose score lies in the same bin. */
export interface ScoreCount {
  /** Middle of the bin, in nats. */
  readonly score: number;
  readonly positives: number;
  readonly negatives: number;
}

/** An attack on the export, set up in the engine. To be closed. */
export interface Attack {
  /** Ids by index. */
  readonly segments: readonly string[];
  /** Memberships of the users that take part. */
  readonly memberships: number;
  /** One per label, in the order asked. */
  readonly counts: readonly FoldCounts[];
  /** Hands over the weights, one list per label, in units, by `segment * FOLDS + fold`. */
  load(weights: readonly Int32Array[]): Promise<void>;
  /** One histogram per scoring, by ascending score. */
  score(scorings: readonly Scoring[]): Promise<readonly (readonly ScoreCount[])[]>;
  /** The same attack, weights included, on at most `perClass` users with the value and without it, drawn by a hash of the id. */
  sample(label: number, perClass: number): Promise<Attack>;
  /**
   * The same attack with further segments, each holding everybody who is in any of its parts. Their indexes follow the others'; weights have to
   * be loaded anew. Closing it leaves this attack as it is.
   */
  coarsen(groups: readonly { readonly id: string; readonly of: readonly number[] }[]): Promise<Attack>;
  close(): Promise<void>;
}

/** How far the search for pairs may go. */
export interface PairLimits {
  /** Fewest panel members of a pair. */
  readonly smallest: number;
  /** Most combinations of a user and two of the user's segments that are looked at. */
  readonly combinations: number;
}

/** Panel members of the overlaps of two segments. */
export interface PairCounts {
  /** Ids by index. */
  readonly segments: readonly string[];
  /** Segments with enough panel members, and those that took part: all of them, or the largest when all would be too many. */
  readonly eligible: number;
  readonly searched: number;
  /** Indexes of the segments of each pair; the first is the smaller. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** By label: members of each pair whose value is known, and those who have it. */
  readonly labels: readonly { readonly known: Int32Array; readonly withValue: Int32Array }[];
}
