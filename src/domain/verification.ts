/** What became of one thing that results rest on. */
export interface ManifestCheck {
  /** Role of an input, or `tool`, `pack`, `lexicon`. */
  readonly what: string;
  /** Path or id as it is recorded. */
  readonly path: string;
  readonly state: 'ok' | 'changed' | 'missing';
}

/** A place where the results and a report of today differ. */
export interface ValueDifference {
  /** Such as `findings[3].severity`. */
  readonly path: string;
  /** Not there when the results have no such value. */
  readonly before?: unknown;
  /** Not there when the report of today has no such value. */
  readonly now?: unknown;
}

/** How the report of today compares with the results. */
export interface Rerun {
  readonly done: boolean;
  /** Keys of the results that were not made again: `privateCounts`, without the secret of their noise. */
  readonly notCompared: readonly string[];
  readonly differences: readonly ValueDifference[];
}

/** What `traitleak verify` found out. */
export interface Verification {
  /** When the results were made. */
  readonly generatedAt: string;
  /** Whether every file, pack, lexicon and the version are what they were, and, where the audit was run again, its report too. */
  readonly same: boolean;
  readonly checks: readonly ManifestCheck[];
  /** `null` when running again was not asked for. It is not done when a check is not `ok`. */
  readonly rerun: Rerun | null;
}
