import type { MeasuredAssociation } from './associations.ts';
import { type SkippedAttack, SMALLEST_ATTACKED } from './leakage.ts';

/** A trait value worth attacking, with its labelled members. */
export interface AttackedValue {
  readonly trait: string;
  readonly value: string;
  readonly twin?: string;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Lists the tested values that have enough labelled members. Of a two-valued trait only the rarer value is attacked: telling one is telling
 * the other.
 */
export function attackedValues(rows: readonly MeasuredAssociation[]): {
  readonly values: readonly AttackedValue[];
  readonly skipped: readonly SkippedAttack[];
} {
  const byTrait = new Map<string, Map<string, AttackedValue>>();
  for (const row of rows) {
    const { trait, value, twin } = row;
    const values = byTrait.get(trait) ?? new Map<string, AttackedValue>();
    if (values.has(value)) continue;
    const { a, b, c, d } = row.table;
    const [positives, negatives] = [a + c, b + d];
    byTrait.set(
      trait,
      values.set(value, { trait, value, ...(twin === undefined ? {} : { twin }), positives, negatives }),
    );
  }
  const isCommonTwin = ({ trait, value, twin, positives, negatives }: AttackedValue): boolean =>
    twin !== undefined &&
    byTrait.get(trait)?.has(twin) === true &&
    (positives > negatives || (positives === negatives && value > twin));
  const candidates = [...byTrait.values()]
    .flatMap((values) => [...values.values()])
    .filter((value) => !isCommonTwin(value));
  const isEnough = ({ positives, negatives }: AttackedValue): boolean =>
    Math.min(positives, negatives) >= SMALLEST_ATTACKED;
  return {
    values: candidates.filter(isEnough),
    skipped: candidates.filter((value) => !isEnough(value)).map(({ trait, value }) => ({ trait, value })),
  };
}
