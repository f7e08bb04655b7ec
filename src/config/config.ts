import type { FailOn } from '../domain/severity.ts';

/** A column of the panel as the config maps it. */
export interface TraitColumnConfig {
  readonly trait: string;
  readonly protected?: readonly string[];
  readonly unknown?: readonly string[];
  /** Lower ends of the bands of a numeric column. */
  readonly bands?: readonly number[];
  /** The column holds the probability of this value instead of the value. */
  readonly probabilityOf?: string;
}

/** Examinations beyond names and single segments; each takes time on a large export and may be left out. */
export const EXAMINATIONS = ['leakage', 'combinations', 'exposure'] as const;

export type Examination = (typeof EXAMINATIONS)[number];

/** What the config says of assignments; columns that are not named are recognised by usual names. */
export interface AssignmentsConfig {
  /** Paths, globs, folders, or `-` for the standard input. */
  readonly files: readonly string[];
  /** Instead of what the endings of the file names say. */
  readonly format?: 'csv' | 'jsonl' | 'parquet';
  /** Between the fields of a CSV line, instead of what the header shows. */
  readonly delimiter?: string;
  readonly user?: string;
  readonly segment?: string;
  readonly score?: string;
  /** Rows with a lower score are no memberships. */
  readonly threshold?: number;
  /** Column of times. */
  readonly time?: string;
  /** Only each user's newest rows are memberships. */
  readonly latest?: boolean;
  /** A column lists the segments of its row. */
  readonly list?: { readonly column?: string; readonly separator?: string };
  /** One column per segment: all besides the user, or these. */
  readonly wide?: boolean | { readonly columns: readonly string[] };
}

/** Tables of a warehouse; names as catalog, schema and table, or the last of them. What is not said of their columns is as in the files. */
export interface WarehouseConfig {
  readonly dialect?: string;
  readonly assignments?: {
    readonly table: readonly string[];
    readonly user?: string;
    readonly segment?: string;
    readonly score?: string;
    readonly threshold?: number;
  };
  readonly traits?: {
    readonly table: readonly string[];
    readonly user?: string;
    readonly columns?: Readonly<Record<string, TraitColumnConfig>>;
    readonly strata?: readonly string[];
    readonly weight?: string;
    readonly intersections?: readonly (readonly [string, string])[];
  };
}

/** A config with every default filled in; paths are as written, relative to `folder`. */
export interface AuditConfig {
  /** Folder that paths are relative to. */
  readonly folder: string;
  /** The config file, when there is one: absolute, as shown to people, and the SHA-256 of what was read; without it the file is hashed at the end. */
  readonly file?: { readonly path: string; readonly shown: string; readonly sha256?: string };
  readonly definitions: readonly string[];
  readonly assignments: AssignmentsConfig;
  readonly traits?: {
    readonly file: string;
    readonly format?: AssignmentsConfig['format'];
    readonly delimiter?: string;
    readonly user?: string;
    readonly columns?: Readonly<Record<string, TraitColumnConfig>>;
    /** `auto`: a column with the usual name of a stratum, such as country. */
    readonly strata: readonly string[] | 'auto';
    readonly weight?: string;
    /** Pairs of trait ids that are tested together too. */
    readonly intersections: readonly (readonly [string, string])[];
  };
  /** An earlier export. */
  readonly previous?: {
    readonly definitions: readonly string[];
    readonly assignments: AssignmentsConfig;
  };
  /** Which users have agreed to what; columns that are not named are recognised by usual names. */
  readonly consent?: {
    readonly file: string;
    readonly format?: AssignmentsConfig['format'];
    readonly delimiter?: string;
    readonly user?: string;
    readonly trait?: string;
    readonly purpose?: string;
    readonly granted?: string;
    readonly withdrawn?: string;
  };
  /** File of ready-made counts, instead of assignments and traits. */
  readonly counts?: string;
  /** Tables that queries are written for. */
  readonly warehouse?: WarehouseConfig;
  /** Files of what was accepted, and of what was there before. */
  readonly waivers?: string;
  readonly baseline?: string;
  readonly packs: readonly string[];
  /** Lock file of packs and lexicons; without it, a traitleak.lock in the folder is taken where there is one. */
  readonly lock?: string;
  readonly failOn: FailOn;
  /** Does the gate fail on what could not be concluded, too? */
  readonly failOnInconclusive: boolean;
  readonly minCell: number;
  readonly multiplicity: Multiplicity;
  /** Examinations that this audit does without; the report says so. */
  readonly leaveOut: readonly Examination[];
  readonly report: ReportConfig;
  /** Plant proxies of known strength, and say which this audit would have caught. */
  readonly selfTest: boolean;
  readonly engine: { readonly threads?: number; readonly memory?: string };
}

/** Who may read the outputs: `restricted` holds which segment goes with which trait, `publishable` holds only how many do. */
export const EDITIONS = ['restricted', 'publishable'] as const;

export type Edition = (typeof EDITIONS)[number];

/** What the outputs hold. */
export interface ReportConfig {
  readonly edition: Edition;
  /** Privacy of the counts of people in the publishable edition, all of them together; from 0.001 to 1. */
  readonly dpEpsilon?: number;
  /** File with the secret that the noise is drawn from. */
  readonly dpSecretFile?: string;
}

/** How chance findings are controlled. */
export interface Multiplicity {
  readonly method: 'bh' | 'by' | 'holm';
  readonly family: 'run' | 'trait';
  readonly level: number;
}

/** Small cells are counts from 1 up to one below this (Centers for Medicare & Medicaid Services cell-size policy: no cell of 1 to 10). */
export const DEFAULT_MIN_CELL = 11;

export const DEFAULT_MULTIPLICITY: Multiplicity = { method: 'bh', family: 'run', level: 0.05 };
