import type { Association } from '../domain/association.ts';
import type { AuditReport } from '../domain/report.ts';

/** Associations of segments, then of the groups that no segment names. */
export function allAssociations({
  associations,
  pseudoSegments,
}: Pick<AuditReport, 'associations' | 'pseudoSegments'>): readonly Association[] {
  return [...associations, ...pseudoSegments.flatMap((group) => group.associations)];
}
