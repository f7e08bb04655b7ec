import { narrowTopics } from '../../evidence/topics.ts';
import { formatNumber, formatPercent } from '../../wording/format-number.ts';
import { traitWords } from '../../wording/trait-words.ts';
import { explainGroups, GROUPS_SCHEMAS, type GroupConditions, readsGroup } from '../narrowing.ts';
import { type Rule, severityOn } from '../pack.ts';
import type { RuleKind } from '../rule-kind.ts';

interface TopicConditions extends GroupConditions {
  readonly share: number;
  readonly lift: number;
  readonly strength: 'explicit' | 'implied';
}

/** Fires when the weighted topics that a segment is made of name a trait, even under a harmless name. */
export const topicsKind: RuleKind = {
  whenSchema: {
    type: 'object',
    additionalProperties: false,
    required: ['share', 'lift', 'strength'],
    properties: {
      share: {
        type: 'number',
        minimum: 0,
        maximum: 1,
        description: 'Least weighted share of topics that name the trait.',
      },
      lift: {
        type: 'number',
        minimum: 0,
        description: 'Least ratio of that share to the mean of all definitions with topics.',
      },
      strength: { enum: ['explicit', 'implied'], description: 'Whether topics that only suggest the trait count.' },
      ...GROUPS_SCHEMAS,
    },
  },

  evaluate(rule, evidence, covers) {
    const { share, lift, strength, groups, exceptGroups } = conditionsOf(rule);
    const readsAll = groups === undefined && exceptGroups === undefined;
    const read = readsAll
      ? evidence.topics
      : narrowTopics(evidence.topics, (group) => readsGroup(conditionsOf(rule), group));
    const claims = read
      .filter((topic) => covers(topic.trait))
      .map((topic) => ({ topic, counted: strength === 'explicit' ? topic.explicitShare : topic.share }))
      .filter(({ topic, counted }) => counted > 0 && counted >= share && topic.lift >= lift)
      .map(({ topic, counted }) => ({
        segment: topic.segment,
        trait: topic.trait,
        severity: severityOn(rule, topic.trait),
        verdict: null,
        evidence: [
          {
            kind: 'topics' as const,
            share: counted,
            lift: topic.lift,
            topics: topic.topics
              .filter((item) => strength === 'implied' || item.strength === 'explicit')
              .map(({ term, weight, strength: said }) => ({ term, weight, strength: said })),
          },
        ],
      }));
    return { claims, verdicts: [] };
  },

  wasExamined(_rule, { summary }) {
    return summary.examined.includes('topics');
  },

  word(_rule, claim, { nameOf }) {
    const evidence = claim.evidence.find((item) => item.kind === 'topics');
    if (evidence === undefined) return '';
    const topics = evidence.topics.map((topic) => `"${topic.term}"`).join(', ');
    return (
      `Topics that name ${traitWords(claim.trait)} make up ${formatPercent(evidence.share)} of "${nameOf(claim.segment)}": ${topics}. ` +
      `That is ${formatNumber(evidence.lift)} times the average of this export's definitions.`
    );
  },

  explain(rule) {
    const { share, lift, strength } = conditionsOf(rule);
    return (
      `Reads each weighted topic with the shipped lexicons${explainGroups(rule.when)}; fires when topics that ${strength === 'explicit' ? 'name' : 'name or suggest'} the trait ` +
      `hold at least ${formatPercent(share)} of the weight, and at least ${formatNumber(lift)} times the export's average share.`
    );
  },
};

function conditionsOf(rule: Rule): TopicConditions {
  return rule.when as unknown as TopicConditions;
}
