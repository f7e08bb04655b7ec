import type { GovernanceEvidence as GovernanceFinding } from '../../domain/finding.ts';
import type { GovernanceCondition } from '../../domain/governance.ts';
import type { Json } from '../../domain/json.ts';
import { attributeText, findGap, GOVERNANCE_ATTRIBUTES, readAttribute } from '../../evidence/governance.ts';
import { traitWords } from '../../wording/trait-words.ts';
import { FOUND_BY_SCHEMA } from '../narrowing.ts';
import { type Rule, severityOn } from '../pack.ts';
import type { Claim, RuleKind } from '../rule-kind.ts';

interface GovernanceConditions {
  readonly attribute: string;
  readonly is: GovernanceCondition;
  readonly value?: Json;
  readonly onlyIf?: 'sensitive';
  readonly foundBy?: 'this-pack';
}

/** Stands for a trait in findings on segments that give none away. */
const GOVERNANCE = 'governance';

/** Fires when the definition of a segment does not record what a rule asks for. */
export const governanceKind: RuleKind = {
  isAboutClaims: true,

  whenSchema: {
    type: 'object',
    additionalProperties: false,
    required: ['attribute', 'is'],
    properties: {
      attribute: {
        type: 'string',
        minLength: 1,
        description: `Attribute of the definition. Recognised under usual names: ${GOVERNANCE_ATTRIBUTES.join(', ')}.`,
      },
      is: { enum: ['present', 'absent', 'atMost', 'in', 'notIn', 'notPast'], description: 'What has to hold.' },
      value: {
        type: ['string', 'number', 'array'],
        items: { type: 'string' },
        description: 'The limit, or the values, that the condition compares with.',
      },
      onlyIf: { const: 'sensitive', description: 'Only segments whose words or membership give a trait away.' },
      foundBy: FOUND_BY_SCHEMA,
    },
    allOf: [
      {
        if: { type: 'object', required: ['is'], properties: { is: { enum: ['atMost', 'in', 'notIn'] } } },
        // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
        then: { type: 'object', required: ['value'], properties: { value: {} } },
      },
    ],
  },

  evaluate(rule, { segments, governance }, covers) {
    if (governance === undefined || !governance.isDocumented) return { claims: [], verdicts: [] };
    const { attribute, is, value, onlyIf, foundBy } = conditionsOf(rule);
    const isCounted = (segment: string, trait: string): boolean =>
      covers(trait) &&
      (foundBy === undefined || (governance.foundBy.get(segment)?.get(trait)?.has(rule.pack) ?? false));
    const claims = segments.flatMap(({ segment, definition }): Claim[] => {
      if (definition === undefined) return [];
      const [given] = (governance.sensitive.get(segment) ?? []).filter((one) => isCounted(segment, one));
      const trait = given ?? (onlyIf === undefined && covers(GOVERNANCE) ? GOVERNANCE : undefined);
      if (trait === undefined) return [];
      const found = readAttribute(definition, attribute);
      const gap = findGap(found, is, value, governance.today);
      if (gap === null) return [];
      const item: GovernanceFinding = { kind: 'governance', attribute, is, gap, found: attributeText(found) };
      return [{ segment, trait, severity: severityOn(rule, trait), verdict: null, evidence: [item] }];
    });
    return { claims, verdicts: [] };
  },

  wasExamined(_rule, { segments, notices }) {
    return segments.length > 0 && notices.every(({ code }) => code !== 'governance-not-recorded');
  },

  word(rule, claim, { nameOf }) {
    const item = claim.evidence.find((one) => one.kind === 'governance');
    if (item === undefined) return '';
    const because = claim.trait === GOVERNANCE ? '' : `, which gives ${traitWords(claim.trait)} away,`;
    const subject = `The definition of "${nameOf(claim.segment)}"${because}`;
    const found = item.found === null ? '' : `"${item.found.slice(0, 200)}"`;
    switch (item.gap) {
      case 'missing':
        return `${subject} records no ${words(item.attribute)}.`;
      case 'there':
        return `${subject} has ${words(item.attribute)} ${found}, and should have none.`;
      case 'unreadable':
        return `${subject} has ${words(item.attribute)} ${found}, which cannot be read as ${item.is === 'notPast' ? 'a date (year-month-day)' : 'a number'}.`;
      case 'out-of-bounds':
        return `${subject} has ${words(item.attribute)} ${found}; the rule asks that it ${demand(rule)}.`;
    }
  },

  explain(rule) {
    const { attribute, onlyIf, foundBy } = conditionsOf(rule);
    const finder = foundBy === undefined ? '' : ', as rules of this pack find,';
    const which =
      onlyIf === undefined
        ? 'every definition'
        : `the definitions of segments whose words or membership${finder} give a trait away`;
    return (
      `Reads the attribute ${attribute} of ${which}, under its usual names; asks that it ${demand(rule)}. ` +
      'Says nothing when no definition of the export records any of these attributes.'
    );
  },
};

function conditionsOf(rule: Rule): GovernanceConditions {
  return rule.when as unknown as GovernanceConditions;
}

function demand(rule: Rule): string {
  const { is, value } = conditionsOf(rule);
  const values = attributeText(value ?? null) ?? '';
  switch (is) {
    case 'present':
      return 'is there';
    case 'absent':
      return 'is not there';
    case 'atMost':
      return `is at most ${values} (days, or entries of a list)`;
    case 'in':
      return `is one of: ${values}`;
    case 'notIn':
      return `is none of: ${values}`;
    case 'notPast':
      return 'is not past';
  }
}

function words(attribute: string): string {
  return attribute.replaceAll('_', ' ');
}
