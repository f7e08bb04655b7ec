import type { Association } from './association.ts';
import type { Composition, CompositionSearch } from './composition.ts';
import type { ConsentRecord } from './consent.ts';
import type { Distribution } from './distribution.ts';
import type { ExposureRecord } from './exposure.ts';
import type { Finding, LawReference } from './finding.ts';
import type { GovernanceRecord } from './governance.ts';
import type { Json } from './json.ts';
import type { Leakage } from './leakage.ts';
import type { LineageRecord } from './lineage.ts';
import type { SourceLocation } from './location.ts';
import type { Notice } from './notice.ts';
import type { PrivateCounts } from './private-counts.ts';
import type { ProbabilisticAssociation } from './probability.ts';
import type { PseudoSegmentRecord } from './pseudo-segment.ts';
import type { SelfTestResult } from './self-test.ts';
import type { FailOn, Severity } from './severity.ts';
import type { BaselineRecord, WaiverRecord } from './waiver.ts';

/** Version of the results JSON; the first number changes when a reader must change. */
export const SCHEMA_VERSION = '1.0';

/** A file that the audit read. */
export interface InputRecord {
  readonly role:
    | 'definitions'
    | 'assignments'
    | 'traits'
    | 'counts'
    | 'config'
    | 'consent'
    | 'waivers'
    | 'baseline'
    | 'lock'
    | 'previous-definitions'
    | 'previous-assignments';
  readonly path: string;
  readonly sha256: string;
  /** Records in the file; `null` for a config and a lock file, and for consent, where the number could tell of few people. */
  readonly rows: number | null;
}

/** A rule pack that was applied. */
export interface PackRecord {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  /** Where its law is in force; `null` for a pack that is bound to no place. */
  readonly jurisdiction: string | null;
  readonly path: string;
  /** Of its file. */
  readonly sha256: string;
  /** SHA-256 over its file and all that it is built on; that of the file when it stands alone. */
  readonly digest: string;
  /** Rules that were applied. */
  readonly rules: number;
  /** Every other pack file that its rules come from. */
  readonly builtOn: readonly PackFileRecord[];
  /** Rules of packs that it extends, and does without. */
  readonly off: readonly { readonly rule: string; readonly by: string; readonly reason: string }[];
}

/** A pack file that another pack is built on. */
export interface PackFileRecord {
  readonly id: string;
  readonly version: string;
  readonly path: string;
  readonly sha256: string;
}

/** A rule that was applied, whether it found anything or not. */
export interface RuleRecord {
  readonly id: string;
  readonly pack: string;
  readonly kind: string;
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  readonly law: readonly LawReference[];
  /** What a reader has to check before relying on the rule. */
  readonly verify?: string;
  /** Why a pack that extends another changes the rule, where it says so. */
  readonly changed?: string;
  /** How it measures, with its thresholds, in words. */
  readonly measures: string;
  readonly findings: number;
}

/** Everything else that decides the result: run it again with these and the findings are the same. */
export interface Manifest {
  /**
   * Folder that paths of inputs are counted from, as seen from the root of the repository or, without one, from the working directory; with
   * forward slashes, `.` for the same folder.
   */
  readonly folder: string;
  /** The config with flags laid over it and defaults filled in, in the form of a config file; paths are relative to `folder`. */
  readonly config: Readonly<Record<string, Json>>;
  readonly engine: { readonly name: string; readonly version: string };
  readonly node: string;
  readonly lexicons: {
    readonly sha256: string;
    readonly files: readonly { readonly id: string; readonly sha256: string }[];
  };
  readonly thresholds: {
    readonly failOn: FailOn;
    readonly minCell: number;
    readonly multiplicity: { readonly method: string; readonly family: string; readonly level: number };
    readonly intervalLevel: number;
    readonly power: number;
  };
  /** Seed of everything that was drawn (folds, samples of users and memberships, shuffled labels, made-up segments); `null` when nothing was. */
  readonly seed: number | null;
}

/** A segment as the report shows it. */
export interface SegmentRecord {
  readonly segment: string;
  readonly name: string | null;
  /** Distinct users; `null` when not known or hidden. */
  readonly members: number | null;
  readonly suppressed: boolean;
  readonly location?: SourceLocation;
  /** Of name, description and topics, 16 hexadecimal digits; `null` without a definition. */
  readonly definitionDigest: string | null;
  readonly words: { readonly label: 'sensitive' | 'borderline' | 'not'; readonly traits: readonly string[] };
  /** Words that look like a trait but are not, and what makes them harmless. */
  readonly harmless: readonly { readonly trait: string; readonly matched: string; readonly because: string }[];
}

export interface Summary {
  readonly segments: number;
  readonly segmentsWithFindings: number;
  readonly users: number | null;
  readonly panelUsers: number | null;
  readonly findings: Readonly<Record<Severity, number>>;
  readonly associations: {
    readonly tested: number;
    readonly proxy: number;
    readonly cleared: number;
    readonly inconclusive: number;
    /** Pairs that could not be tested: a margin is empty. */
    readonly untestable: number;
    /** Tests left out of the correction, since no count could have made them significant. */
    readonly unattainable: number;
    /** Upper bound on the flags that chance alone would have produced. */
    readonly expectedByChance: number;
  };
  /** `null` when pairs of segments were not searched. */
  readonly compositions: CompositionSearch | null;
  /** Traits whose membership was tested against the panel. */
  readonly traitsTested: readonly string[];
  /** What this audit looked at; what is not here was not examined. */
  readonly examined: readonly ('words' | 'topics' | 'membership')[];
}

export interface GateResult {
  readonly passed: boolean;
  readonly failOn: FailOn;
  /** Findings that count against the gate. */
  readonly failing: number;
  /** Does the gate demand evidence, so that what could not be concluded fails it? */
  readonly failOnInconclusive: boolean;
  /** Associations that could not be concluded, or not tested. */
  readonly inconclusive: number;
  /**
   * Why it failed; empty when it passed. `findings`: new ones, grave enough; where evidence is demanded also `inconclusive`: something could
   * not be concluded, and `not-examined`: no membership was compared with a panel.
   */
  readonly reasons: readonly ('findings' | 'inconclusive' | 'not-examined')[];
}

/** The product of an audit. Every output format is a function of this value alone. */
export interface AuditReport {
  readonly schemaVersion: string;
  readonly tool: { readonly name: string; readonly version: string };
  /** ISO 8601, UTC. */
  readonly generatedAt: string;
  readonly inputs: readonly InputRecord[];
  readonly packs: readonly PackRecord[];
  readonly rules: readonly RuleRecord[];
  readonly manifest: Manifest;
  readonly summary: Summary;
  readonly gate: GateResult;
  readonly findings: readonly Finding[];
  readonly segments: readonly SegmentRecord[];
  readonly associations: readonly Association[];
  /** Traits known as probabilities; empty without such columns. */
  readonly probabilities: readonly ProbabilisticAssociation[];
  /** Groups that no segment names, tested like segments. */
  readonly pseudoSegments: readonly PseudoSegmentRecord[];
  readonly distributions: readonly Distribution[];
  readonly leakage: readonly Leakage[];
  readonly compositions: readonly Composition[];
  /** What became of the segments of an earlier export; empty without one. */
  readonly lineage: readonly LineageRecord[];
  /** `null` when nothing of the kind was examined. */
  readonly exposure: ExposureRecord | null;
  /** What the definitions of segments that give a trait away record; empty when no definition records anything. */
  readonly governance: readonly GovernanceRecord[];
  /** Recorded consent to segments that give a trait away; `null` when it was not examined. */
  readonly consent: readonly ConsentRecord[] | null;
  /** `null` when no self-test was asked for. */
  readonly selfTest: readonly SelfTestResult[] | null;
  /** Entries of the waiver file, also those that waive nothing; empty without one. */
  readonly waivers: readonly WaiverRecord[];
  /** `null` when the gate has no baseline. */
  readonly baseline: BaselineRecord | null;
  /** Counts of people with noise, for the publishable edition; `null` when they were not asked for. */
  readonly privateCounts: PrivateCounts | null;
  readonly notices: readonly Notice[];
}
