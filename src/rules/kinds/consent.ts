import { findGap, readAttribute } from '../../evidence/governance.ts';
import { formatCount, formatPercent } from '../../wording/format-number.ts';
import { traitWords } from '../../wording/trait-words.ts';
import { FOUND_BY_SCHEMA } from '../narrowing.ts';
import { type Rule, severityOn } from '../pack.ts';
import type { Claim, RuleKind } from '../rule-kind.ts';

interface ConsentConditions {
  readonly share: number;
  readonly unlessBasis?: readonly string[];
  readonly foundBy?: 'this-pack';
}

/** Fires when members of a segment that gives a trait away have no recorded consent. */
export const consentKind: RuleKind = {
  isAboutClaims: true,

  whenSchema: {
    type: 'object',
    additionalProperties: false,
    required: ['share'],
    properties: {
      share: {
        type: 'number',
        minimum: 0,
        exclusiveMaximum: 1,
        description: 'More than this share of the members must be without recorded consent.',
      },
      foundBy: FOUND_BY_SCHEMA,
      unlessBasis: {
        type: 'array',
        minItems: 1,
        uniqueItems: true,
        items: { type: 'string', minLength: 1 },
        description: 'Lawful bases that need no consent: segments whose definition records only these are left alone.',
      },
    },
  },

  evaluate(rule, { consent = [], governance, segments }, covers) {
    const { share, unlessBasis, foundBy } = conditionsOf(rule);
    const isCounted = (segment: string, trait: string): boolean =>
      foundBy === undefined ||
      [...(governance?.foundBy.get(segment) ?? [])].some(
        ([found, packs]) => found.split(' x ').includes(trait) && packs.has(rule.pack),
      );
    const definitions = new Map(segments.map(({ segment, definition }) => [segment, definition]));
    const restsOnAnother = (segment: string): boolean => {
      const definition = definitions.get(segment);
      const basis = definition === undefined ? null : readAttribute(definition, 'lawful_basis');
      return basis !== null && findGap(basis, 'in', [...(unlessBasis ?? [])], governance?.today ?? '') === null;
    };
    const claims = consent
      .filter(({ trait, judgedShare }) => covers(trait) && judgedShare !== null && judgedShare > share)
      .filter(({ segment, trait }) => isCounted(segment, trait))
      .filter(({ segment }) => unlessBasis === undefined || !restsOnAnother(segment))
      .map(
        ({ segment, trait }): Claim => ({
          segment,
          trait,
          severity: severityOn(rule, trait),
          verdict: null,
          evidence: [{ kind: 'consent', segment, trait }],
        }),
      );
    return { claims, verdicts: [] };
  },

  wasExamined(_rule, { consent }) {
    return consent !== null;
  },

  word(_rule, { segment, trait }, { nameOf, consent }) {
    const row = consent(segment, trait);
    const purposes = row?.purposes ?? [];
    const use = purposes.length === 0 ? '' : ` for ${purposes.map((purpose) => `"${purpose}"`).join(' and ')}`;
    const name = `"${nameOf(segment)}", which gives ${traitWords(trait)} away,`;
    if (row === undefined || row.suppressed || row.membersWithout === null) {
      return `Members of ${name} have no recorded consent${use}. How many is hidden, because it would reveal a group that is too small to show.`;
    }
    return `${formatCount(row.membersWithout)} members (${formatPercent(row.shareWithout)}) of ${name} have no recorded consent${use}.`;
  },

  explain(rule) {
    const { share, unlessBasis } = conditionsOf(rule);
    const bound = share === 0 ? 'any member is' : `more than ${formatPercent(share)} of the members are`;
    const other =
      unlessBasis === undefined
        ? ''
        : ` Segments that rest on another ground (${unlessBasis.join(', ')}) are left alone.`;
    return (
      'Compares the members of every segment whose words, topics, membership or descent give a trait away with the consent file (--consent), by the trait, by the purpose that the ' +
      `definition records, or both. Fires when ${bound} without recorded consent. Where few have it, or few have not, it is judged as if as many as may be had not.${other}`
    );
  },
};

function conditionsOf(rule: Rule): ConsentConditions {
  return rule.when as unknown as ConsentConditions;
}
