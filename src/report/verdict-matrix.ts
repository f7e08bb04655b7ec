import type { Association } from '../domain/association.ts';
import { IDENTIFIABILITY } from '../domain/exposure.ts';
import type { Evidence, Finding } from '../domain/finding.ts';
import { groupBy } from '../domain/group-by.ts';
import { compareText } from '../domain/order.ts';
import type { AuditReport } from '../domain/report.ts';
import { type Severity, severityRank } from '../domain/severity.ts';
import { KNOWN_TRAITS } from '../domain/trait.ts';
import { allAssociations } from './all-associations.ts';
import { segmentsOf } from './finding-subject.ts';

/** What a finding rests on, in the order in which the matrix lists it. */
export const EVIDENCE_KINDS = ['name', 'topic', 'membership', 'lineage', 'combination'] as const;

export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/**
 * What is known of one segment and one trait:
 *
 * - `found`: a rule has a finding;
 * - `departs`: the panel shows a departure beyond the bound, of a kind that no rule makes a finding of;
 * - `cleared`: no finding, and the panel rules a departure out for every value of the trait;
 * - `inconclusive`: no finding, and for some value neither is shown;
 * - `no-words`: no finding in the words, and membership was not tested for the trait: not a pass;
 * - `not-examined`: nothing was looked at.
 */
export type MatrixState = 'found' | 'departs' | 'cleared' | 'inconclusive' | 'no-words' | 'not-examined';

export interface MatrixCell {
  readonly state: MatrixState;
  /** Kinds of evidence of the findings; empty unless `found`. */
  readonly kinds: readonly EvidenceKind[];
  /** Of the gravest finding; `null` unless `found`. */
  readonly severity: Severity | null;
  /** Are all findings waived, or known from the baseline? */
  readonly accepted: boolean;
  /** What the panel says, whatever the words say; `null` where it says nothing. */
  readonly membership: 'proxy' | 'cleared' | 'inconclusive' | null;
}

export interface MatrixRow {
  readonly segment: string;
  readonly name: string | null;
  readonly members: number | null;
  readonly findings: number;
  /** One for each trait of the matrix, in its order. */
  readonly cells: readonly MatrixCell[];
}

/** Segments against traits: what is known of each pair, and from which kind of evidence. */
export interface VerdictMatrix {
  readonly traits: readonly string[];
  /** Segments with the gravest findings first, then in the order of the report; groups that no segment names come last. */
  readonly rows: readonly MatrixRow[];
}

/** Puts findings and verdicts together by segment and trait. A combination counts for both of its segments. */
export function verdictMatrix(report: AuditReport): VerdictMatrix {
  const traits = traitsOf(report);
  const position = new Map(traits.map((trait, index) => [trait, index]));
  const places = report.findings.flatMap((finding) => segmentsOf(finding).map((segment) => ({ segment, finding })));
  const found = groupBy(places, ({ segment }) => segment);
  const verdicts = groupBy(allAssociations(report), ({ segment }) => segment);
  const readsWords =
    report.summary.examined.includes('words') && !report.notices.some(({ code }) => code === 'no-words');
  const rowOf = (segment: string, name: string | null, members: number | null, hasWords: boolean): MatrixRow => {
    const findings = (found.get(segment) ?? []).map(({ finding }) => finding);
    const cells = traits.map((): { findings: Finding[]; rows: Association[] } => ({ findings: [], rows: [] }));
    for (const finding of findings) cells[position.get(finding.trait) ?? -1]?.findings.push(finding);
    for (const row of verdicts.get(segment) ?? []) cells[position.get(row.trait) ?? -1]?.rows.push(row);
    return {
      segment,
      name,
      members,
      findings: findings.length,
      cells: cells.map((cell) => toCell(cell.findings, cell.rows, hasWords && readsWords)),
    };
  };
  const rows = report.segments.map(({ segment, name, members }) => rowOf(segment, name, members, true));
  const groups = report.pseudoSegments.map(({ segment, name }) => rowOf(segment, name, null, false));
  return { traits, rows: [...rows.sort(compareRows), ...groups] };
}

/** Kind of evidence as the matrix shows it; `null` for evidence that is about the export, its form or its governance. */
export function evidenceKind(item: Evidence): EvidenceKind | null {
  switch (item.kind) {
    case 'term':
      return item.field.startsWith('topic') ? 'topic' : 'name';
    case 'topics':
      return 'topic';
    case 'association':
    case 'probability':
      return 'membership';
    case 'lineage':
      return 'lineage';
    case 'composition':
      return 'combination';
    default:
      return null;
  }
}

/** Traits that anything is known of, in the order of the shipped list and then by name. */
function traitsOf({ findings, associations, pseudoSegments }: AuditReport): readonly string[] {
  const seen = new Set([
    ...associations.map(({ trait }) => trait),
    ...pseudoSegments.flatMap((group) => group.associations.map(({ trait }) => trait)),
    ...findings
      .filter(({ evidence }) => evidence.length === 0 || evidence.some((item) => evidenceKind(item) !== null))
      .map(({ trait }) => trait),
  ]);
  seen.delete(IDENTIFIABILITY);
  const known: readonly string[] = KNOWN_TRAITS;
  return [
    ...known.filter((trait) => seen.has(trait)),
    ...[...seen].filter((trait) => !known.includes(trait)).sort(compareText),
  ];
}

function toCell(findings: readonly Finding[], rows: readonly Association[], hasWords: boolean): MatrixCell {
  const membership = membershipOf(rows);
  const [first] = [...findings].sort((a, b) => severityRank(a.severity) - severityRank(b.severity));
  if (first !== undefined) {
    const kinds = new Set(findings.flatMap(({ evidence }) => evidence.map(evidenceKind)));
    return {
      state: 'found',
      kinds: EVIDENCE_KINDS.filter((kind) => kinds.has(kind)),
      severity: first.severity,
      accepted: findings.every(({ state }) => state !== 'new'),
      membership,
    };
  }
  const state = membership === 'proxy' ? 'departs' : (membership ?? (hasWords ? 'no-words' : 'not-examined'));
  return { state, kinds: [], severity: null, accepted: false, membership };
}

function membershipOf(rows: readonly Association[]): MatrixCell['membership'] {
  const judged = rows.filter(({ verdict, test }) => verdict !== null || test === null);
  if (judged.length === 0) return null;
  if (judged.some(({ verdict }) => verdict === 'proxy')) return 'proxy';
  return judged.every(({ verdict }) => verdict === 'cleared') ? 'cleared' : 'inconclusive';
}

/** Graver findings first, then more findings; the sort is stable, so the rest keeps its order. */
function compareRows(a: MatrixRow, b: MatrixRow): number {
  return gravest(a) - gravest(b) || b.findings - a.findings;
}

function gravest({ cells, findings }: MatrixRow): number {
  const ranks = cells.flatMap(({ severity }) => (severity === null ? [] : [severityRank(severity)]));
  if (ranks.length > 0) return Math.min(...ranks);
  return findings > 0 ? 90 : 99;
}
