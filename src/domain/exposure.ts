/** Stands for a trait in findings that are about people being singled out, whatever their traits. */
export const IDENTIFIABILITY = 'identifiability';

/** What identifiers may look like. `sequential`: whole numbers that leave few gaps. */
export type IdentifierShape =
  | 'email'
  | 'guid'
  | 'mac'
  | 'ipv4'
  | 'ipv6'
  | 'phone'
  | 'sha256'
  | 'sha1'
  | 'md5'
  | 'sequential';

/** A kind of raw input, and the words that name it. */
export interface RawInput {
  readonly id: string;
  readonly title: string;
  readonly terms: readonly string[];
}

/** A segment whose definition is made of a raw input. */
export interface RawInputUse {
  readonly segment: string;
  readonly input: string;
  readonly title: string;
  /** `topics`, or the attribute. */
  readonly field: string;
  /** The term of the list that was found. */
  readonly term: string;
}

/** How many distinct values of a column look like an identifier. */
export interface IdentifierColumn {
  readonly column: string;
  readonly role: 'user' | 'other';
  readonly shape: IdentifierShape;
  /** Of the sampled distinct values; in [0, 1]; `null` when it would reveal a small group. */
  readonly share: number | null;
  /** Distinct values that were looked at; `null` when there are few. */
  readonly sampled: number | null;
}

/** How far an export singles people out. */
export interface ExposureRecord {
  /** Segments with members, but fewer than this. */
  readonly smallSegments: { readonly below: number; readonly segments: number };
  /** Share of users whose set of segments nobody else has; `null` when hidden. */
  readonly uniqueShare: number | null;
  /** The same for a few memberships of a sample of users, drawn at random. */
  readonly byMemberships: readonly {
    readonly memberships: number;
    readonly sampled: number | null;
    readonly uniqueShare: number | null;
  }[];
  readonly identifiers: readonly IdentifierColumn[];
  readonly rawInputs: readonly RawInputUse[];
}
