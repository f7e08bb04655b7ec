import { compareText } from '../domain/order.ts';
import type { PrivateCounts } from '../domain/private-counts.ts';
import type { AuditReport, PackRecord } from '../domain/report.ts';
import type { FailOn, Severity } from '../domain/severity.ts';
import { limits, type MethodParagraph, methodParagraphs } from './method-limits.ts';
import { isSmallCell } from './small-cells.ts';

/** Fewer segments than this are no crowd: counts of verdicts would tell which of them stands for what. */
export const SMALLEST_CROWD = 10;

/** How many segments have which verdict on a trait. */
export interface VerdictCounts {
  readonly trait: string;
  readonly segments: number;
  /** Segments with a proxy for any of its values, with every value cleared, and the rest; `null` where that would tell too much. */
  readonly counts: { readonly proxy: number; readonly cleared: number; readonly inconclusive: number } | null;
}

/** A count of people; `null` when hidden. */
export interface PeopleCount {
  readonly what: 'users' | 'panel-users' | 'value';
  readonly trait?: string;
  readonly value?: string;
  readonly people: number | null;
}

/**
 * All that the publishable edition is made from. It names no segment, so that no page made from it can tell which segment stands for
 * which trait: what is not in here cannot be shown.
 */
export interface PublishableReport {
  readonly tool: AuditReport['tool'];
  /** Day of the audit: year-month-day. */
  readonly date: string;
  readonly packs: readonly Pick<PackRecord, 'id' | 'version' | 'title'>[];
  readonly gate: { readonly passed: boolean; readonly failOn: FailOn };
  readonly segments: number;
  /** `null` where there are too few segments to hide among, or verdicts are withheld for a trait. */
  readonly findings: Readonly<Record<Severity, number>> | null;
  readonly verdicts: readonly VerdictCounts[];
  readonly examined: AuditReport['summary']['examined'];
  readonly people: readonly PeopleCount[];
  /** What hides single people in `people`: noise, or the limit below which counts are left out. */
  readonly privacy:
    | Omit<PrivateCounts, 'users' | 'panelUsers' | 'values'>
    | { readonly mechanism: 'suppression'; readonly minCell: number };
  readonly method: readonly MethodParagraph[];
  readonly limits: readonly string[];
  readonly rules: readonly { readonly title: string; readonly measures: string }[];
}

/** Takes from a report what may be published. */
export function publishable(report: AuditReport): PublishableReport {
  const { tool, generatedAt, packs, gate, summary, rules, manifest, privateCounts } = report;
  const { minCell } = manifest.thresholds;
  const verdicts = verdictCounts(report);
  const isCrowd = summary.segments >= SMALLEST_CROWD && verdicts.every(({ counts }) => counts !== null);
  return {
    tool,
    date: generatedAt.slice(0, 10),
    packs: packs.map(({ id, version, title }) => ({ id, version, title })),
    gate: { passed: gate.passed, failOn: gate.failOn },
    segments: summary.segments,
    findings: isCrowd ? summary.findings : null,
    verdicts,
    examined: summary.examined,
    ...(privateCounts === null
      ? { people: suppressedCounts(report, minCell), privacy: { mechanism: 'suppression' as const, minCell } }
      : noisyCounts(privateCounts)),
    method: methodParagraphs(withoutPeople(report)),
    limits: limits(),
    rules: rules.map(({ title, measures }) => ({ title, measures })),
  };
}

/** The method's own words need thresholds and counts of tests only; everything else is taken away before they are made. */
function withoutPeople(report: AuditReport): AuditReport {
  return { ...report, findings: [], segments: [], associations: [], inputs: [], notices: [], waivers: [] };
}

/**
 * Counts segments by verdict. They are withheld for a trait that was tested on fewer than ten segments, and where more than half of
 * the segments are proxies: of any segment that somebody knows of, it would be likelier than not.
 */
function verdictCounts({ associations }: AuditReport): readonly VerdictCounts[] {
  const traits = new Map<string, Map<string, Set<string>>>();
  for (const { trait, segment, verdict, test } of associations) {
    if (verdict === null) continue;
    const segments = traits.get(trait) ?? new Map<string, Set<string>>();
    traits.set(trait, segments);
    const verdicts = segments.get(segment) ?? new Set<string>();
    segments.set(segment, verdicts.add(test === null ? 'inconclusive' : verdict));
  }
  return [...traits]
    .sort(([a], [b]) => compareText(a, b))
    .map(([trait, segments]) => {
      const all = [...segments.values()];
      const proxy = all.filter((verdicts) => verdicts.has('proxy')).length;
      const cleared = all.filter((verdicts) => verdicts.size === 1 && verdicts.has('cleared')).length;
      const isCrowd = all.length >= SMALLEST_CROWD && 2 * proxy <= all.length;
      return {
        trait,
        segments: all.length,
        counts: isCrowd ? { proxy, cleared, inconclusive: all.length - proxy - cleared } : null,
      };
    });
}

/**
 * Counts of people, as far as the restricted edition shows them. Members of the panel beyond all values shown, such as those with an unknown
 * value, follow by subtraction: where they are few, the smallest shown value is hidden among them.
 */
function suppressedCounts({ summary, associations }: AuditReport, minCell: number): readonly PeopleCount[] {
  const traits = new Map<string, Map<string, number>>();
  for (const { trait, value, counts } of associations) {
    const values = traits.get(trait) ?? new Map<string, number>();
    traits.set(trait, values);
    if (counts.inValue !== null && counts.outValue !== null) values.set(value, counts.inValue + counts.outValue);
  }
  const rows = [...traits].flatMap(([trait, values]): readonly PeopleCount[] => {
    const shown = [...values]
      .filter(([, people]) => !isSmallCell(people, minCell))
      .sort((a, b) => a[1] - b[1] || compareText(a[0], b[0]));
    while (shown.length > 0 && isSmallCell(restOf(summary.panelUsers, shown), minCell)) shown.shift();
    return shown.map(([value, people]) => ({ what: 'value', trait, value, people }));
  });
  return [
    ...(summary.users === null ? [] : [{ what: 'users' as const, people: summary.users }]),
    ...(summary.panelUsers === null ? [] : [{ what: 'panel-users' as const, people: summary.panelUsers }]),
    ...rows.sort((a, b) => compareText(a.trait ?? '', b.trait ?? '') || compareText(a.value ?? '', b.value ?? '')),
  ];
}

function restOf(panelUsers: number | null, shown: readonly (readonly [string, number])[]): number {
  return (panelUsers ?? 0) - shown.reduce((sum, [, people]) => sum + people, 0);
}

function noisyCounts({
  users,
  panelUsers,
  values,
  ...privacy
}: PrivateCounts): Pick<PublishableReport, 'people' | 'privacy'> {
  return {
    people: [
      ...(users === null ? [] : [{ what: 'users' as const, people: users }]),
      ...(panelUsers === null ? [] : [{ what: 'panel-users' as const, people: panelUsers }]),
      ...values.map(({ trait, value, members }) => ({ what: 'value' as const, trait, value, people: members })),
    ],
    privacy,
  };
}
