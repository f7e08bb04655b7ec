import type { CompositionSearch } from '../domain/composition.ts';
import type { Notice } from '../domain/notice.ts';
import type { EvidenceSet } from '../evidence/evidence-set.ts';
import { type SkippedAttack, SMALLEST_ATTACKED } from '../evidence/leakage.ts';
import { formatCount } from '../wording/format-number.ts';
import { traitTitle } from '../wording/trait-words.ts';

const VALUES_SHOWN = 5;

/** How the search for pairs went, and what of the panel it does not use. */
export interface WholeExportCoverage {
  readonly search: CompositionSearch | null;
  readonly isWeighted: boolean;
  readonly strata: readonly string[];
}

/** Says which values were not attacked, when the search for pairs was cut, and that neither knows of weights and strata. */
export function wholeExportNotices(
  { skipped, evidence }: { readonly skipped: readonly SkippedAttack[]; readonly evidence: EvidenceSet },
  { search, isWeighted, strata }: WholeExportCoverage,
): readonly Notice[] {
  const notices: Notice[] = [];
  const unused = [...(isWeighted ? ['sampling weights'] : []), ...(strata.length === 0 ? [] : [strata.join(', ')])];
  if (unused.length > 0 && (evidence.leakage.length > 0 || search !== null)) {
    notices.push({
      code: 'whole-export-unweighted',
      level: isWeighted ? 'warning' : 'info',
      message:
        `Leakage of the whole export and combinations of segments are about the panel as it is: ${unused.join(' and ')} ${isWeighted || strata.length > 1 ? 'are' : 'is'} not used there. ` +
        `${isWeighted ? 'Where the panel differs from all users, so do these figures.' : 'It may explain what they show.'}`,
    });
  }
  if (skipped.length > 0) {
    const names = skipped.slice(0, VALUES_SHOWN).map(traitTitle);
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
