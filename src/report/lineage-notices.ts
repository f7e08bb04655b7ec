import type { Notice } from '../domain/notice.ts';
import type { LineageCounts } from '../engine/count-source.ts';
import type { GatheredInputs } from '../ingest/gather-inputs.ts';
import { notUsedNotices } from './not-used-notices.ts';

/** Says when an earlier export was given and could not be compared, or has nobody in common with the later one. */
export function lineageNotices(
  { previous, assignments }: GatheredInputs,
  lineage: LineageCounts | undefined,
  minCell: number,
): readonly Notice[] {
  if (previous === undefined) return [];
  if (lineage === undefined) {
    const lacking = previous.assignments === undefined ? 'the earlier export' : 'this export';
    const message = `The earlier export was not compared: ${lacking} has no assignments${assignments === undefined && previous.assignments === undefined ? ', nor has this one' : ''}. Members tell which segments live on, names do not.`;
    return [{ code: 'earlier-export-not-compared', level: 'warning', message }];
  }
  const notUsed = notUsedNotices(lineage.notUsed, minCell, 'earlier assignment', 'earlier-');
  if (lineage.overlaps.length > 0 || lineage.before.length === 0) return notUsed;
  return [
    ...notUsed,
    {
      code: 'earlier-export-unrelated',
      level: 'warning',
      message:
        'No segment has a notable share of its users in common with any segment of the earlier export. The ids of the two exports probably differ in form or were made anew, so nothing can be said of what lives on.',
    },
  ];
}
