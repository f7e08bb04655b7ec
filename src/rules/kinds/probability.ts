import { formatNumber, formatPercent } from '../../wording/format-number.ts';
import { traitTitle } from '../../wording/trait-words.ts';
import { asksForValue, explainValues, VALUES_SCHEMA } from '../narrowing.ts';
import { type Rule, severityOn } from '../pack.ts';
import { POLICIES } from '../policies/index.ts';
import type { Policy } from '../policies/policy.ts';
import type { RuleKind } from '../rule-kind.ts';

/**
 * Fires when a panel that knows a trait as a probability only shows that membership goes with it. The estimates are attenuated, so the rule
 * can show a proxy but never clear one.
 */
export const probabilityKind: RuleKind = {
  whenSchema: {
    type: 'object',
    required: ['policy', 'direction'],
    additionalProperties: false,
    properties: {
      policy: { enum: Object.keys(POLICIES), description: 'What decides that there is a proxy.' },
      direction: {
        enum: ['over', 'under', 'both'],
        description: 'Whether the value must be over- or under-represented.',
      },
      values: VALUES_SCHEMA,
      ...Object.assign({}, ...Object.values(POLICIES).map((policy) => policy.parameters)),
    },
  },

  evaluate(rule, evidence, covers) {
    const policy = policyOf(rule);
    const asked = String(rule.when.direction);
    const claims = evidence.probabilities
      .filter(({ trait, value }) => covers(trait) && asksForValue(rule.when, value))
      .flatMap((row) => {
        const shareInside = { estimate: null, lower: null, upper: null };
        const { verdict, direction } = policy.judge({ ...row, shareInside }, rule.when);
        if (verdict !== 'proxy' || direction === undefined || (asked !== 'both' && asked !== direction)) return [];
        const { segment, trait, value } = row;
        const evidenceOfClaim = { kind: 'probability' as const, segment, trait, value, direction };
        return [{ segment, trait, value, severity: severityOn(rule, trait), verdict, evidence: [evidenceOfClaim] }];
      });
    return { claims, verdicts: [] };
  },

  wasExamined(_rule, { probabilities }) {
    return probabilities.length > 0;
  },

  word(_rule, { segment, trait, value = '' }, { nameOf, probability }) {
    const row = probability(segment, trait, value);
    if (row === undefined || row.suppressed) {
      return `Users who are likely to have ${traitTitle({ trait, value })} are far more often in "${nameOf(segment)}" than others. The figures are hidden, because they would reveal a group that is too small to show.`;
    }
    const { rateWithValue, rateWithout, representationRatio: ratio } = row;
    return (
      `By the probabilities of the panel, ${formatPercent(rateWithValue)} of users with ${traitTitle({ trait, value })} are in "${nameOf(segment)}", against ${formatPercent(rateWithout)} of others: ` +
      `${formatNumber(ratio.estimate)} times as often (95 % interval ${formatNumber(ratio.lower)} to ${formatNumber(ratio.upper)}). The true ratio is likely to be further from 1.`
    );
  },

  explain(rule) {
    return `For traits known as probabilities: every member counts as p with the value and 1 - p without, never cut at a half. ${policyOf(rule).explain(rule.when)} Such a panel never clears a segment.${explainValues(rule.when)}`;
  },
};

function policyOf(rule: Rule): Policy {
  const policy = POLICIES[String(rule.when.policy)];
  if (policy === undefined) throw new RangeError(`policy ${String(rule.when.policy)} is not registered`);
  return policy;
}
