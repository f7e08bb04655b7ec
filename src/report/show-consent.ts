import type { ConsentRecord } from '../domain/consent.ts';
import type { Notice } from '../domain/notice.ts';
import type { ConsentCounts } from '../engine/count-source.ts';
import type { MeasuredConsent } from '../evidence/consent.ts';
import { formatCount } from '../wording/format-number.ts';
import { isSmallCell, peopleCount } from './small-cells.ts';

/** What was counted; a part of what the examination of consent gives. */
interface CountedConsent {
  readonly counts: ConsentCounts;
  readonly rows: readonly MeasuredConsent[];
  /** Traits and purposes that nobody in the export has agreed to. */
  readonly unheard: readonly string[];
}

/** What else the notices on consent depend on. */
export interface ConsentCoverage {
  readonly hasFile: boolean;
  /** Is there a segment that gives a trait away? */
  readonly isSensitive: boolean;
  readonly minCell: number;
}

/** Traits and purposes that a notice spells out. */
const UNHEARD_SHOWN = 5;

/**
 * Brings consent into the form of results JSON. A row is hidden when few members have consent, or few have none, and when the size of the
 * segment is hidden: with the size, each of the two numbers tells the other. Rows are counts of their own, and no sum of them is shown, so
 * that no row follows from others.
 *
 * @param hiddenSegments - segments whose size is hidden
 */
export function showConsent(
  rows: readonly MeasuredConsent[] | undefined,
  minCell: number,
  hiddenSegments: ReadonlySet<string>,
): readonly ConsentRecord[] | null {
  if (rows === undefined) return null;
  return rows.map(({ segment, trait, purposes, members, without }) => {
    const named = { segment, trait, purposes };
    if (without === null)
      return { ...named, status: 'no-purpose', membersWithout: null, shareWithout: null, suppressed: false };
    const suppressed =
      hiddenSegments.has(segment) || isSmallCell(without, minCell) || isSmallCell(members - without, minCell);
    return {
      ...named,
      status: 'counted',
      membersWithout: suppressed ? null : without,
      shareWithout: suppressed ? null : Math.round((without / members) * 10_000) / 10_000,
      suppressed,
    };
  });
}

/** Says when consent was not examined, or could not be compared. */
export function consentNotices(
  counted: CountedConsent | undefined,
  { hasFile, isSensitive, minCell }: ConsentCoverage,
): readonly Notice[] {
  if (!hasFile)
    return isSensitive
      ? [info('consent-not-examined', 'Consent was not examined: no consent file was given (--consent).')]
      : [];
  if (counted === undefined) {
    return [
      warning(
        'consent-not-examined',
        'Consent was not examined: without assignments it is not known who is in which segment, so the consent file was not used.',
      ),
    ];
  }
  const { counts, rows, unheard } = counted;
  const notices: Notice[] = [];
  const unused = counts.rowsWithoutUser + counts.rowsWithoutSubject;
  if (unused > 0)
    notices.push(
      warning(
        'consent-rows-unusable',
        `Rows of the consent file that name no user, or not what was agreed to: ${peopleCount(unused, minCell)}. They were not used.`,
      ),
    );
  if (counts.usersInExport === 0)
    notices.push(
      warning(
        'consent-not-in-export',
        'No user of the consent file is a member of any segment, so nobody counts as having agreed. Unless the file is empty, the ids of the two files probably differ in form (007 and 7 are two users).',
      ),
    );
  else if (unheard.length > 0) {
    const more = unheard.length > UNHEARD_SHOWN ? ` and ${unheard.length - UNHEARD_SHOWN} more` : '';
    notices.push(
      warning(
        'consent-unheard-of',
        `Nobody in the export has recorded consent to: ${unheard.slice(0, UNHEARD_SHOWN).join('; ')}${more}. Check that the consent file calls it the same.`,
      ),
    );
  }
  const withoutPurpose = new Set(rows.filter((row) => row.isWithoutPurpose).map(({ segment }) => segment)).size;
  if (withoutPurpose > 0)
    notices.push(
      warning(
        'consent-without-purpose',
        `The consent file tells purposes, and the definitions of ${formatCount(withoutPurpose)} segments that give a trait away record none, so their members' consent could not be compared.`,
      ),
    );
  return notices;
}

function warning(code: string, message: string): Notice {
  return { code, level: 'warning', message };
}

function info(code: string, message: string): Notice {
  return { code, level: 'info', message };
}
