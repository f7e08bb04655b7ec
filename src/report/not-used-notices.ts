import type { Notice } from '../domain/notice.ts';
import { NOT_USED_REASONS, type NotUsed, type NotUsedReason } from '../engine/count-source.ts';
import { formatCount } from '../wording/format-number.ts';
import { isSmallCell } from './small-cells.ts';

interface ReasonWords {
  readonly code: string;
  readonly level: Notice['level'];
  /** What the rows do, for one and for several. */
  readonly one: string;
  readonly several: string;
  /** Can the number be one of people? Then it is hidden where it is small. */
  readonly ofPeople?: boolean;
}

const WORDS: Readonly<Record<NotUsedReason, ReasonWords>> = {
  'no-user': {
    code: 'rows-without-user',
    level: 'warning',
    one: 'row names no user and could not be used',
    several: 'rows name no user and could not be used',
  },
  'no-segment': {
    code: 'rows-without-segment',
    level: 'warning',
    one: 'row names no segment and could not be used',
    several: 'rows name no segment and could not be used',
  },
  'score-unreadable': {
    code: 'rows-without-score',
    level: 'warning',
    one: 'row has no score that can be read and could not be compared with the threshold; it was left out',
    several: 'rows have no score that can be read and could not be compared with the threshold; they were left out',
  },
  'below-threshold': {
    code: 'rows-below-threshold',
    level: 'info',
    one: 'row has a score below the threshold and is no membership',
    several: 'rows have a score below the threshold and are no memberships',
    ofPeople: true,
  },
  'time-unreadable': {
    code: 'rows-without-time',
    level: 'warning',
    one: 'row has no time that can be read (ISO 8601, or seconds since 1970) and was left out',
    several: 'rows have no time that can be read (ISO 8601, or seconds since 1970) and were left out',
  },
  'not-latest': {
    code: 'rows-not-latest',
    level: 'info',
    one: 'row is older than the newest of its user and was left out',
    several: 'rows are older than the newest of their users and were left out',
    ofPeople: true,
  },
  'list-unreadable': {
    code: 'lists-unreadable',
    level: 'warning',
    one: 'row holds no list that can be read and could not be used',
    several: 'rows hold no list that can be read and could not be used',
  },
  'cell-unreadable': {
    code: 'cells-unreadable',
    level: 'warning',
    one: 'cell is neither 0 nor 1, true nor false, and was not counted as a membership',
    several: 'cells are neither 0 nor 1, true nor false, and were not counted as memberships',
  },
  'in-no-segment': {
    code: 'rows-in-no-segment',
    level: 'info',
    one: 'row puts its user in no segment',
    several: 'rows put their users in no segment',
    ofPeople: true,
  },
};

/**
 * Names every row that is not a membership, with the reason.
 *
 * @param which - such as `assignment` or `earlier assignment`
 * @param prefix - of the codes, to tell the notices of several inputs apart
 */
export function notUsedNotices(notUsed: NotUsed, minCell: number, which: string, prefix = ''): readonly Notice[] {
  return NOT_USED_REASONS.flatMap((reason) => {
    const count = notUsed[reason] ?? 0;
    if (count === 0) return [];
    const { code, level, one, several, ofPeople = false } = WORDS[reason];
    const isHidden = ofPeople && isSmallCell(count, minCell);
    const amount = isHidden ? `Fewer than ${minCell}` : formatCount(count);
    return [
      { code: `${prefix}${code}`, level, message: `${amount} ${which} ${count === 1 && !isHidden ? one : several}.` },
    ];
  });
}
