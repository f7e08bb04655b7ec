import type { AuditReport } from '../domain/report.ts';
import { formatNumber, formatPercent } from '../wording/format-number.ts';
import { correctionName } from '../wording/method-names.ts';

/** A paragraph with its heading. */
export interface MethodParagraph {
  readonly heading: string;
  readonly text: string;
}

/** How the audit measures, for somebody who has to defend its result. */
export function methodParagraphs({ manifest, summary }: AuditReport): readonly MethodParagraph[] {
  const { multiplicity, intervalLevel, power, minCell } = manifest.thresholds;
  const { expectedByChance, unattainable } = summary.associations;
  const level = formatPercent(intervalLevel);
  return [
    {
      heading: 'Words',
      text: 'Id, name, description and topics are read with lexicons of protected traits in many languages, after disguises such as replaced letters are taken off. Contexts that make a word harmless are known ("Black Friday").',
    },
    {
      heading: 'Membership',
      text: `For each segment and trait value, the panel gives a table of four counts: in and outside the segment, with and without the value. From it come shares, ratios with ${level} intervals, and a test. A proxy needs an interval wholly beyond the bound and a small q-value; clearance needs every interval wholly inside.`,
    },
    {
      heading: 'Chance',
      text: `All tests are corrected together, so that false discoveries are held to ${formatPercent(multiplicity.level)} (${correctionName(multiplicity.method)}). If no segment went with any trait, chance alone would have passed up to ${formatNumber(Number(expectedByChance.toPrecision(2)))} of these tests; the bounds then drop most of them.${unattainable > 0 ? ` ${unattainable} tests could not have been significant whatever the counts, and were left out.` : ''}`,
    },
    {
      heading: 'Power',
      text: `Where the result is inconclusive, the report gives the smallest ratio that the panel would have detected with probability ${formatPercent(power)}, and how many labelled members it would take to rule a proxy out.`,
    },
    {
      heading: 'Small groups',
      text:
        minCell > 0
          ? `Counts of 1 to ${minCell - 1} people are hidden, and with them every figure that would let somebody work one out. Verdicts stay: they say on which side of a bound a figure lies.`
          : 'The small-cell limit was switched off: this report can reveal single people.',
    },
  ];
}

/** What the audit cannot tell, whatever it found. */
export function limits(): readonly string[] {
  return [
    'No findings is not proof of safety. The words cover what the lexicons know; membership covers the traits and the users of the panel.',
    'A panel of volunteers is not the whole user base. If people with a trait answer less often, or differently, the figures are off in ways that no test inside the panel shows.',
    'A proxy is not a cause, and not an intention. A segment may go with a trait because both go with a country; that is a leak all the same.',
    'The report does not say what is lawful. Rules name the provisions that a finding touches; a person decides.',
    'Words are missed, and look-alikes are flagged: a person has to read the findings on words.',
  ];
}
