import type { ExposureRecord } from '../domain/exposure.ts';
import type { AuditedSegment } from '../evidence/audited-segment.ts';
import type { MeasuredExposure } from '../evidence/exposure.ts';
import { isSmallCell } from './small-cells.ts';

/** Shows shares of users and values, unless they would tell of a group, or of the rest, that it is small. */
export function showExposure(
  measured: MeasuredExposure | undefined,
  segments: readonly AuditedSegment[],
  minCell: number,
): ExposureRecord | null {
  if (measured === undefined) return null;
  const { smallBelow, counts, rawInputs } = measured;
  const share = (part: number, whole: number): number | null =>
    whole === 0 || isSmallCell(part, minCell) || isSmallCell(whole - part, minCell) || isSmallCell(whole, minCell)
      ? null
      : part / whole;
  const shown = (count: number): number | null => (isSmallCell(count, minCell) ? null : count);
  return {
    smallSegments: {
      below: smallBelow,
      segments: segments.filter(({ members = 0 }) => members > 0 && members < smallBelow).length,
    },
    uniqueShare: counts === undefined ? null : share(counts.uniqueUsers, counts.users),
    byMemberships: (counts?.byMemberships ?? []).map(({ memberships, sampled, unique }) => ({
      memberships,
      sampled: shown(sampled),
      uniqueShare: share(unique, sampled),
    })),
    identifiers: (counts?.columns ?? []).flatMap(({ column, role, values, shapes }) =>
      shapes.map(({ shape, values: alike }) => ({
        column,
        role,
        shape,
        share: share(alike, values),
        sampled: shown(values),
      })),
    ),
    rawInputs,
  };
}
