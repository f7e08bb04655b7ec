import type { Association } from '../domain/association.ts';
import { groupBy } from '../domain/group-by.ts';
import type { AuditReport } from '../domain/report.ts';

type Associations = Pick<AuditReport, 'associations' | 'pseudoSegments'>;

/** Associations of segments, then of the groups that no segment names. */
export function allAssociations({ associations, pseudoSegments }: Associations): readonly Association[] {
  return [...associations, ...pseudoSegments.flatMap((group) => group.associations)];
}

/** Finds the association of a segment, a trait and a value. */
export type FindAssociation = (segment: string, trait: string, value: string) => Association | undefined;

/**
 * Prepares the look-up of associations. It is made by segment when it is first asked, since there may be millions of rows and nothing to look
 * up, and a key for each row takes more memory than the row.
 */
export function associationFinder(report: Associations): FindAssociation {
  let bySegment: ReadonlyMap<string, readonly Association[]> | undefined;
  return (segment, trait, value) => {
    bySegment ??= groupBy(allAssociations(report), (row) => row.segment);
    return bySegment.get(segment)?.findLast((row) => row.trait === trait && row.value === value);
  };
}
