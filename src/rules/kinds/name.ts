import type { TermEvidence } from '../../domain/finding.ts';
import type { EvidenceSet } from '../../evidence/evidence-set.ts';
import type { ReadText } from '../../evidence/read-words.ts';
import { traitWords } from '../../wording/trait-words.ts';
import { explainGroups, GROUPS_SCHEMAS, type GroupConditions, readsGroup } from '../narrowing.ts';
import { type Rule, severityOn } from '../pack.ts';
import type { Claim, RuleKind, RuleOutcome } from '../rule-kind.ts';

interface NameConditions extends GroupConditions {
  readonly strength: 'explicit' | 'implied';
  readonly fields: readonly ReadText['field'][];
}

/** Fires when the id, name or description of a segment names a trait in words. */
export const nameKind: RuleKind = {
  whenSchema: {
    type: 'object',
    additionalProperties: false,
    required: ['strength', 'fields'],
    properties: {
      strength: { enum: ['explicit', 'implied'], description: 'Strength of the strongest term that names the trait.' },
      fields: {
        type: 'array',
        minItems: 1,
        uniqueItems: true,
        items: { enum: ['segment_id', 'name', 'description'] },
      },
      ...GROUPS_SCHEMAS,
    },
  },

  evaluate(rule, evidence, covers): RuleOutcome {
    const conditions = conditionsOf(rule);
    const claims = new Map<string, Claim>();
    for (const [key, terms] of termsBySegmentAndTrait(evidence, conditions, covers)) {
      const [segment = '', trait = ''] = JSON.parse(key) as string[];
      claims.set(key, { segment, trait, severity: severityOn(rule, trait), verdict: null, evidence: terms });
    }
    return { claims: [...claims.values()], verdicts: [] };
  },

  word(_rule, claim, { nameOf }) {
    const terms = claim.evidence.filter((item) => item.kind === 'term');
    const first = terms[0];
    if (first === undefined) return '';
    const field = first.field === 'segment_id' ? 'id' : first.field;
    const verb = first.strength === 'explicit' ? 'names' : 'suggests';
    const words = [...new Set(terms.map((term) => `"${term.matched}"`))].join(', ');
    const disguise = first.disguise === undefined ? '' : ` (written with ${first.disguise})`;
    return `The ${field} of "${nameOf(claim.segment)}" ${verb} ${traitWords(claim.trait)}: ${words}${disguise}. ${first.why}`;
  },

  explain(rule) {
    const { strength, fields } = conditionsOf(rule);
    return `Reads ${fields.join(', ')} with the shipped lexicons${explainGroups(rule.when)}; fires when the strongest term for the trait is ${strength}.`;
  },
};

function conditionsOf(rule: Rule): NameConditions {
  return rule.when as unknown as NameConditions;
}

/** Terms of the asked strength, unless a stronger one names the same trait in the same fields. */
function termsBySegmentAndTrait(
  evidence: EvidenceSet,
  { strength, fields, ...groups }: NameConditions,
  covers: (trait: string) => boolean,
): ReadonlyMap<string, readonly TermEvidence[]> {
  const found = new Map<string, TermEvidence[]>();
  for (const read of evidence.texts) {
    if (!fields.includes(read.field)) continue;
    for (const match of read.judgement.matches) {
      if (!covers(match.trait) || !readsGroup(groups, match.group)) continue;
      const key = JSON.stringify([read.segment, match.trait]);
      const list = found.get(key) ?? [];
      list.push(toEvidence(read, match));
      found.set(key, list);
    }
  }
  return new Map(
    [...found]
      .filter(([, terms]) => strongest(terms) === strength)
      .map(([key, terms]) => [key, terms.sort(byStrength)]),
  );
}

function toEvidence(read: ReadText, match: ReadText['judgement']['matches'][number]): TermEvidence {
  return {
    kind: 'term',
    field: read.field,
    text: read.text,
    term: match.term,
    matched: match.matched,
    start: match.start,
    end: match.end,
    strength: match.strength,
    language: match.language,
    ...(match.disguise === undefined ? {} : { disguise: match.disguise }),
    lexicon: match.lexicon,
    group: match.group,
    why: match.why,
  };
}

function strongest(terms: readonly TermEvidence[]): 'explicit' | 'implied' {
  return terms.some((term) => term.strength === 'explicit') ? 'explicit' : 'implied';
}

function byStrength(a: TermEvidence, b: TermEvidence): number {
  return Number(b.strength === 'explicit') - Number(a.strength === 'explicit') || a.start - b.start;
}
