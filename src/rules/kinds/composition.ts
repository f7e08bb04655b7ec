import { compositionId } from '../../evidence/compositions.ts';
import { formatNumber, formatPercent } from '../../wording/format-number.ts';
import { traitTitle } from '../../wording/trait-words.ts';
import { asksForValue, explainValues, VALUES_SCHEMA } from '../narrowing.ts';
import { severityOn } from '../pack.ts';
import type { RuleKind } from '../rule-kind.ts';

/** Fires when two segments together show more of a value than each alone and both multiplied. */
export const compositionKind: RuleKind = {
  whenSchema: {
    type: 'object',
    required: ['ratio', 'gap'],
    additionalProperties: false,
    properties: {
      ratio: {
        type: 'number',
        exclusiveMinimum: 1,
        description:
          'The representation ratio in the whole panel and inside the stronger segment must be at least this.',
      },
      gap: {
        type: 'number',
        exclusiveMinimum: 0,
        exclusiveMaximum: 1,
        description: 'The share in the composition must exceed that of the stronger segment by at least this.',
      },
      values: VALUES_SCHEMA,
    },
  },

  evaluate(rule, evidence, covers) {
    const [ratio, gap] = [Number(rule.when.ratio), Number(rule.when.gap)];
    const claims = evidence.compositions
      .filter(({ trait, value }) => covers(trait) && asksForValue(rule.when, value))
      .filter(
        ({ representationRatio, beyondLarger, shareInside, largerShare }) =>
          (representationRatio.lower ?? 0) >= ratio &&
          (beyondLarger.lower ?? 0) >= ratio &&
          (shareInside.estimate ?? 0) - largerShare >= gap,
      )
      .map((row) => {
        const { kind, first, second, trait, value } = row;
        return {
          segment: compositionId(row),
          trait,
          value,
          severity: severityOn(rule, trait),
          verdict: 'proxy' as const,
          evidence: [{ kind: 'composition' as const, operator: kind, first, second, trait, value }],
        };
      });
    return { claims, verdicts: [] };
  },

  wasExamined(_rule, { summary }) {
    return (summary.compositions?.searched ?? 0) > 0;
  },

  word(_rule, { segment, trait, value = '' }, { nameOf, composition }) {
    const row = composition(segment, trait, value);
    if (row === undefined || row.suppressed) {
      return (
        `Users in ${nameOf(segment)} have ${traitTitle({ trait, value })} far more often than either segment tells. ` +
        'The figures are hidden, because they would reveal a group that is too small to show.'
      );
    }
    const { shareInside, largerShare, representationRatio: whole, synergy } = row;
    return (
      `${formatPercent(shareInside.estimate)} of the labelled users in ${row.name} have ${traitTitle({ trait, value })}, against ${formatPercent(largerShare)} of those on the side of one of the two ` +
      `that shows more of it alone. Users with this value are in both parts ${formatNumber(whole.estimate)} times as often as others (95 % interval ${formatNumber(whole.lower)} to ` +
      `${formatNumber(whole.upper)}); the two together tell ${formatNumber(synergy.estimate)} times what each tells, multiplied (${formatNumber(synergy.lower)} to ${formatNumber(synergy.upper)}).`
    );
  },

  explain(rule) {
    return (
      'Fires when the users in A and B, or in A and not B, hold a value more often than the rest of A, than the rest of B, and than both multiplied would explain, after ' +
      `correction for all pairs, and the representation ratio is at least ${formatNumber(Number(rule.when.ratio))} (lower limits, in the panel and inside the stronger segment) ` +
      `with a gap of ${formatPercent(Number(rule.when.gap))} or more.${explainValues(rule.when)}`
    );
  },
};
