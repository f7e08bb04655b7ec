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
  close(): Promise<void>;
}

/** All numbers are exact counts of rows or of distinct users. */
export interface ExportCounts {
  readonly rows: number;
  /** Rows that name no user, no segment, or neither; they are not used. */
  readonly rowsWithoutUser: number;
  readonly rowsWithoutSegment: number;
  /** Rows that repeat an earlier (user, segment) pair; each pair counts once. */
  readonly duplicateRows: number;
  readonly users: number;
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
  /** Panel totals by trait and value (and stratum), the unknown value left out. */
  readonly totals: readonly PanelTotal[];
}

/** How many panel members hold a trait value. */
export interface PanelTotal {
  readonly trait: string;
  readonly value: string;
  /** Combination of the strata columns' values; empty text without strata. */
  readonly stratum: string;
  readonly members: number;
}

/** How many panel members of a segment hold a trait value. */
export interface CellCount extends PanelTotal {
  readonly segment: string;
}

/** A 2x2 table: panel members in and outside a segment, with and without a trait value. */
export interface TableCount {
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
  readonly stratum: string;
  readonly inValue: number;
  readonly inOther: number;
  readonly outValue: number;
  readonly outOther: number;
}

/** A column of the panel that holds a trait. */
export interface TraitColumn {
  readonly column: string;
  readonly trait: string;
  /** Values that mean "not known"; the empty cell always does. */
  readonly unknownValues: readonly string[];
}

/** How a file of rows is to be read. */
export interface RowFile {
  readonly path: string;
  /** Path as shown to people. */
  readonly shown: string;
  readonly format: 'csv' | 'parquet';
  readonly delimiter: string;
  /** All columns of the file, in order (CSV). */
  readonly columns: readonly string[];
}

export interface AssignmentFiles {
  readonly files: readonly RowFile[];
  readonly userColumn: string;
  readonly segmentColumn: string;
}

export interface PanelFile {
  readonly file: RowFile;
  readonly userColumn: string;
  readonly traits: readonly TraitColumn[];
  /** Columns whose combination is the stratum; may be none. */
  readonly stratumColumns: readonly string[];
}
