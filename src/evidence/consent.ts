import { compareText } from '../domain/order.ts';
import type { AuditedSegment } from './audited-segment.ts';
import { attributeEntries, type GovernanceEvidence, readAttribute } from './governance.ts';

/** A segment and a trait that it gives away, and what its members must have agreed to. */
export interface ConsentQuestion {
  readonly segment: string;
  readonly trait: string;
  readonly members: number;
  /** Purposes that the definition records; empty when the consent file does not tell purposes. */
  readonly purposes: readonly string[];
  /** The file tells purposes, and the definition none. */
  readonly isWithoutPurpose: boolean;
}

/** A question with its answer; the count is not yet hidden. */
export interface MeasuredConsent extends ConsentQuestion {
  /** `null` when it could not be counted. */
  readonly without: number | null;
  /**
   * The share without consent that rules compare with their bound. Where few have consent, or few have none, it is the largest that this
   * allows, so that a finding tells no more than that they are few. `null` when nothing was counted.
   */
  readonly judgedShare: number | null;
}

/** Joins the traits of a segment that were tested together (`a x b`). */
const CROSSING = ' x ';

/**
 * Lists what is to be asked. Two traits that were tested together are asked for one by one: who agreed to one and not to the other may be few.
 *
 * @param sensitive - traits that each segment gives away
 * @param hasPurposes - whether the consent file tells purposes
 * @returns questions by segment, in the order of `segments`; none about segments without members
 */
export function consentQuestions(
  segments: readonly AuditedSegment[],
  sensitive: GovernanceEvidence['foundBy'],
  hasPurposes: boolean,
): readonly ConsentQuestion[] {
  return segments.flatMap(({ segment, definition, members = 0 }) => {
    if (members === 0) return [];
    const traits = new Set([...(sensitive.get(segment)?.keys() ?? [])].flatMap((trait) => trait.split(CROSSING)));
    const recorded = definition === undefined ? null : readAttribute(definition, 'purpose');
    // No file of rows can hold a NUL character, and no engine takes one.
    const purposes = hasPurposes ? attributeEntries(recorded).filter((purpose) => !purpose.includes('\0')) : [];
    const isWithoutPurpose = hasPurposes && purposes.length === 0;
    return [...traits].sort(compareText).map((trait) => ({ segment, trait, members, purposes, isWithoutPurpose }));
  });
}

/**
 * Puts an answer to a question.
 *
 * @param consenting - members who have agreed
 * @param minCell - counts below this are small, but for 0
 */
export function answerConsent(question: ConsentQuestion, consenting: number, minCell: number): MeasuredConsent {
  const { members, isWithoutPurpose } = question;
  if (isWithoutPurpose) return { ...question, without: null, judgedShare: null };
  const without = members - consenting;
  return { ...question, without, judgedShare: mostWithout(without, members, minCell) / members };
}

/** The most that may be without consent when few of either kind are only known to be few. */
function mostWithout(without: number, members: number, minCell: number): number {
  if (without === 0) return 0;
  if (without < minCell) return Math.min(minCell - 1, members);
  const consenting = members - without;
  return consenting > 0 && consenting < minCell ? members - 1 : without;
}
