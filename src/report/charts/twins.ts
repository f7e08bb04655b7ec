import type { Association } from '../../domain/association.ts';
import { cellKey } from '../../domain/cell-key.ts';
import { compareText } from '../../domain/order.ts';
import type { AuditReport } from '../../domain/report.ts';

/**
 * Leaves out what says the same twice: a trait with two values has every comparison once for each, one the inverse of the other. The one that
 * a finding is about stays, else the one of the value that fewer panel members have.
 */
export function withoutTwins(rows: readonly Association[], findings: AuditReport['findings']): readonly Association[] {
  const values = valuesOf(rows);
  const claimed = new Set(
    findings.flatMap(({ evidence }) =>
      evidence.flatMap((item) => (item.kind === 'association' ? [cellKey(item.segment, item.trait, item.value)] : [])),
    ),
  );
  return rows.filter(({ segment, trait, value }) => {
    const both = values.get(trait) ?? [];
    const [rarer = value, other = value] = both;
    if (both.length !== 2) return true;
    const isClaimed = (one: string): boolean => claimed.has(cellKey(segment, trait, one));
    return isClaimed(rarer) || !isClaimed(other) ? value === rarer : value === other;
  });
}

/** Values of each trait, those that fewer panel members have first. */
export function valuesOf(rows: readonly Association[]): ReadonlyMap<string, readonly string[]> {
  const totals = new Map<string, Map<string, number>>();
  for (const { trait, value, counts } of rows) {
    const ofTrait = totals.get(trait) ?? new Map<string, number>();
    totals.set(trait, ofTrait);
    const total = counts.inValue === null || counts.outValue === null ? 0 : counts.inValue + counts.outValue;
    ofTrait.set(value, Math.max(ofTrait.get(value) ?? 0, total));
  }
  return new Map(
    [...totals].map(([trait, ofTrait]) => [
      trait,
      [...ofTrait].sort((a, b) => a[1] - b[1] || compareText(a[0], b[0])).map(([value]) => value),
    ]),
  );
}
