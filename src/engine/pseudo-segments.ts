import type { PseudoSegmentKind } from './count-source.ts';

/** Prefix of the ids of pseudo-segments, so that they meet no segment of the export. */
export const PSEUDO_PREFIX = 'traitleak:';

/** Id of a group that no segment names; of the highest scores, those of which segment. */
export function pseudoSegmentId(kind: PseudoSegmentKind, of: string): string {
  return `${PSEUDO_PREFIX}${kind}${of === '' ? '' : `:${of}`}`;
}
