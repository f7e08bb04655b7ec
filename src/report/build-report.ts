import type { Association, Verdict } from '../domain/association.ts';
import { cellKey, indexByCell } from '../domain/cell-key.ts';
import type { CompositionSearch } from '../domain/composition.ts';
import type { Finding } from '../domain/finding.ts';
import { groupBy } from '../domain/group-by.ts';
import { WHOLE_EXPORT } from '../domain/leakage.ts';
import type { Notice } from '../domain/notice.ts';
import { compareText } from '../domain/order.ts';
import type { PseudoSegmentRecord } from '../domain/pseudo-segment.ts';
import {
  type AuditReport,
  type InputRecord,
  type Manifest,
  type PackRecord,
  type RuleRecord,
  SCHEMA_VERSION,
  type SegmentRecord,
  type Summary,
} from '../domain/report.ts';
import type { SelfTestResult } from '../domain/self-test.ts';
import { SEVERITIES, severityRank } from '../domain/severity.ts';
import type { PseudoSegment } from '../engine/count-source.ts';
import type { AuditedSegment } from '../evidence/audited-segment.ts';
import type { EvidenceSet } from '../evidence/evidence-set.ts';
import type { MeasuredProbability } from '../evidence/probabilities.ts';
import type { ReadText } from '../evidence/read-words.ts';
import { fingerprint } from '../gate/fingerprint.ts';
import { judgeGate } from '../gate/gate.ts';
import { type Judgement, kindOf, type RuleClaim } from '../rules/judge-evidence.ts';
import type { RulePack } from '../rules/pack.ts';
import type { WordingContext } from '../rules/rule-kind.ts';
import { associationFinder } from './all-associations.ts';
import { type Acceptances, applyAcceptances } from './apply-acceptances.ts';
import { definitionDigest } from './definition-digest.ts';
import { type ShowOptions, showAssociations } from './show-associations.ts';
import { showCompositions } from './show-compositions.ts';
import { showConsent } from './show-consent.ts';
import { showDistributions } from './show-distributions.ts';
import { showExposure } from './show-exposure.ts';
import { showGovernance } from './show-governance.ts';
import { showLeakage } from './show-leakage.ts';
import { showLineage } from './show-lineage.ts';
import { type ExactCounts, type PrivacyOptions, showPrivateCounts } from './show-private-counts.ts';
import { showProbabilities } from './show-probabilities.ts';
import { hiddenSizes, isSmallCell } from './small-cells.ts';

/** Groups that no segment names, measured and judged; a family of tests of their own. */
export interface PseudoExamination {
  readonly segments: readonly PseudoSegment[];
  readonly evidence: EvidenceSet;
  readonly judgement: Judgement;
}

/** Everything that a report is made of. */
export interface ReportInput {
  readonly tool: AuditReport['tool'];
  readonly generatedAt: string;
  readonly inputs: readonly InputRecord[];
  readonly packs: readonly RulePack[];
  readonly manifest: Manifest;
  readonly evidence: EvidenceSet;
  readonly judgement: Judgement;
  /** Distinct users of the export and of the panel, where known. */
  readonly users: number | undefined;
  readonly panelUsers: number | undefined;
  readonly examined: Summary['examined'];
  /** Names of the earlier export's segments. */
  readonly earlierNames: ReadonlyMap<string, string>;
  /** Groups that no segment names; undefined without a panel. */
  readonly pseudo: PseudoExamination | undefined;
  /** What the search for compositions covered; `null` when there was none. */
  readonly compositionSearch: CompositionSearch | null;
  readonly selfTest: readonly SelfTestResult[] | null;
  /** How counts of people get noise; `null` when they need not. */
  readonly privacy: PrivacyOptions | null;
  readonly notices: readonly Notice[];
  readonly failOnInconclusive: boolean;
  readonly acceptances: Acceptances;
}

/** Makes the report. Small cells are hidden here, before any wording or format sees a figure. */
export function buildReport(input: ReportInput): AuditReport {
  const { evidence, judgement, manifest, privacy } = input;
  const { minCell, failOn } = manifest.thresholds;
  const hiddenSegments = segmentsOfHiddenSize(evidence, minCell);
  const options = { minCell, strata: evidence.strata, hiddenSegments };
  const associations = showAssociations(evidence.associations, judgement.verdicts, options);
  const pseudoSegments = showPseudoSegments(input, options);
  const claimed = new Set(judgement.claims.map(({ claim }) => cellKey(claim.segment, claim.trait, claim.value ?? '')));
  const isProxy = (row: MeasuredProbability): boolean => claimed.has(cellKey(row.segment, row.trait, row.value));
  const probabilities = showProbabilities(evidence.probabilities, isProxy, options);
  const shownProbabilities = indexByCell(probabilities);
  const names = new Map([
    ...evidence.segments.map(({ segment, definition }) => [segment, definition?.name ?? segment] as const),
    ...pseudoSegments.map(({ segment, name }) => [segment, name] as const),
    [WHOLE_EXPORT.segment, WHOLE_EXPORT.name] as const,
  ]);
  const segments = showSegments(evidence, hiddenSegments);
  const lineage = showLineage(evidence.lineage, {
    minCell,
    namesBefore: input.earlierNames,
    namesAfter: new Map(segments.flatMap(({ segment, name }) => (name === null ? [] : [[segment, name] as const]))),
    hiddenAfter: new Set(segments.filter(({ suppressed }) => suppressed).map(({ segment }) => segment)),
  });
  const exposure = showExposure(evidence.exposure, evidence.segments, minCell);
  const shownLineage = new Map(lineage.map((row) => [JSON.stringify([row.before, row.after]), row]));
  const leakage = showLeakage(evidence.leakage, { minCell, associations, segments: evidence.segments });
  const compositions = showCompositions(evidence.compositions, {
    minCell,
    associations,
    nameOf: (segment) => names.get(segment) ?? segment,
  });
  for (const { segment, name } of [...leakage, ...compositions]) names.set(segment, name);
  const consent = showConsent(evidence.consent, minCell, hiddenSegments);
  const shownCompositions = indexByCell(compositions);
  const worded = wordFindings(input, {
    nameOf: (segment) => names.get(segment) ?? segment,
    leakage: (trait, value) => leakage.find((row) => row.trait === trait && row.value === value),
    composition: (segment, trait, value) => shownCompositions.get(cellKey(segment, trait, value)),
    association: associationFinder({ associations, pseudoSegments }),
    probability: (segment, trait, value) => shownProbabilities.get(cellKey(segment, trait, value)),
    exposure,
    consent: (segment, trait) => consent?.find((row) => row.segment === segment && row.trait === trait),
    lineage: (before, after) => shownLineage.get(JSON.stringify([before, after])),
  });
  const accepted = applyAcceptances(
    worded,
    { segments, associations, pseudoSegments, probabilities, leakage, compositions, lineage },
    input.acceptances,
  );
  const { findings } = accepted;
  const summary = summarise(input, findings, associations);
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: input.tool,
    generatedAt: input.generatedAt,
    inputs: input.inputs,
    packs: input.packs.map(showPack),
    rules: showRules(input.packs, findings),
    manifest,
    summary,
    gate: judgeGate(
      findings,
      {
        inconclusive: summary.associations.inconclusive + summary.associations.untestable,
        isMembershipExamined: summary.examined.includes('membership'),
      },
      { failOn, failOnInconclusive: input.failOnInconclusive },
    ),
    findings,
    segments,
    associations,
    probabilities,
    pseudoSegments,
    distributions: showDistributions(evidence.distributions, associations, minCell),
    leakage,
    compositions,
    lineage,
    exposure,
    governance: showGovernance(evidence, judgement.claims),
    consent,
    selfTest: input.selfTest,
    waivers: accepted.waivers,
    baseline: accepted.baseline,
    privateCounts: privacy === null ? null : showPrivateCounts(exactCounts(input), privacy),
    notices: [...input.notices, ...accepted.notices],
  };
}

function exactCounts({ inputs, users, panelUsers, evidence, manifest }: ReportInput): ExactCounts {
  return { inputs, users, panelUsers, tables: evidence.associations, minCell: manifest.thresholds.minCell };
}

function showPack(pack: RulePack): PackRecord {
  const { id, version, title, jurisdiction, shown, sha256, digest, rules } = pack;
  return {
    id,
    version,
    title,
    jurisdiction,
    path: shown,
    sha256,
    digest,
    rules: rules.length,
    builtOn: pack.builtOn.map((source) => ({
      id: source.id,
      version: source.version,
      path: source.shown,
      sha256: source.sha256,
    })),
    off: pack.off.map(({ rule, by, reason }) => ({ rule: rule.id, by, reason })),
  };
}

/** Every rule that was applied, in the order of the packs. */
function showRules(packs: readonly RulePack[], findings: readonly Finding[]): readonly RuleRecord[] {
  return packs.flatMap(({ rules }) =>
    rules.map((rule) => ({
      id: rule.id,
      pack: rule.pack,
      kind: rule.kind,
      title: rule.title,
      why: rule.why,
      remedy: rule.remedy,
      law: rule.law,
      ...(rule.verify === undefined ? {} : { verify: rule.verify }),
      ...(rule.changed === undefined ? {} : { changed: rule.changed }),
      measures: kindOf(rule).explain(rule),
      findings: findings.filter((finding) => finding.rule === rule.id && finding.pack === rule.pack).length,
    })),
  );
}

function showPseudoSegments({ pseudo, evidence }: ReportInput, options: ShowOptions): readonly PseudoSegmentRecord[] {
  if (pseudo === undefined) return [];
  const names = new Map(evidence.segments.map(({ segment, definition }) => [segment, definition?.name ?? segment]));
  const associations = showAssociations(pseudo.evidence.associations, pseudo.judgement.verdicts, options);
  return pseudo.segments.map(({ id, kind, of }) => ({
    segment: id,
    kind,
    name: pseudoName(kind, of === undefined ? '' : (names.get(of) ?? of)),
    associations: associations.filter((row) => row.segment === id),
  }));
}

function pseudoName(kind: PseudoSegment['kind'], of: string): string {
  switch (kind) {
    case 'no-segment':
      return 'users in no segment';
    case 'most-memberships':
      return 'users with the most memberships';
    case 'flagged':
      return 'users in any flagged segment';
    case 'top-scores':
      return `highest scores of ${of}`;
  }
}

function wordFindings({ judgement, evidence, pseudo }: ReportInput, context: WordingContext): readonly Finding[] {
  const locations = new Map(evidence.segments.map(({ segment, definition }) => [segment, definition?.location]));
  return [...judgement.claims, ...(pseudo?.judgement.claims ?? [])]
    .map(({ rule, claim }: RuleClaim): Finding => {
      const location = locations.get(claim.segment);
      return {
        fingerprint: fingerprint({ rule: rule.id, ...claim }),
        rule: rule.id,
        pack: rule.pack,
        segment: claim.segment,
        trait: claim.trait,
        ...(claim.value === undefined ? {} : { value: claim.value }),
        severity: claim.severity,
        verdict: claim.verdict,
        title: rule.title,
        message: kindOf(rule).word(rule, claim, context),
        evidence: claim.evidence,
        law: rule.law,
        remedy: rule.remedy,
        ...(location === undefined ? {} : { location }),
        state: 'new',
      };
    })
    .sort(compareFindings);
}

/** Gravest first; then by place, rule, segment, trait and value, so that the order never depends on the input's. */
function compareFindings(a: Finding, b: Finding): number {
  return (
    severityRank(a.severity) - severityRank(b.severity) ||
    compareText(a.segment, b.segment) ||
    compareText(a.trait, b.trait) ||
    compareText(a.rule, b.rule) ||
    compareText(a.value ?? '', b.value ?? '')
  );
}

function segmentsOfHiddenSize({ segments }: EvidenceSet, minCell: number): ReadonlySet<string> {
  const sizes = new Map(
    segments.flatMap(({ segment, members }) => (members === undefined ? [] : [[segment, members] as const])),
  );
  return hiddenSizes(sizes, minCell);
}

function showSegments({ segments, texts }: EvidenceSet, hidden: ReadonlySet<string>): readonly SegmentRecord[] {
  const read = groupBy(texts, ({ segment }) => segment);
  return segments.map((segment) => showSegment(segment, read.get(segment.segment) ?? [], hidden.has(segment.segment)));
}

function showSegment(
  { segment, definition, members }: AuditedSegment,
  texts: readonly ReadText[],
  isHidden: boolean,
): SegmentRecord {
  const labels = texts.map((text) => text.judgement.label);
  const label = labels.includes('sensitive') ? 'sensitive' : labels.includes('borderline') ? 'borderline' : 'not';
  const traits = new Set(
    texts.filter((text) => text.judgement.label === label).flatMap((text) => text.judgement.traits),
  );
  return {
    segment,
    name: definition?.name ?? null,
    members: isHidden ? null : (members ?? null),
    suppressed: isHidden,
    ...(definition === undefined ? {} : { location: definition.location }),
    definitionDigest: definition === undefined ? null : definitionDigest(definition),
    words: { label, traits: [...traits].sort(compareText) },
    harmless: texts.flatMap(({ judgement }) =>
      judgement.harmless.flatMap((match) =>
        match.reason === 'context' ? [{ trait: match.trait, matched: match.matched, because: match.context }] : [],
      ),
    ),
  };
}

function summarise(input: ReportInput, findings: readonly Finding[], associations: readonly Association[]): Summary {
  const { minCell } = input.manifest.thresholds;
  const tests = countTests(associations);
  const found = new Set(findings.map((finding) => finding.segment));
  const people = (count: number | undefined): number | null =>
    count === undefined || isSmallCell(count, minCell) ? null : count;
  return {
    segments: input.evidence.segments.length,
    segmentsWithFindings: input.evidence.segments.filter(({ segment }) => found.has(segment)).length,
    users: people(input.users),
    panelUsers: people(input.panelUsers),
    findings: {
      critical: 0,
      high: 0,
      medium: 0,
      low: 0,
      ...Object.fromEntries(
        SEVERITIES.map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length]),
      ),
    },
    associations: {
      tested: tests.tested,
      proxy: tests.proxy,
      cleared: tests.cleared,
      inconclusive: tests.inconclusive,
      untestable: associations.length - tests.tested,
      unattainable: input.evidence.unattainable,
      expectedByChance: input.evidence.expectedByChance,
    },
    compositions: input.compositionSearch,
    traitsTested: [...tests.traits].sort(compareText),
    examined: input.examined,
  };
}

interface TestCounts extends Record<Verdict, number> {
  tested: number;
  readonly traits: Set<string>;
}

/** Counted in one go: there may be millions. */
function countTests(associations: readonly Association[]): TestCounts {
  const counts: TestCounts = { tested: 0, proxy: 0, cleared: 0, inconclusive: 0, traits: new Set() };
  for (const { trait, test, verdict } of associations) {
    if (verdict !== null) counts[verdict] += 1;
    if (test === null) continue;
    counts.tested += 1;
    counts.traits.add(trait);
  }
  return counts;
}
