import type { Association, ConditionalRelation, Verdict } from '../../domain/association.ts';
import { fromJsonNumber } from '../../domain/json.ts';
import { SEVERITIES, type Severity } from '../../domain/severity.ts';
import type { TestedAssociation } from '../../evidence/tested-row.ts';
import { membersNeededForGapBound, membersNeededForRatioBound } from '../../statistics/members-needed.ts';
import { formatInterval } from '../../wording/format-interval.ts';
import { formatNumber, formatPercent } from '../../wording/format-number.ts';
import { traitTitle } from '../../wording/trait-words.ts';
import { asksForValue, explainValues, VALUES_SCHEMA } from '../narrowing.ts';
import { type Rule, severityOn } from '../pack.ts';
import { POLICIES } from '../policies/index.ts';
import type { Policy, PolicyVerdict } from '../policies/policy.ts';
import type { AssociationVerdict, Claim, RuleKind } from '../rule-kind.ts';

interface AssociationConditions {
  readonly policy: string;
  readonly direction: 'over' | 'under' | 'both';
  readonly raise?: { readonly posterior: number; readonly to: Severity };
  readonly explained?: Severity;
}

/** Fewer effective members than this say nothing reliable in a weighted panel (NCHS data presentation standards, 2017). */
const SMALLEST_EFFECTIVE_SIZE = 30;

/** Clearing compares both limits of a 95 % interval with the bound. */
const CLEARING_ALPHA = 0.025;

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
      explained: {
        enum: [...SEVERITIES],
        description: 'Severity when the strata explain the association: it leaks all the same, but the cause is known.',
      },
      values: VALUES_SCHEMA,
      ...Object.assign({}, ...Object.values(POLICIES).map((policy) => policy.parameters)),
    },
  },

  evaluate(rule, evidence, covers) {
    const claims: Claim[] = [];
    const judgeOnce = oncePerTable((association) => judge(rule, association));
    const verdicts = evidence.associations.map((association) => {
      if (!covers(association.trait)) return undefined;
      const judged = judgeOnce(association);
      const claim = asksForValue(rule.when, association.value) ? toClaim(rule, association, judged) : undefined;
      if (claim !== undefined) claims.push(claim);
      return judged;
    });
    return { claims, verdicts };
  },

  wasExamined(_rule, { associations }) {
    return associations.some(({ test }) => test !== null);
  },

  word(_rule, claim, { nameOf, association }) {
    const { segment, trait, value = '' } = claim;
    const evidence = claim.evidence.find((item) => item.kind === 'association');
    const measured = association(segment, trait, value);
    const less = evidence?.direction === 'under' ? 'less' : 'more';
    if (measured === undefined || measured.suppressed) {
      return (
        `Users with ${traitTitle({ trait, value })} are far ${less} often in "${nameOf(segment)}" than other users. ` +
        'The figures are hidden, because they would reveal a group that is too small to show.'
      );
    }
    return `${marginalSentence(nameOf(segment), measured)}${strataSentence(measured)}`;
  },

  explain(rule) {
    const { direction, raise, explained } = conditionsOf(rule);
    const sense = { over: 'over-represented', under: 'under-represented', both: 'over- or under-represented' }[
      direction
    ];
    const raised =
      raise === undefined
        ? ''
        : ` Severity rises to ${raise.to} when at least ${formatPercent(raise.posterior)} of the members hold a value that less than half of the panel holds.`;
    const lowered = explained === undefined ? '' : ` Severity is ${explained} when the strata explain the association.`;
    return `Fires when a value is ${sense}, in the whole panel or inside strata. ${policyOf(rule).explain(rule.when)}${raised}${lowered}${explainValues(rule.when)}`;
  },
};

/**
 * Remembers judgements. In a panel without weights and strata they follow from the table and, where every trait is a family of tests of its own,
 * from the trait; small segments repeat each other's tables.
 */
function oncePerTable(judge: (association: TestedAssociation) => Judged): (association: TestedAssociation) => Judged {
  let trait: string | undefined;
  let known = new Map<number, Judged>();
  return (association) => {
    if (association.unweighted !== undefined || association.conditional !== undefined) return judge(association);
    if (association.trait !== trait) {
      trait = association.trait;
      known = new Map();
    }
    const { tableNumber } = association;
    const before = known.get(tableNumber);
    if (before !== undefined) return before;
    const judged = judge(association);
    known.set(tableNumber, judged);
    return judged;
  };
}

/** A verdict, and in which direction the association is claimed to depart, if at all. */
interface Judged extends AssociationVerdict {
  readonly direction: 'over' | 'under' | undefined;
}

function judge(rule: Rule, association: TestedAssociation): Judged {
  const policy = policyOf(rule);
  const isTooSmall = association.unweighted !== undefined && association.effectiveSize < SMALLEST_EFFECTIVE_SIZE;
  const marginal: PolicyVerdict = isTooSmall ? { verdict: 'inconclusive' } : policy.judge(association, rule.when);
  const inside = judgeInside(rule, association);
  const relation = inside === undefined ? null : relate(marginal, inside);
  return {
    verdict: marginal.verdict,
    membersNeeded: marginal.verdict === 'inconclusive' ? membersNeeded(rule, association) : null,
    ratioBound: ratioBound(rule, association),
    conditionalVerdict: inside?.verdict ?? null,
    relation,
    direction: relation === 'masked' ? inside?.direction : marginal.direction,
  };
}

/** The same inside strata, where there are any. */
function judgeInside(rule: Rule, { conditional, prevalence }: TestedAssociation): PolicyVerdict | undefined {
  if (conditional === undefined) return undefined;
  const shareInside = { estimate: null, lower: null, upper: null };
  return policyOf(rule).judge({ ...conditional, prevalence, shareInside }, rule.when);
}

/** How the association inside strata stands to that of the whole panel. */
function relate(marginal: PolicyVerdict, inside: PolicyVerdict): ConditionalRelation | null {
  if (marginal.verdict !== 'proxy') return inside.verdict === 'proxy' ? 'masked' : null;
  if (inside.verdict !== 'proxy') return 'explained';
  return inside.direction === marginal.direction ? 'remains' : 'reversed';
}

function ratioBound(rule: Rule, { prevalence }: TestedAssociation): number | null {
  const bound = policyOf(rule).largestRatio(prevalence, rule.when);
  return Number.isFinite(bound) && bound > 1 ? bound : null;
}

/** Labelled members at which both bounds of the policy could be shown to hold; more of them where weights are unequal. */
function membersNeeded(rule: Rule, { prevalence, table, effectiveSize }: TestedAssociation): number | null {
  const policy = policyOf(rule);
  const inside = table.a + table.b;
  const options = { alpha: CLEARING_ALPHA, segmentShare: inside / (inside + table.c + table.d) };
  const forRatio = membersNeededForRatioBound(prevalence, policy.largestRatio(prevalence, rule.when), options);
  if (forRatio === null) return null;
  const gap = policy.largestGap?.(rule.when) ?? Number.POSITIVE_INFINITY;
  const forGap = membersNeededForGapBound(prevalence, gap, options) ?? 0;
  const designEffect = effectiveSize > 0 ? inside / effectiveSize : 1;
  return Math.ceil(Math.max(forRatio, forGap) * designEffect);
}

function toClaim(rule: Rule, association: TestedAssociation, { direction, relation }: Judged): Claim | undefined {
  const asked = conditionsOf(rule).direction;
  if (direction === undefined || (asked !== 'both' && asked !== direction)) return undefined;
  if (!isWorthClaiming(association, direction)) return undefined;
  const { segment, trait, value } = association;
  return {
    segment,
    trait,
    value,
    severity: severityOf(rule, association, direction, relation),
    verdict: 'proxy' satisfies Verdict,
    evidence: [{ kind: 'association', segment, trait, value, direction }],
  };
}

function conditionsOf(rule: Rule): AssociationConditions {
  return rule.when as unknown as AssociationConditions;
}

function policyOf(rule: Rule): Policy {
  const policy = POLICIES[conditionsOf(rule).policy];
  if (policy === undefined) throw new RangeError(`policy ${conditionsOf(rule).policy} is not registered`);
  return policy;
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

function severityOf(
  rule: Rule,
  { trait, prevalence, shareInside }: TestedAssociation,
  direction: 'over' | 'under',
  relation: ConditionalRelation | null,
): Severity {
  const { raise, explained } = conditionsOf(rule);
  const isTelling = direction === 'over' && prevalence < 0.5;
  if (raise !== undefined && isTelling && (shareInside.lower ?? 0) >= raise.posterior) return raise.to;
  return relation === 'explained' && explained !== undefined ? explained : severityOn(rule, trait);
}

function marginalSentence(
  name: string,
  { trait, value, shareInside, shareOutside, representationRatio: ratio, test }: Association,
): string {
  const estimated = test === 'rao-scott' ? ', weighted' : '';
  return (
    `${formatPercent(shareInside.estimate)} of the labelled members of "${name}" have ${traitTitle({ trait, value })}, ` +
    `against ${formatPercent(shareOutside.estimate)} outside${estimated}. Users with this value are in the segment ${formatTimes(ratio.estimate)} as often as others ` +
    `(95 % interval ${formatNumber(ratio.lower)} to ${formatNumber(ratio.upper)}).`
  );
}

function strataSentence({ conditional }: Association): string {
  if (conditional === null || conditional.relation === null) return '';
  const { representationRatio: ratio, relation, strata } = conditional;
  const columns = strata.join(', ');
  const inside = `within each ${columns} the ratio is ${formatInterval(ratio)}`;
  switch (relation) {
    case 'explained':
      return ` It leaks, explained ${departsInside(ratio) ? 'in part ' : ''}by ${columns}: ${inside}${conditional.reversed ? ', the other way round (Simpson reversal)' : ''}.`;
    case 'remains':
      return ` Not explained by ${columns}: ${inside}.`;
    case 'reversed':
      return ` Simpson reversal: ${inside}, the other way round.`;
    case 'masked':
      return ` The whole panel hides it: ${inside}.`;
  }
}

/** Does the association inside strata exclude 1, although it stays inside the rule's bound? Then the strata explain only part of it. */
function departsInside({ lower, upper }: Association['representationRatio']): boolean {
  return (fromJsonNumber(lower) ?? 0) > 1 || (fromJsonNumber(upper) ?? Number.POSITIVE_INFINITY) < 1;
}

function formatTimes(ratio: Parameters<typeof formatNumber>[0]): string {
  const number = fromJsonNumber(ratio);
  return number !== null && !Number.isFinite(number) ? 'infinitely many times' : `${formatNumber(ratio)} times`;
}
