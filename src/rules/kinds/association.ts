import type { Verdict } from '../../domain/association.ts';
import { fromJsonNumber } from '../../domain/json.ts';
import type { Severity } from '../../domain/severity.ts';
import { SEVERITIES } from '../../domain/severity.ts';
import type { TestedAssociation } from '../../evidence/multiplicity.ts';
import { formatNumber, formatPercent } from '../../wording/format-number.ts';
import type { Rule } from '../pack.ts';
import { POLICIES } from '../policies/index.ts';
import type { Claim, RuleKind } from '../rule-kind.ts';

interface AssociationConditions {
  readonly policy: string;
  readonly direction: 'over' | 'under' | 'both';
  readonly raise?: { readonly posterior: number; readonly to: Severity };
}

/** Fires when the panel shows that membership goes with a trait value beyond the policy's bounds. */
export const associationKind: RuleKind = {
  whenSchema: {
    type: 'object',
    required: ['policy', 'direction'],
    additionalProperties: false,
    properties: {
      policy: { enum: Object.keys(POLICIES), description: 'What decides between proxy, cleared and inconclusive.' },
      direction: {
        enum: ['over', 'under', 'both'],
        description: 'Whether the value must be over- or under-represented.',
      },
      raise: {
        type: 'object',
        additionalProperties: false,
        required: ['posterior', 'to'],
        description:
          'Raises the severity when a minority value is held by at least this share of the members (lower limit).',
        properties: {
          posterior: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
          to: { enum: [...SEVERITIES] },
        },
      },
      ...Object.assign({}, ...Object.values(POLICIES).map((policy) => policy.parameters)),
    },
  },

  evaluate(rule, evidence, covers) {
    const conditions = conditionsOf(rule);
    const judge = judgeOf(rule);
    const claims: Claim[] = [];
    const verdicts = [];
    for (const association of evidence.associations) {
      if (!covers(association.trait)) continue;
      const { segment, trait, value } = association;
      const { verdict, direction } = judge(association);
      verdicts.push({ segment, trait, value, verdict });
      const isAsked = conditions.direction === 'both' || conditions.direction === direction;
      if (direction === undefined || !isAsked || !isWorthClaiming(association, direction)) continue;
      claims.push({
        segment,
        trait,
        value,
        severity: severityOf(rule, association, direction),
        verdict,
        evidence: [{ kind: 'association', segment, trait, value, direction }],
      });
    }
    return { claims, verdicts };
  },

  word(_rule, claim, { nameOf, association }) {
    const { segment, trait, value = '' } = claim;
    const measured = association(segment, trait, value);
    const isUnder = claim.evidence.some((item) => item.kind === 'association' && item.direction === 'under');
    const less = isUnder ? 'less' : 'more';
    if (measured === undefined || measured.suppressed) {
      return (
        `Users with ${trait} = ${value} are far ${less} often in "${nameOf(segment)}" than other users. ` +
        'The figures are hidden, because they would reveal a group that is too small to show.'
      );
    }
    const { representationRatio: ratio, shareInside, shareOutside } = measured;
    return (
      `${formatPercent(shareInside.estimate)} of the labelled members of "${nameOf(segment)}" have ${trait} = ${value}, ` +
      `against ${formatPercent(shareOutside.estimate)} outside. Users with this value are in the segment ${formatTimes(ratio.estimate)} as often as others ` +
      `(95 % interval ${formatNumber(ratio.lower)} to ${formatNumber(ratio.upper)}).`
    );
  },

  explain(rule) {
    const { direction, raise } = conditionsOf(rule);
    const sense = { over: 'over-represented', under: 'under-represented', both: 'over- or under-represented' }[
      direction
    ];
    const raised =
      raise === undefined
        ? ''
        : ` Severity rises to ${raise.to} when at least ${formatPercent(raise.posterior)} of the members hold a value that less than half of the panel holds.`;
    return `Fires when a value is ${sense}. ${policyOf(rule).explain(rule.when)}${raised}`;
  },
};

function conditionsOf(rule: Rule): AssociationConditions {
  return rule.when as unknown as AssociationConditions;
}

function policyOf(rule: Rule): (typeof POLICIES)[string] {
  const policy = POLICIES[conditionsOf(rule).policy];
  if (policy === undefined) throw new RangeError(`policy ${conditionsOf(rule).policy} is not registered`);
  return policy;
}

function judgeOf(rule: Rule): (association: TestedAssociation) => { verdict: Verdict; direction?: 'over' | 'under' } {
  const policy = policyOf(rule);
  return (association) => policy.judge(association, rule.when);
}

/**
 * Which departures make a claim. Too few of a majority is too many of others, so under-representation is claimed for minorities only. The
 * twins of a two-valued trait depart together, in opposite directions: one claim is made, about a minority value under a third of the panel
 * when there is one, else about the value that there is too much of.
 */
function isWorthClaiming({ prevalence, twin }: TestedAssociation, direction: 'over' | 'under'): boolean {
  if (twin === undefined) return direction === 'over' || prevalence < 0.5;
  return direction === 'over' ? prevalence <= 2 / 3 : prevalence < 1 / 3;
}

function severityOf(rule: Rule, association: TestedAssociation, direction: 'over' | 'under'): Severity {
  const { raise } = conditionsOf(rule);
  if (raise === undefined || direction === 'under') return rule.severity;
  return association.prevalence < 0.5 && (association.shareInside.lower ?? 0) >= raise.posterior
    ? raise.to
    : rule.severity;
}

function formatTimes(ratio: Parameters<typeof formatNumber>[0]): string {
  const number = fromJsonNumber(ratio);
  return number !== null && !Number.isFinite(number) ? 'infinitely many times' : `${formatNumber(ratio)} times`;
}
