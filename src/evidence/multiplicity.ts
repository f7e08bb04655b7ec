import { cellKey } from '../domain/cell-key.ts';
import { expectedChanceFlags } from '../statistics/chance-flags.ts';
import { exactDetectableRatio } from '../statistics/exact-detectable-ratio.ts';
import { minimumDetectableRatio } from '../statistics/minimum-detectable-ratio.ts';
import { adjustLnPColumn } from '../statistics/p-adjust.ts';
import { isAttainable, minimalAttainableLnP } from '../statistics/tarone.ts';
import type { TwoByTwo } from '../statistics/two-by-two.ts';
import type { MeasuredAssociation } from './associations.ts';
import { type Discoveries, type TestColumns, type TestedAssociation, TestedRow } from './tested-row.ts';

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
  const isTestable = testability(rows, control.level);
  const lnP = columnOf(rows, (row, index) => (isTestable[index] === 1 ? row.lnPValue : null));
  const marginal = adjustFamilies(lnP, counted, control);
  const tests: TestColumns = {
    ...qValues(marginal.lnQ, sources, control.level),
    detectableRatios: detectableRatios(rows, (index) => marginal.alpha[sources[index] ?? index] ?? control.level),
    conditional: conditionalTests(rows, { counted, sources, control }),
  };
  return {
    associations: rows.map((row, index) => new TestedRow(row, tests, index)),
    unattainable: counted.reduce((sum, group) => sum + group.filter((index) => isTestable[index] === 0).length, 0),
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

/** The same for the tests inside strata; undefined without strata. */
function conditionalTests(
  rows: readonly MeasuredAssociation[],
  {
    counted,
    sources,
    control,
  }: { counted: readonly Uint32Array[]; sources: Uint32Array; control: MultiplicityControl },
): TestColumns['conditional'] {
  if (rows.every((row) => row.conditional === undefined)) return undefined;
  const lnP = columnOf(rows, (row) => row.conditional?.lnPValue ?? null);
  return qValues(adjustFamilies(lnP, counted, control).lnQ, sources, control.level);
}

/** The results of all rows; one that is not counted has those of its twin. */
function qValues(lnQ: Float64Array, sources: Uint32Array, level: number): Discoveries {
  const lnLevel = Math.log(level);
  const lnQValues = new Float64Array(sources.length);
  const discoveries = new Uint8Array(sources.length);
  sources.forEach((source, index) => {
    const value = lnQ[source] ?? Number.NaN;
    lnQValues[index] = value;
    if (value <= lnLevel) discoveries[index] = 1;
  });
  return { lnQValues, discoveries };
}

interface Adjustment {
  /** By index of the row; NaN where there is none. */
  readonly lnQ: Float64Array;
  /** Level at which a single test of the row's family was a discovery. */
  readonly alpha: Float64Array;
  readonly expectedByChance: number;
}

function adjustFamilies(
  lnP: Float64Array,
  groups: readonly Uint32Array[],
  { method, level }: MultiplicityControl,
): Adjustment {
  const lnQ = new Float64Array(lnP.length).fill(Number.NaN);
  const alpha = new Float64Array(lnP.length).fill(level);
  const lnLevel = Math.log(level);
  let expectedByChance = 0;
  if (lnP.every((value) => Number.isNaN(value))) return { lnQ, alpha, expectedByChance };
  for (const group of groups) {
    const own = new Float64Array(group.length);
    group.forEach((index, position) => {
      own[position] = lnP[index] ?? Number.NaN;
    });
    const adjusted = adjustLnPColumn(own, method);
    const tests = adjusted.reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0);
    if (tests === 0) continue;
    let threshold = Math.log(level / tests);
    adjusted.forEach((value, position) => {
      if (value <= lnLevel) threshold = Math.max(threshold, own[position] ?? 0);
    });
    expectedByChance += expectedChanceFlags(tests, threshold);
    const largest = Math.exp(threshold);
    group.forEach((index, position) => {
      lnQ[index] = adjusted[position] ?? Number.NaN;
      alpha[index] = largest;
    });
  }
  return { lnQ, alpha, expectedByChance };
}

/** NaN for `null`. */
function columnOf(
  rows: readonly MeasuredAssociation[],
  numberOf: (row: MeasuredAssociation, index: number) => number | null,
): Float64Array {
  const column = new Float64Array(rows.length);
  rows.forEach((row, index) => {
    column[index] = numberOf(row, index) ?? Number.NaN;
  });
  return column;
}

/**
 * 0 for each test that could not have been significant whatever its counts, 1 for any other: a weighted test has no smallest p-value, and what
 * was not tested needs none.
 */
function testability(rows: readonly MeasuredAssociation[], level: number): Uint8Array {
  const minimalOf = oncePerTable(rows.length, ({ table }) => minimalAttainableLnP(table));
  const isTestable = new Uint8Array(rows.length);
  rows.forEach((row, index) => {
    const { test } = row;
    const hasSmallest = test !== null && test !== 'rao-scott';
    isTestable[index] = hasSmallest && !isAttainable(minimalOf(row), level) ? 0 : 1;
  });
  return isTestable;
}

/** Smallest detectable ratio of every row, NaN where there is none. */
function detectableRatios(rows: readonly MeasuredAssociation[], alphaOf: (index: number) => number): Float64Array {
  const isExact = rows.length <= EXACT_POWER_ROWS;
  let alpha = Number.NaN;
  let ratioOf = (_row: MeasuredAssociation): number => Number.NaN;
  return columnOf(rows, (row, index) => {
    // Rows of a family stand together, and have one level.
    if (alphaOf(index) !== alpha) {
      alpha = alphaOf(index);
      const level = alpha;
      ratioOf = oncePerTable(rows.length, ({ table }) => detectableRatio(table, level, isExact) ?? Number.NaN);
    }
    return ratioOf(row);
  });
}

function detectableRatio({ a, b, c, d }: TwoByTwo, alpha: number, isExact: boolean): number | null {
  const total = a + b + c + d;
  const expected = (Math.min(a + b, c + d) * Math.min(a + c, b + d)) / total;
  if (isExact && expected < SMALL_EXPECTED) return exactDetectableRatio({ a, b, c, d }, { alpha, side: 'over' }).over;
  return minimumDetectableRatio({ first: a + c, second: b + d, share: (a + b) / total, alpha, side: 'over' }).over;
}

/** Remembers what was worked out for a table; NaN is worked out again. */
function oncePerTable(
  most: number,
  workOut: (row: MeasuredAssociation) => number,
): (row: MeasuredAssociation) => number {
  const known = new Float64Array(most).fill(Number.NaN);
  return (row) => {
    const before = known[row.tableNumber] ?? Number.NaN;
    if (!Number.isNaN(before)) return before;
    const result = workOut(row);
    known[row.tableNumber] = result;
    return result;
  };
}

/** Indexes of the tests that are corrected together. */
function families(rows: readonly MeasuredAssociation[], family: 'run' | 'trait'): readonly Uint32Array[] {
  const groups = new Map<string, number[]>();
  rows.forEach((row, index) => {
    if (!isCounted(row)) return;
    const key = family === 'run' ? '' : row.trait;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  });
  return [...groups.values()].map((group) => Uint32Array.from(group));
}

/** Index of the row under which each row's test is counted: its own, or its twin's. */
function sourceOfEach(rows: readonly MeasuredAssociation[]): Uint32Array {
  const byKey = new Map<string, number>();
  rows.forEach((row, index) => {
    if (row.twin !== undefined) byKey.set(keyOf(row, row.value), index);
  });
  const sources = new Uint32Array(rows.length);
  rows.forEach((row, index) => {
    sources[index] = isCounted(row) ? index : (byKey.get(keyOf(row, row.twin ?? '')) ?? index);
  });
  return sources;
}

/** Is the test counted under this value? Of twins, the first in code-unit order is. */
function isCounted({ value, twin }: MeasuredAssociation): boolean {
  return twin === undefined || value < twin;
}

function keyOf({ segment, trait }: MeasuredAssociation, value: string): string {
  return cellKey(segment, trait, value);
}
