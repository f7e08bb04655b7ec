import type { CompositionSearch } from '../domain/composition.ts';
import type { Notice } from '../domain/notice.ts';
import { type SkippedAttack, SMALLEST_ATTACKED } from '../evidence/leakage.ts';
import { formatCount } from '../wording/format-number.ts';

const VALUES_SHOWN = 5;

/** Says which values were not attacked, and when the search for pairs was cut. */
export function wholeExportNotices(
  skipped: readonly SkippedAttack[],
  search: CompositionSearch | null,
): readonly Notice[] {
  const notices: Notice[] = [];
  if (skipped.length > 0) {
    const names = skipped.slice(0, VALUES_SHOWN).map(({ trait, value }) => `${trait} = ${value}`);
    const more = skipped.length > VALUES_SHOWN ? ` and ${skipped.length - VALUES_SHOWN} more` : '';
    notices.push({
      code: 'leakage-not-measured',
      level: 'info',
      message:
        `Leakage of the whole export and combinations of segments were not measured where fewer than ${SMALLEST_ATTACKED} labelled users have the value or have it not: ` +
        `${names.join(', ')}${more}.`,
    });
  }
  if (search?.cut) {
    notices.push({
      code: 'pairs-cut',
      level: 'warning',
      message:
        `Of ${formatCount(search.segments)} segments, only the ${formatCount(search.searched)} with the most panel members were searched for combinations, ` +
        'to keep the time bounded. Nothing is known of the others.',
    });
  }
  return notices;
}
