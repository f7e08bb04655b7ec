import { cellKey } from '../domain/cell-key.ts';
import { expectedChanceFlags } from '../statistics/chance-flags.ts';
import { exactDetectableRatio } from '../statistics/exact-detectable-ratio.ts';
import { minimumDetectableRatio } from '../statistics/minimum-detectable-ratio.ts';
import { adjustLnP } from '../statistics/p-adjust.ts';
import { attainableTests, minimalAttainableLnP } from '../statistics/tarone.ts';
import type { MeasuredAssociation } from './associations.ts';
import type { ConditionalAssociation } from './conditional.ts';

/** An association after the whole run was taken into account. */
export interface TestedAssociation extends MeasuredAssociation {
  /** Smallest level of the run's error rate at which this test is a discovery; `null` when it was not tested, or could not have been one. */
  readonly lnQValue: number | null;
  /** Does it survive the control of chance findings at the run's level? */
  readonly isDiscovery: boolean;
  /** Smallest ratio above 1 that would have been a discovery of this run with probability 0.8; `null` when there is none. */
  readonly minimumDetectableRatio: number | null;
  readonly conditional: TestedConditional | undefined;
}

/** The same for the association inside strata, corrected over all conditional tests. */
export interface TestedConditional extends ConditionalAssociation {
  readonly lnQValue: number | null;
  readonly isDiscovery: boolean;
}

/** All tests of a run, and what the correction did. */
export interface TestedRun {
  readonly associations: readonly TestedAssociation[];
  /** Tests that no count could have made significant, given the margins; they were left out of the correction. */
  readonly unattainable: number;
  /** Upper bound on how many tests chance alone would have called discoveries, if no segment went with any trait. */
  readonly expectedByChance: number;
  /** ln of the largest p-value that is a discovery, by trait, or under '' when the whole run is one family. */
  readonly discoveryLnP: ReadonlyMap<string, number>;
}

/** How chance findings are controlled; see the config of the same name. */
export interface MultiplicityControl {
  readonly method: 'bh' | 'by' | 'holm';
  readonly family: 'run' | 'trait';
  readonly level: number;
}

/** Rows for which the exact power is worth its time. */
const EXACT_POWER_ROWS = 100_000;
/** From this expected count on the normal approximation of power is good enough. */
const SMALL_EXPECTED = 10;

/**
 * Adjusts all tests of a run together, or per trait, after dropping those that could not be significant whatever their counts (Tarone,
 * Gilbert). The two values of a two-valued trait are one test: it is counted once, under the first of them, and the other takes over the
 * result.
 */
export function controlMultiplicity(rows: readonly MeasuredAssociation[], control: MultiplicityControl): TestedRun {
  const counted = families(rows, control.family);
  const sources = sourceOfEach(rows);
  const isTestable = testability(rows, counted, control.level);
  const marginal = adjustFamilies(
    rows.map((row, index) => (isTestable[index] ? row.lnPValue : null)),
    counted,
    control,
  );
  const conditional = adjustFamilies(
    rows.map((row) => row.conditional?.lnPValue ?? null),
    counted,
    control,
  );
  const isExact = rows.length <= EXACT_POWER_ROWS;
  const associations = rows.map((row, index): TestedAssociation => {
    const source = sources[index] ?? index;
    const lnQValue = marginal.lnQ[source] ?? null;
    const isFound = isDiscovery(lnQValue, control.level);
    const detectable = detectableRatio(row, marginal.alpha[source] ?? control.level, isExact);
    const { conditional: inside } = row;
    const insideLnQ = conditional.lnQ[source] ?? null;
    // Every property by name, as in `measureAssociations`.
    return {
      shareInside: row.shareInside,
      shareOutside: row.shareOutside,
      representationRatio: row.representationRatio,
      riskDifference: row.riskDifference,
      oddsRatio: row.oddsRatio,
      lift: row.lift,
      phi: row.phi,
      test: row.test,
      pValue: row.pValue,
      lnPValue: row.lnPValue,
      effectiveSize: row.effectiveSize,
      segment: row.segment,
      trait: row.trait,
      value: row.value,
      table: row.table,
      prevalence: row.prevalence,
      twin: row.twin,
      conditional: inside && { ...inside, lnQValue: insideLnQ, isDiscovery: isDiscovery(insideLnQ, control.level) },
      unweighted: row.unweighted,
      unknown: row.unknown,
      lnQValue,
      isDiscovery: isFound,
      minimumDetectableRatio: detectable,
    };
  });
  const tested = [...counted].flat();
  return {
    associations,
    unattainable: tested.filter((index) => rows[index]?.lnPValue !== null && !isTestable[index]).length,
    expectedByChance: marginal.expectedByChance,
    discoveryLnP: new Map(
      counted.map((group) => {
        const first = group[0] ?? -1;
        return [
          control.family === 'run' ? '' : (rows[first]?.trait ?? ''),
          Math.log(marginal.alpha[first] ?? control.level),
        ];
      }),
    ),
  };
}

function isDiscovery(lnQ: number | null, level: number): boolean {
  return lnQ !== null && lnQ <= Math.log(level);
}

interface Adjustment {
  readonly lnQ: readonly (number | null)[];
  /** Level at which a single test of the family was a discovery. */
  readonly alpha: readonly number[];
  readonly expectedByChance: number;
}

function adjustFamilies(
  lnP: readonly (number | null)[],
  groups: readonly (readonly number[])[],
  { method, level }: MultiplicityControl,
): Adjustment {
  const lnQ = new Array<number | null>(lnP.length).fill(null);
  const alpha = new Array<number>(lnP.length).fill(level);
  let expectedByChance = 0;
  if (lnP.every((value) => value === null)) return { lnQ, alpha, expectedByChance };
  for (const group of groups) {
    const adjusted = adjustLnP(
      group.map((index) => lnP[index] ?? null),
      method,
    );
    const tests = adjusted.filter((value) => value !== null).length;
    if (tests === 0) continue;
    let threshold = Math.log(level / tests);
    adjusted.forEach((value, position) => {
      if (isDiscovery(value, level)) threshold = Math.max(threshold, lnP[group[position] ?? -1] ?? 0);
    });
    expectedByChance += expectedChanceFlags(tests, threshold);
    const largest = Math.exp(threshold);
    group.forEach((index, position) => {
      lnQ[index] = adjusted[position] ?? null;
      alpha[index] = largest;
    });
  }
  return { lnQ, alpha, expectedByChance };
}

/** Whether each test could have been significant. A weighted test has no smallest p-value, so it always counts. */
function testability(
  rows: readonly MeasuredAssociation[],
  groups: readonly (readonly number[])[],
  level: number,
): readonly boolean[] {
  const isTestable = new Array<boolean>(rows.length).fill(true);
  for (const group of groups) {
    const minimal = group.map((index) => {
      const row = rows[index];
      return row === undefined || row.test === null || row.test === 'rao-scott'
        ? null
        : minimalAttainableLnP(row.table);
    });
    attainableTests(minimal, level).isTestable.forEach((value, position) => {
      if (minimal[position] !== null) isTestable[group[position] ?? -1] = value;
    });
  }
  return isTestable;
}

function detectableRatio({ table }: MeasuredAssociation, alpha: number, isExact: boolean): number | null {
  const { a, b, c, d } = table;
  const total = a + b + c + d;
  const expected = (Math.min(a + b, c + d) * Math.min(a + c, b + d)) / total;
  if (isExact && expected < SMALL_EXPECTED) return exactDetectableRatio(table, { alpha, side: 'over' }).over;
  return minimumDetectableRatio({ first: a + c, second: b + d, share: (a + b) / total, alpha, side: 'over' }).over;
}

/** Indexes of the tests that are corrected together. */
function families(rows: readonly MeasuredAssociation[], family: 'run' | 'trait'): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  rows.forEach((row, index) => {
    if (!isCounted(row)) return;
    const key = family === 'run' ? '' : row.trait;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  });
  return [...groups.values()];
}

/** Index of the row under which each row's test is counted: its own, or its twin's. */
function sourceOfEach(rows: readonly MeasuredAssociation[]): readonly number[] {
  const byKey = new Map<string, number>();
  rows.forEach((row, index) => {
    if (row.twin !== undefined) byKey.set(keyOf(row, row.value), index);
  });
  return rows.map((row, index) => (isCounted(row) ? index : (byKey.get(keyOf(row, row.twin ?? '')) ?? index)));
}

/** Is the test counted under this value? Of twins, the first in code-unit order is. */
function isCounted({ value, twin }: MeasuredAssociation): boolean {
  return twin === undefined || value < twin;
}

function keyOf({ segment, trait }: MeasuredAssociation, value: string): string {
  return cellKey(segment, trait, value);
}
