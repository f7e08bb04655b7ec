import type { Association } from '../domain/association.ts';
import type { JsonNumber } from '../domain/json.ts';
import { compareText } from '../domain/order.ts';
import type { AuditReport } from '../domain/report.ts';
import { KNOWN_TRAITS } from '../domain/trait.ts';
import { counted, listed } from '../wording/counted.ts';
import { formatCount } from '../wording/format-number.ts';
import { traitWords } from '../wording/trait-words.ts';

/** Something that the audit could not answer. */
export interface OpenQuestion {
  readonly question: string;
  readonly why: string;
  /** What it would take to answer it. */
  readonly takes: string;
}

/** A comparison with the panel without a conclusion. Figures are `null` where they are hidden or undefined. */
export interface OpenComparison {
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
  readonly why: 'inconclusive' | 'untestable';
  /** Smallest ratio that the panel would have detected. */
  readonly detectable: JsonNumber;
  /** Labelled members that are there, and at which the absence of a proxy could be shown. */
  readonly members: number | null;
  readonly membersNeeded: number | null;
  readonly suppressed: boolean;
}

/** Lists what was not examined at all and what was not concluded, and what would have to be given or gathered. */
export function openQuestions(report: AuditReport): readonly OpenQuestion[] {
  return [
    ...wordQuestions(report),
    ...membershipQuestions(report),
    ...wholeExportQuestions(report),
    ...otherQuestions(report),
  ];
}

/** Comparisons without a conclusion: those nearest to one first. */
export function openComparisons({ associations }: AuditReport): readonly OpenComparison[] {
  return associations
    .filter(({ verdict, test }) => verdict === 'inconclusive' || test === null)
    .map((row) => ({
      segment: row.segment,
      trait: row.trait,
      value: row.value,
      why: row.test === null ? ('untestable' as const) : ('inconclusive' as const),
      detectable: row.minimumDetectableRatio,
      members: labelledMembers(row),
      membersNeeded: row.membersNeeded,
      suppressed: row.suppressed,
    }))
    .sort(compareOpen);
}

function labelledMembers({ counts: { inValue, inOther } }: Association): number | null {
  return inValue === null || inOther === null ? null : inValue + inOther;
}

function compareOpen(a: OpenComparison, b: OpenComparison): number {
  return (
    lacking(a) - lacking(b) ||
    compareText(a.segment, b.segment) ||
    compareText(a.trait, b.trait) ||
    compareText(a.value, b.value)
  );
}

function lacking({ members, membersNeeded }: OpenComparison): number {
  return members === null || membersNeeded === null ? Number.MAX_SAFE_INTEGER : Math.max(membersNeeded - members, 0);
}

function wordQuestions({ summary, notices }: AuditReport): readonly OpenQuestion[] {
  const { examined } = summary;
  const hasNoWords = notices.some(({ code }) => code === 'no-words');
  const questions: OpenQuestion[] = [];
  if (!examined.includes('words') || hasNoWords)
    questions.push({
      question: 'Do names or descriptions give a trait away?',
      why: hasNoWords ? 'No segment has a name or description with letters.' : 'Words were not examined.',
      takes: 'Definitions with the names and descriptions that people work with.',
    });
  if (!examined.includes('topics'))
    questions.push({
      question: 'Are segments made of content that gives a trait away?',
      why: 'No definition has weighted topics.',
      takes: 'Definitions with the topics that each segment is made of, and their weights.',
    });
  return questions;
}

function membershipQuestions({ summary }: AuditReport): readonly OpenQuestion[] {
  const { tested, inconclusive, untestable } = summary.associations;
  if (!summary.examined.includes('membership'))
    return [
      {
        question: 'Does membership stand in for a trait?',
        why: 'There were no counts of users with known traits in and outside the segments.',
        takes:
          'A panel of users who gave their traits and agreed to this use, with the assignments; or ready-made counts.',
      },
    ];
  const untested = KNOWN_TRAITS.filter((trait) => !summary.traitsTested.includes(trait));
  const questions: OpenQuestion[] = [];
  if (inconclusive > 0)
    questions.push({
      question: `Do segments stand in for a trait value in ${counted(inconclusive, 'comparison')} of ${formatCount(tested)}?`,
      why: 'The panel is too small there to show a proxy or to rule one out.',
      takes: 'More labelled members in these segments: the table gives the number for each.',
    });
  if (untestable > 0)
    questions.push({
      question: `Do segments stand in for a trait value in ${counted(untestable, 'further comparison')}?`,
      why: 'Nobody is on one side of the comparison.',
      takes: 'A panel with users who have the value and users who have not, in and outside the segment.',
    });
  if (untested.length > 0)
    questions.push({
      question: `Does membership stand in for ${listed(untested.map(traitWords)).replace(/ and (?=[^,]*$)/, ' or ')}?`,
      why: 'The panel does not know these traits.',
      takes: 'A panel that knows them, or other evidence that the segments were not formed from what goes with them.',
    });
  return questions;
}

function wholeExportQuestions({ leakage, summary }: AuditReport): readonly OpenQuestion[] {
  const questions: OpenQuestion[] = [];
  if (leakage.length === 0)
    questions.push({
      question: 'Do all segments together tell a trait?',
      why: 'The export as a whole was not measured.',
      takes: 'Assignments and a panel with enough users who have each value.',
    });
  if (summary.compositions === null)
    questions.push({
      question: 'Do two harmless segments together give a trait away?',
      why: 'Pairs of segments were not searched.',
      takes: 'Assignments and a panel, and the search for combinations left on.',
    });
  else if (summary.compositions.cut)
    questions.push({
      question: 'Do two harmless segments together give a trait away, beyond the largest ones?',
      why: `Only the ${formatCount(summary.compositions.searched)} segments with the most panel members of ${formatCount(summary.compositions.segments)} were searched.`,
      takes: 'A search over the others, for instance of an export that is split.',
    });
  return questions;
}

function otherQuestions({ lineage, exposure, governance, inputs, notices }: AuditReport): readonly OpenQuestion[] {
  const questions: OpenQuestion[] = [];
  const hasEarlier = inputs.some(({ role }) => role === 'previous-assignments');
  if (lineage.length === 0)
    questions.push({
      question: 'Does a segment that gave a trait away live on under another name?',
      why: hasEarlier ? 'The earlier export could not be compared.' : 'No earlier export was given.',
      takes: 'Definitions and assignments of the release before.',
    });
  if (exposure === null)
    questions.push({
      question: 'Does the export single people out?',
      why: 'Sizes, uniqueness and identifiers were not examined.',
      takes: 'The assignments.',
    });
  if (governance.length === 0)
    questions.push({
      question: 'Is there a purpose, a lawful basis, a limit on retention and access for each sensitive segment?',
      why: notices.some(({ code }) => code === 'governance-not-recorded')
        ? 'No definition records any of it.'
        : 'No segment with a definition was found to give a trait away.',
      takes: 'These attributes in the definitions.',
    });
  return questions;
}
