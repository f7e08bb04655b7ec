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
  const byValue = new Map<string, AttackedValue>();
  for (const { trait, value, twin, table } of rows) {
    const key = JSON.stringify([trait, value]);
    if (byValue.has(key)) continue;
    const [positives, negatives] = [table.a + table.c, table.b + table.d];
    byValue.set(key, { trait, value, ...(twin === undefined ? {} : { twin }), positives, negatives });
  }
  const isCommonTwin = ({ trait, value, twin, positives, negatives }: AttackedValue): boolean =>
    twin !== undefined &&
    byValue.has(JSON.stringify([trait, twin])) &&
    (positives > negatives || (positives === negatives && value > twin));
  const candidates = [...byValue.values()].filter((value) => !isCommonTwin(value));
  const isEnough = ({ positives, negatives }: AttackedValue): boolean =>
    Math.min(positives, negatives) >= SMALLEST_ATTACKED;
  return {
    values: candidates.filter(isEnough),
    skipped: candidates.filter((value) => !isEnough(value)).map(({ trait, value }) => ({ trait, value })),
  };
}
