import type { LineageEvidence } from '../../domain/finding.ts';
import type { LineageRecord } from '../../domain/lineage.ts';
import { isAtLeast, SEVERITIES, type Severity } from '../../domain/severity.ts';
import type { EarlierFinding } from '../../evidence/earlier-finding.ts';
import type { EvidenceSet } from '../../evidence/evidence-set.ts';
import { formatCount, formatNumber, formatPercent } from '../../wording/format-number.ts';
import { traitWords } from '../../wording/trait-words.ts';
import { FOUND_BY_SCHEMA } from '../narrowing.ts';
import { type Rule, severityOn } from '../pack.ts';
import type { Claim, RuleKind } from '../rule-kind.ts';

interface LineageConditions {
  readonly carries: readonly ('words' | 'topics')[];
  readonly atLeast: Severity;
  readonly share: number;
  readonly foundBy?: 'this-pack';
}

/** Fires when a segment holds the people of an earlier one whose words or topics named a trait, and no longer says so. */
export const lineageKind: RuleKind = {
  whenSchema: {
    type: 'object',
    additionalProperties: false,
    required: ['carries', 'atLeast', 'share'],
    properties: {
      carries: {
        type: 'array',
        minItems: 1,
        uniqueItems: true,
        items: { enum: ['words', 'topics'] },
        description: 'What named the trait in the earlier export: id, name and description, or the topics.',
      },
      atLeast: { enum: [...SEVERITIES], description: 'Least severity of the finding on the earlier segment.' },
      share: {
        type: 'number',
        exclusiveMinimum: 0,
        maximum: 1,
        description:
          'Least share of the people of the earlier segment that live on here, or of the people here that come from it.',
      },
      foundBy: FOUND_BY_SCHEMA,
    },
  },

  evaluate(rule, evidence, covers) {
    const { carries, atLeast, share, foundBy } = conditionsOf(rule);
    const earlierFindings =
      foundBy === undefined
        ? evidence.earlierFindings
        : evidence.earlierFindings.filter(({ pack }) => pack === rule.pack);
    const stillNamed = namedSegments(evidence);
    const spoken = spokenTraits(earlierFindings, atLeast);
    const claims = new Map<string, Claim>();
    for (const row of evidence.lineage) {
      const { before, after, kind } = row;
      if (before === null || after === null) continue;
      if (Math.max(row.shareOfBefore ?? 0, row.shareOfAfter ?? 0) < share) continue;
      for (const earlier of earlierFindings) {
        if (earlier.segment !== before || !covers(earlier.trait) || !carries.includes(earlier.states)) continue;
        if (!isAtLeast(earlier.severity, atLeast) || stillNamed.has(keyOf(after, earlier.trait))) continue;
        if (earlier.states === 'topics' && spoken.has(keyOf(before, earlier.trait))) continue;
        const item: LineageEvidence = {
          kind: 'lineage',
          before,
          nameBefore: earlier.name,
          relation: kind,
          states: earlier.states,
          rule: earlier.rule,
        };
        const key = keyOf(after, earlier.trait);
        const claim = claims.get(key);
        const isKnown = claim?.evidence.some((known) => known.kind === 'lineage' && known.before === before) ?? false;
        if (isKnown) continue;
        claims.set(key, {
          segment: after,
          trait: earlier.trait,
          severity: severityOn(rule, earlier.trait),
          verdict: null,
          evidence: [...(claim?.evidence ?? []), item],
        });
      }
    }
    return { claims: [...claims.values()], verdicts: [] };
  },

  wasExamined(_rule, { lineage }) {
    return lineage.length > 0;
  },

  word(_rule, claim, { nameOf, lineage }) {
    const items = claim.evidence.filter((item) => item.kind === 'lineage');
    return items
      .map((item) => {
        const row = lineage(item.before, claim.segment);
        const people = row === undefined ? 'people' : sharePhrase(row);
        const called = item.nameBefore === item.before ? '' : ` (${item.before})`;
        const what = item.states === 'words' ? 'which names' : 'whose topics name';
        return `"${nameOf(claim.segment)}" holds ${people} of the earlier segment "${item.nameBefore}"${called}, ${what} ${traitWords(claim.trait)}.${row === undefined ? '' : figures(row)}`;
      })
      .join(' ');
  },

  explain(rule) {
    const { carries, atLeast, share, foundBy } = conditionsOf(rule);
    const finding = foundBy === undefined ? 'a finding' : 'a finding of this pack';
    return (
      `Compares the members of every segment with those of every segment of an earlier export (--previous-definitions, --previous-assignments), ids and names aside. ` +
      `Fires when a segment descends from one whose ${carries.join(' or ')} led to ${finding} of severity ${atLeast} or graver, when at least ${formatPercent(share)} of the people of either are in both, ` +
      'and when the segment itself no longer names the trait. Overlaps that segments of these sizes have by chance do not count.'
    );
  },
};

function conditionsOf(rule: Rule): LineageConditions {
  return rule.when as unknown as LineageConditions;
}

/** Segments whose own id or name still states the trait; the rules on names judge those. */
function namedSegments({ texts }: EvidenceSet): ReadonlySet<string> {
  return new Set(
    texts
      .filter(({ field }) => field !== 'description')
      .flatMap(({ segment, judgement }) =>
        judgement.matches.filter(({ strength }) => strength === 'explicit').map(({ trait }) => keyOf(segment, trait)),
      ),
  );
}

/** Earlier segments whose words said it: what their topics said besides adds nothing. */
function spokenTraits(earlierFindings: readonly EarlierFinding[], atLeast: Severity): ReadonlySet<string> {
  return new Set(
    earlierFindings
      .filter(({ states, severity }) => states === 'words' && isAtLeast(severity, atLeast))
      .map(({ segment, trait }) => keyOf(segment, trait)),
  );
}

function keyOf(segment: string, trait: string): string {
  return JSON.stringify([segment, trait]);
}

function sharePhrase({ shareOfBefore, shareOfAfter, atLeast, suppressed }: LineageRecord): string {
  if (atLeast !== null) {
    return atLeast.of === 'before'
      ? `at least ${formatPercent(atLeast.share)} of the people`
      : `people at least ${formatPercent(atLeast.share)} of whom were members`;
  }
  if (suppressed || shareOfBefore === null || shareOfAfter === null) return 'people';
  return shareOfBefore >= shareOfAfter || shareOfBefore >= 0.5
    ? `${formatPercent(shareOfBefore)} of the people`
    : `people ${formatPercent(shareOfAfter)} of whom were members`;
}

function figures({ overlap, expectedOverlap, jaccard, suppressed }: LineageRecord): string {
  if (suppressed || overlap === null || expectedOverlap === null) {
    return ' The exact figures are hidden, because they would reveal a group that is too small to show.';
  }
  const expected = formatCount(Math.round(expectedOverlap));
  return ` ${formatCount(overlap)} users are in both, where chance would put ${expected} (Jaccard index ${formatNumber(jaccard)}).`;
}
