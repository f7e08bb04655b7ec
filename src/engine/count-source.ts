import type { IdentifierShape } from '../domain/exposure.ts';
import type { ConsentCounts, ConsentDemand } from './consent.ts';
import type { Attack, AttackLabel, PairCounts, PairLimits } from './whole-export.ts';

export type { ConsentCounts, ConsentDemand } from './consent.ts';
export {
  type Attack,
  type AttackLabel,
  DRAW_SEED,
  FOLDS,
  type FoldCounts,
  type PairCounts,
  type PairLimits,
  type ScoreCount,
  UNITS_PER_NAT,
} from './whole-export.ts';

/**
 * The seam between the audit and wherever the rows live. Only counts cross it: whatever implements it keeps
 * user-level rows to itself. `duckdb/` reads files; `counts-file.ts` reads counts that a warehouse made.
 */
export interface CountSource {
  /** Sizes of the export, or undefined when the source holds only panel counts. */
  countExport(): Promise<ExportCounts | undefined>;
  /** Who is in the panel, or undefined without one. */
  countPanel(): Promise<PanelCounts | undefined>;
  /** Panel members in and out of every segment, with and without every trait value. Empty without a panel. */
  countTables(): Promise<readonly TableCount[]>;
  /** The same for groups of users that no segment names; `flagged` are the segments found to be proxies. */
  countPseudoSegments(flagged: readonly string[]): Promise<PseudoCounts>;
  /** Moments of the panel's probability columns, by segment. */
  countProbabilities(): Promise<readonly ProbabilityCount[]>;
  /** 2x2 tables of made-up segments, drawn from the panel with a known strength; nothing is stored. */
  countPlanted(plants: readonly Plant[]): Promise<readonly TableCount[]>;
  /**
   * Sets up an attack on the whole export; undefined without both memberships and panel. Another `split` than 0 divides the users into other
   * folds; one attack of each split may be open at a time.
   */
  openAttack(labels: readonly AttackLabel[], split?: number): Promise<Attack | undefined>;
  /** Panel members of every two segments; undefined without both memberships and panel. */
  countPairs(labels: readonly AttackLabel[], limits: PairLimits): Promise<PairCounts | undefined>;
  /** What the segments of an earlier export have in common with those of this one, those of `named` in any case; undefined without both. */
  countLineage(named: readonly SegmentPair[]): Promise<LineageCounts | undefined>;
  /** How far memberships single users out, and what their identifiers look like; undefined without assignments. */
  countExposure(): Promise<ExposureCounts | undefined>;
  /** Members of every segment who have agreed to what each demand names; undefined without assignments or without a consent file. */
  countConsent(demands: readonly ConsentDemand[]): Promise<ConsentCounts | undefined>;
  close(): Promise<void>;
}

/** How many distinct values of a column, of a bounded sample, look like what. */
export interface ColumnShapes {
  readonly column: string;
  readonly role: 'user' | 'other';
  /** Distinct values that were looked at. */
  readonly values: number;
  readonly shapes: readonly { readonly shape: IdentifierShape; readonly values: number }[];
}

/** Counts of users that memberships single out. */
export interface ExposureCounts {
  readonly users: number;
  /** Users whose whole set of segments nobody else has. */
  readonly uniqueUsers: number;
  /** Of a sample of users: whose few randomly drawn memberships nobody else has together. */
  readonly byMemberships: readonly {
    readonly memberships: number;
    readonly sampled: number;
    readonly unique: number;
  }[];
  readonly columns: readonly ColumnShapes[];
}

/** An earlier and a later segment. */
export interface SegmentPair {
  readonly before: string;
  readonly after: string;
}

/** Sizes and overlaps of the segments of two exports. */
export interface LineageCounts {
  /** Rows of the earlier assignments, and those that are not memberships. */
  readonly rows: number;
  readonly notUsed: NotUsed;
  /** Distinct users of both exports together. */
  readonly users: number;
  /** Distinct members per earlier segment, and per later one. */
  readonly before: readonly SegmentSize[];
  readonly after: readonly SegmentSize[];
  /** Distinct common users; pairs with few are left out, but for those that were named or have the same id, and any users in common. */
  readonly overlaps: readonly { readonly before: string; readonly after: string; readonly members: number }[];
}

/** A group of panel members that no segment names, but that can be a proxy like one. */
export type PseudoSegmentKind = 'no-segment' | 'most-memberships' | 'flagged' | 'top-scores';

export interface PseudoSegment {
  /** Begins with `traitleak:`, so that it meets no segment of the export. */
  readonly id: string;
  readonly kind: PseudoSegmentKind;
  /** For `top-scores`: the segment whose highest tenth this is. */
  readonly of?: string;
}

export interface PseudoCounts {
  readonly segments: readonly PseudoSegment[];
  readonly tables: readonly TableCount[];
}

/**
 * Sums over panel members whose trait is known as a probability p, w being the member's weight: what the soft-class estimator needs.
 */
export interface ProbabilityMoments {
  readonly members: number;
  readonly weight: number;
  readonly weightP: number;
  readonly squaredWeight: number;
  readonly squaredWeightP: number;
  readonly squaredWeightPP: number;
}

export interface ProbabilityCount {
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
  readonly inside: ProbabilityMoments;
  readonly outside: ProbabilityMoments;
}

/** A made-up segment: each labelled panel member joins with `rate`, those with the value with `rate` times `strength`. */
export interface Plant {
  readonly id: string;
  readonly trait: string;
  readonly value: string;
  readonly rate: number;
  readonly strength: number;
}

/** All numbers are exact counts of rows or of distinct users. */
export interface ExportCounts {
  readonly rows: number;
  /** Rows of each file, in the order of the files. */
  readonly rowsByFile: readonly number[];
  /** Rows that are not memberships. */
  readonly notUsed: NotUsed;
  /** Rows that repeat an earlier (user, segment) pair; each pair counts once. */
  readonly duplicateRows: number;
  /** Undefined where only the segments were counted. */
  readonly users?: number;
  /** Distinct members per segment, by segment id in code-unit order. */
  readonly segments: readonly SegmentSize[];
}

export interface SegmentSize {
  readonly segment: string;
  readonly members: number;
}

export interface PanelCounts {
  readonly rows: number;
  readonly rowsWithoutUser: number;
  /** Rows that repeat a user with the same values. */
  readonly duplicateRows: number;
  /** Users that occur with different values; they are left out, since neither value can be trusted. */
  readonly conflictingUsers: number;
  /** Distinct usable users. */
  readonly users: number;
  /** Usable users that are in at least one segment; undefined when the export is not known. */
  readonly usersInExport?: number;
  /** Rows whose weight is not a positive number; they are not used. */
  readonly rowsWithoutWeight: number;
  /** Panel totals by trait and value (and stratum). */
  readonly totals: readonly PanelTotal[];
}

/** Panel members added up: how many, and the sums of their sampling weights and squared weights (both the number of members in an unweighted panel). */
export interface Moments {
  readonly members: number;
  readonly weight: number;
  readonly squaredWeight: number;
}

/** Nobody. */
export const NO_MOMENTS: Moments = { members: 0, weight: 0, squaredWeight: 0 };

/** Adds moments up. */
export function plusMoments(x: Moments, y: Moments): Moments {
  return {
    members: x.members + y.members,
    weight: x.weight + y.weight,
    squaredWeight: x.squaredWeight + y.squaredWeight,
  };
}

/** Panel members by trait value. */
export interface PanelTotal extends Moments {
  readonly trait: string;
  /** `null` counts the members whose value is not known. */
  readonly value: string | null;
  /** Combination of the strata columns' values; empty text without strata. */
  readonly stratum: string;
}

/** Panel members of a segment by trait value. */
export interface CellCount extends PanelTotal {
  readonly segment: string;
}

/** A 2x2 table: panel members in and outside a segment, with and without a trait value. */
export interface TableCount {
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
  readonly stratum: string;
  readonly inValue: Moments;
  readonly inOther: Moments;
  readonly outValue: Moments;
  readonly outOther: Moments;
  /** Panel members whose value is not known. */
  readonly inUnknown: number;
  readonly outUnknown: number;
}

/** A trait and how its value is had from the panel's columns. */
export type TraitColumn = CategoricalTrait | BandedTrait | CrossedTrait;

/** A column that holds the value itself. */
export interface CategoricalTrait {
  readonly kind: 'categorical';
  readonly trait: string;
  readonly column: string;
  /** Values that mean "not known"; the empty cell always does. */
  readonly unknownValues: readonly string[];
}

/** A column of numbers that fall into bands. */
export interface BandedTrait {
  readonly kind: 'banded';
  readonly trait: string;
  readonly column: string;
  readonly unknownValues: readonly string[];
  /** Lower ends of the bands in ascending order; what lies below the first is a band of its own. */
  readonly bands: readonly number[];
}

/** A column that holds the probability that the user has a trait value. */
export interface ProbabilityColumn {
  readonly column: string;
  readonly trait: string;
  readonly value: string;
}

/** Two other traits together: known where both are. */
export interface CrossedTrait {
  readonly kind: 'crossed';
  readonly trait: string;
  readonly of: readonly [CategoricalTrait | BandedTrait, CategoricalTrait | BandedTrait];
}

/** How a file of rows is to be read. */
export interface RowFile {
  readonly path: string;
  /** Path as shown to people. */
  readonly shown: string;
  readonly format: 'csv' | 'jsonl' | 'parquet';
  /** Between the fields of a CSV line; empty for other formats. */
  readonly delimiter: string;
  /** All columns, in order, those that the file's folders name at the end. */
  readonly columns: readonly string[];
  /** Columns whose cells are lists: Parquet LIST, JSON arrays. */
  readonly listColumns?: readonly string[];
  /** Columns whose type (as the file calls it) cannot hold ids: fractions have no one way to be written, and nested values are no text. */
  readonly notIds?: readonly { readonly column: string; readonly type: string }[];
  /** Columns that the names of the file's folders hold (`country=DE`), the same for every row; `null` is an unknown value. */
  readonly partitions?: readonly { readonly column: string; readonly value: string | null }[];
}

/** How rows say which segments a user is in. */
export type AssignmentShape =
  /** One row per user and segment. */
  | { readonly kind: 'long'; readonly column: string }
  /** One row per user; a column lists the segments. Text is a JSON array, or is split at the separator where there is one. */
  | { readonly kind: 'list'; readonly column: string; readonly separator?: string }
  /** One row per user and one column per segment, with 1 or true for members and 0, false or nothing for others. */
  | { readonly kind: 'wide'; readonly columns: readonly string[] };

export interface AssignmentFiles {
  readonly files: readonly RowFile[];
  readonly userColumn: string;
  readonly shape: AssignmentShape;
  /** Column of scores; within a segment a higher score means a surer member. */
  readonly scoreColumn?: string;
  /** Rows with a lower score are no memberships; needs `scoreColumn`. */
  readonly threshold?: number;
  /** Column of times: of each user, only the rows with the newest time are memberships. */
  readonly latestBy?: string;
}

/** Columns that say which segments a user is in. */
export function segmentColumnsOf({ shape }: AssignmentFiles): readonly string[] {
  return shape.kind === 'wide' ? shape.columns : [shape.column];
}

/**
 * Why a row, or one entry of it, is not a membership: it names no user; it names no segment; its score, its time, its list or its cell cannot
 * be read; its score is below the threshold; the user has rows with a newer time; it says that its user is in no segment.
 */
export const NOT_USED_REASONS = [
  'no-user',
  'no-segment',
  'score-unreadable',
  'below-threshold',
  'time-unreadable',
  'not-latest',
  'list-unreadable',
  'cell-unreadable',
  'in-no-segment',
] as const;

export type NotUsedReason = (typeof NOT_USED_REASONS)[number];

/** Rows that are not used, by reason; entries of rows for `no-segment` and `cell-unreadable`, where a row holds several. */
export type NotUsed = Readonly<Partial<Record<NotUsedReason, number>>>;

/** A table of a warehouse that holds assignments, one a row. */
export interface AssignmentTable {
  /** Such as catalog, schema and table. */
  readonly table: readonly string[];
  readonly userColumn: string;
  readonly segmentColumn: string;
  readonly scoreColumn?: string;
  /** Rows with a lower score are no memberships; needs `scoreColumn`. */
  readonly threshold?: number;
}

/** A table of a warehouse that holds the panel. */
export interface PanelTable extends PanelColumns {
  readonly table: readonly string[];
}

/** What the columns of a panel hold, be it a file or a table of a warehouse. */
export interface PanelColumns {
  readonly userColumn: string;
  readonly traits: readonly TraitColumn[];
  readonly probabilities: readonly ProbabilityColumn[];
  /** Columns whose combination is the stratum; may be none. */
  readonly stratumColumns: readonly string[];
  /** Column of sampling weights. */
  readonly weightColumn?: string;
}

export interface PanelFile extends PanelColumns {
  readonly file: RowFile;
}

/** A file that says which users have agreed to what: one row per user and trait, user and purpose, or user, trait and purpose. */
export interface ConsentFile {
  readonly file: RowFile;
  readonly userColumn: string;
  /** At least one of the two. */
  readonly traitColumn?: string;
  readonly purposeColumn?: string;
  /** Says whether the row grants (`yes`, `granted`) or refuses; without it every row grants. */
  readonly grantedColumn?: string;
  /** Anything in it but a `no` withdraws what the row grants. */
  readonly withdrawnColumn?: string;
}
