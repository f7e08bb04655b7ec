import type { IntervalEstimate, Verdict } from './association.ts';
import type { Finding } from './finding.ts';
import type { EffectFigure } from './waiver.ts';

/** A finding as a comparison of two results names it. */
export type DiffedFinding = Pick<
  Finding,
  'fingerprint' | 'rule' | 'segment' | 'trait' | 'value' | 'severity' | 'state' | 'title'
> & { readonly name: string | null };

/** Why a finding that is gone says nothing about the export; `null` when nothing of the kind is known. */
export type GoneBecause =
  /** Its rule was not applied. */
  | 'rule-off'
  /** Its segment is not in the later results. */
  | 'segment-gone'
  /** What its rule looks at was not examined: no panel, or an examination left out. */
  | 'not-examined'
  /** The comparison with the panel is inconclusive now, or cannot be tested. */
  | 'inconclusive'
  /** It rested on words that are others now, and findings on the same trait and the people of the segment remain. */
  | 'only-renamed'
  | null;

/** A finding that is in both results. */
export interface KeptFinding {
  readonly before: DiffedFinding;
  readonly now: DiffedFinding;
  /** Earlier and later id differ, or the name does. */
  readonly renamed: boolean;
  /** `null` figures are hidden; both `null` for findings that rest on no figure. */
  readonly effectBefore: EffectFigure | null;
  readonly effectNow: EffectFigure | null;
  /** Beyond the noise of both, or by severity; `unchanged` otherwise. */
  readonly change: 'worse' | 'better' | 'unchanged';
  /** What made it worse or better. */
  readonly because: readonly ('severity' | 'effect' | 'direction')[];
}

/** A segment and trait value whose verdict is another one. */
export interface VerdictChange {
  /** Id in the later results. */
  readonly segment: string;
  readonly name: string | null;
  readonly trait: string;
  readonly value: string;
  readonly before: Verdict | null;
  readonly now: Verdict | null;
  /** Only a proxy that is shown to be none is better; what became inconclusive is `unknown`. */
  readonly change: 'worse' | 'better' | 'unknown';
}

/** How well the whole export tells a trait value, then and now. */
export interface LeakageChange {
  readonly trait: string;
  readonly value: string;
  /** `null` where that side did not measure it. */
  readonly before: IntervalEstimate | null;
  readonly now: IntervalEstimate | null;
  readonly change: 'worse' | 'better' | 'unchanged' | 'unknown';
}

/** A difference in how the two results were made, which may explain all the others. */
export interface SettingChange {
  /** Such as `pack recommended` or `minCell`. */
  readonly what: string;
  /** `null` where it is not there. */
  readonly before: string | null;
  readonly now: string | null;
}

/** What is different between two results. */
export interface ReportDiff {
  readonly before: { readonly generatedAt: string; readonly findings: number };
  readonly now: { readonly generatedAt: string; readonly findings: number };
  readonly settings: readonly SettingChange[];
  readonly added: readonly DiffedFinding[];
  readonly gone: readonly (DiffedFinding & { readonly because: GoneBecause })[];
  readonly kept: readonly KeptFinding[];
  readonly verdicts: readonly VerdictChange[];
  readonly leakage: readonly LeakageChange[];
  /** Segments that live on under another id or name. */
  readonly renamed: readonly {
    readonly before: string;
    readonly nameBefore: string | null;
    readonly after: string;
    readonly nameAfter: string | null;
    /** `people`: the later results compared the members; `name`: only one segment has the same name in each; `id`: the id is the same. */
    readonly by: 'people' | 'name' | 'id';
  }[];
  /** Comparisons without a conclusion or without a test. */
  readonly inconclusive: { readonly before: number; readonly now: number };
}
