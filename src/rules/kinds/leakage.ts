import { type Leakage, WHOLE_EXPORT } from '../../domain/leakage.ts';
import { formatNumber, formatPercent } from '../../wording/format-number.ts';
import { traitTitle } from '../../wording/trait-words.ts';
import { asksForValue, explainValues, VALUES_SCHEMA } from '../narrowing.ts';
import { severityOn } from '../pack.ts';
import type { RuleKind } from '../rule-kind.ts';

/** Names of segments that a message spells out. */
const NAMES_SHOWN = 5;

/** Fires when the set of a user's memberships tells a trait value: an attack on users that it was not trained on beats the bound. */
export const leakageKind: RuleKind = {
  whenSchema: {
    type: 'object',
    required: ['auc'],
    additionalProperties: false,
    properties: {
      auc: {
        type: 'number',
        minimum: 0.5,
        exclusiveMaximum: 1,
        description: 'Largest AUC of the attack that is allowed; its lower limit must lie above it.',
      },
      values: VALUES_SCHEMA,
    },
  },

  evaluate(rule, evidence, covers) {
    const claims = evidence.leakage
      .filter(({ trait, value }) => covers(trait) && asksForValue(rule.when, value))
      .filter(({ auc, aucByChance }) => auc.lower > Math.max(Number(rule.when.auc), aucByChance.upper))
      .map(({ trait, value }) => ({
        segment: WHOLE_EXPORT.segment,
        trait,
        value,
        severity: severityOn(rule, trait),
        verdict: 'proxy' as const,
        evidence: [{ kind: 'leakage' as const, trait, value }],
      }));
    return { claims, verdicts: [] };
  },

  wasExamined(_rule, { leakage }) {
    return leakage.length > 0;
  },

  word(_rule, { trait, value = '' }, { nameOf, leakage }) {
    const row = leakage(trait, value);
    if (row === undefined || row.suppressed) {
      return `The set of segments that a user is in tells ${traitTitle({ trait, value })}. The figures are hidden, because they would reveal a group that is too small to show.`;
    }
    const { estimate, lower, upper } = row.auc;
    return (
      `The set of segments that a user is in tells ${traitTitle({ trait, value })}: of two users, one with the value and one without, an attacker with a labelled sample picks the right one ` +
      `${formatPercent(estimate)} of the time (95 % interval ${formatPercent(lower)} to ${formatPercent(upper)}; guessing gives 50 %).` +
      `${topSentence(row)}${residualSentence(row)}${removalSentence(row, nameOf)}`
    );
  },

  explain(rule) {
    return (
      'Fires when a naive Bayes attack, trained on four fifths of the labelled users and tested on the others, tells the value from the set of memberships with an AUC whose ' +
      `95 % interval lies above ${formatNumber(Number(rule.when.auc))}, and above what shuffled labels give. The value of the finding does not depend on any single segment.${explainValues(rule.when)}`
    );
  },
};

function topSentence({ precisionAtTop }: Leakage): string {
  const top = precisionAtTop.find(({ precision }) => precision !== null);
  if (top === undefined) return '';
  return ` Of the ${formatPercent(top.share)} that look most like it, ${formatPercent(top.precision)} have the value, ${formatNumber(top.lift)} times the base rate.`;
}

function residualSentence({ residual }: Leakage): string {
  if (residual === null || residual.auc.estimate === null) return '';
  const dropped = residual.segmentsDropped === 1 ? 'flagged segment' : `${residual.segmentsDropped} flagged segments`;
  return ` Without the ${dropped} the figure is ${formatPercent(residual.auc.estimate)}.`;
}

function removalSentence(row: Leakage, nameOf: (segment: string) => string): string {
  const { removal, removalSuffices, bound } = row;
  if (removal.length === 0 || bound === null) return '';
  const names = removal.slice(0, NAMES_SHOWN).map(({ segment }) => `"${nameOf(segment)}"`);
  const more = removal.length > NAMES_SHOWN ? ` and ${removal.length - NAMES_SHOWN} more` : '';
  const last = removal.at(-1)?.auc.estimate ?? null;
  const coarsen = coarseningSentence(row, nameOf);
  if (removalSuffices !== true) {
    return ` Dropping ${removal.length} segments is not enough to get below ${formatPercent(bound)}: too many of them carry it.${coarsen}`;
  }
  const segments = removal.length === 1 ? 'this segment' : `these ${removal.length} segments`;
  return ` Dropping ${segments} brings it below ${formatPercent(bound)}${last === null ? '' : ` (${formatPercent(last)})`}: ${names.join(', ')}${more}.${coarsen}`;
}

function coarseningSentence(
  { removal, coarseningSuffices, bound }: Leakage,
  nameOf: (segment: string) => string,
): string {
  const parents = [...new Set(removal.flatMap(({ parent }) => (parent === null ? [] : [`"${nameOf(parent)}"`])))];
  if (parents.length === 0 || bound === null) return '';
  const last = removal.at(-1)?.coarsenedAuc?.estimate ?? null;
  const figure = last === null ? '' : ` gives ${formatPercent(last)}, which`;
  return (
    ` Coarsening those with a parent into it instead (${parents.slice(0, NAMES_SHOWN).join(', ')})${figure} is ` +
    `${coarseningSuffices === true ? 'enough' : 'not enough'}.`
  );
}
