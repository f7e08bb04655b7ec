import { minimumDetectableRatio } from '../statistics/minimum-detectable-ratio.ts';
import { adjustLnP } from '../statistics/p-adjust.ts';
import type { MeasuredAssociation } from './associations.ts';

/** An association after the whole run was taken into account. */
export interface TestedAssociation extends MeasuredAssociation {
  /** Smallest level of the run's error rate at which this test is a discovery; `null` when it was not tested. */
  readonly lnQValue: number | null;
  /** Does it survive the control of chance findings at the run's level? */
  readonly isDiscovery: boolean;
  /** Smallest ratio above 1 that would have been a discovery of this run with probability 0.8; `null` when undefined. */
  readonly minimumDetectableRatio: number | null;
}

/** How chance findings are controlled; see the config of the same name. */
export interface MultiplicityControl {
  readonly method: 'bh' | 'by' | 'holm';
  readonly family: 'run' | 'trait';
  readonly level: number;
}

/**
 * Adjusts all tests of a run together, or per trait. The two values of a two-valued trait are one test: it is counted once, under the
 * first of them, and the other takes over the result.
 */
export function controlMultiplicity(
  associations: readonly MeasuredAssociation[],
  control: MultiplicityControl,
): readonly TestedAssociation[] {
  const lnQ = new Array<number | null>(associations.length).fill(null);
  const alpha = new Array<number>(associations.length).fill(control.level);
  for (const family of families(associations, control.family)) {
    const adjusted = adjustLnP(
      family.map((index) => associations[index]?.lnPValue ?? null),
      control.method,
    );
    const tests = adjusted.filter((value) => value !== null).length;
    const discoveries = adjusted.filter((value) => value !== null && value <= Math.log(control.level)).length;
    family.forEach((index, position) => {
      lnQ[index] = adjusted[position] ?? null;
      alpha[index] = (control.level * Math.max(1, control.method === 'holm' ? 1 : discoveries)) / Math.max(1, tests);
    });
  }
  const byKey = new Map(associations.map((association, index) => [keyOf(association, association.value), index]));
  return associations.map((association, index) => {
    const source = isCounted(association) ? index : (byKey.get(keyOf(association, association.twin ?? '')) ?? index);
    const value = lnQ[source] ?? null;
    const { a, b, c, d } = association.table;
    return {
      ...association,
      lnQValue: value,
      isDiscovery: value !== null && value <= Math.log(control.level),
      minimumDetectableRatio: minimumDetectableRatio({
        first: a + c,
        second: b + d,
        share: (a + b) / (a + b + c + d),
        alpha: alpha[source] ?? control.level,
      }).over,
    };
  });
}

/** Indexes of the tests that are corrected together. */
function families(associations: readonly MeasuredAssociation[], family: 'run' | 'trait'): Iterable<readonly number[]> {
  const groups = new Map<string, number[]>();
  associations.forEach((association, index) => {
    if (!isCounted(association)) return;
    const key = family === 'run' ? '' : association.trait;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  });
  return groups.values();
}

/** Is the test counted under this value? Of twins, the first in code-unit order is. */
function isCounted({ value, twin }: MeasuredAssociation): boolean {
  return twin === undefined || value < twin;
}

function keyOf({ segment, trait }: MeasuredAssociation, value: string): string {
  return JSON.stringify([segment, trait, value]);
}
