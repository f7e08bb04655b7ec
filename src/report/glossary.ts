import type { AuditReport } from '../domain/report.ts';

/** A word of the report and what it means there. */
export interface GlossaryEntry {
  readonly term: string;
  readonly meaning: string;
}

/** The words that a reader of this report meets, in alphabetical order. */
export function glossary({ manifest }: AuditReport): readonly GlossaryEntry[] {
  const { minCell } = manifest.thresholds;
  return [
    {
      term: 'AUC',
      meaning:
        'Of two users, one with the trait value and one without, the chance that an attacker who sees only their segments tells which is which. 50 % is guessing, 100 % is certainty.',
    },
    {
      term: 'Baseline',
      meaning: 'Findings that were there in an earlier run and were recorded as known. They do not count at the gate.',
    },
    {
      term: 'Cleared',
      meaning: 'The panel is large enough to rule out a departure beyond the bound. Only this is a pass.',
    },
    {
      term: 'Fingerprint',
      meaning: 'What makes a finding the same finding in the next run: rule, segment, trait and value.',
    },
    {
      term: 'Gate',
      meaning: 'The check that stops a release: it fails on new findings of a given severity or graver.',
    },
    {
      term: 'Inconclusive',
      meaning: 'Neither a departure beyond the bound nor its absence is shown. Missing evidence is never a pass.',
    },
    {
      term: 'Interval',
      meaning: 'The range of values that fit the data, at the stated level. A narrow one says much, a wide one little.',
    },
    {
      term: 'Lineage',
      meaning: 'Whether a segment holds the people of a segment of an earlier export, whatever either is called.',
    },
    {
      term: 'Panel',
      meaning: 'Users whose trait values are known, such as volunteers who said so and agreed to this use.',
    },
    {
      term: 'Proxy',
      meaning:
        'A segment whose membership tells more about a trait value than the bound allows. It need not be meant so.',
    },
    {
      term: 'q-value',
      meaning:
        'The share of false alarms to expect when everything at least this extreme is flagged, all tests counted.',
    },
    {
      term: 'Representation ratio',
      meaning:
        'How many times as often users with the value are in the segment as users without it. 1 is no difference.',
    },
    { term: 'Segment', meaning: 'A group of users that a model or a rule put together.' },
    {
      term: 'Suppressed',
      meaning:
        minCell > 0
          ? `Hidden, because the figure is about 1 to ${minCell - 1} people or would let somebody work such a figure out.`
          : 'Hidden figures; in this report, none are hidden for being about few people.',
    },
    { term: 'Trait, trait value', meaning: 'A protected characteristic, such as religion, and one group of it.' },
    {
      term: 'Waiver',
      meaning: 'A decision to accept one finding, with a reason, an owner and a last day.',
    },
  ];
}
