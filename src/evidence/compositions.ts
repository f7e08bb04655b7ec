import type { CompositionSearch } from '../domain/composition.ts';
import type { PairCounts } from '../engine/count-source.ts';
import { lnNormalSf } from '../statistics/distributions.ts';
import type { EffectEstimate } from '../statistics/effect-estimate.ts';
import { lnMidP } from '../statistics/mid-p.ts';
import { adjustLnP } from '../statistics/p-adjust.ts';
import { type Synergy, synergy } from '../statistics/synergy.ts';
import { minimalAttainableLnP } from '../statistics/tarone.ts';
import type { TwoByTwo } from '../statistics/two-by-two.ts';
import type { AttackedValue } from './attacked-values.ts';
import { measureEffects } from './effects.ts';

/** Members of both segments, or of the first only. */
export type CompositionKind = 'and' | 'and-not';

/** Members of two segments by value: the three tables that the tests compare. */
export interface CompositionTables {
  /** In the composition against everybody else. */
  readonly whole: TwoByTwo;
  /** Inside the first segment: in the composition, or not. */
  readonly insideFirst: TwoByTwo;
  /** Inside the second segment (outside it for `and-not`): in the composition, or not. */
  readonly insideSecond: TwoByTwo;
  /** Outside the first segment: on the second's side, or not. */
  readonly outsideFirst: TwoByTwo;
}

/** Two segments whose members, taken together, show more of a value than either alone and both multiplied. */
export interface MeasuredComposition {
  readonly kind: CompositionKind;
  readonly first: string;
  readonly second: string;
  readonly trait: string;
  readonly value: string;
  readonly tables: CompositionTables;
  readonly shareInside: EffectEstimate;
  readonly representationRatio: EffectEstimate;
  readonly riskDifference: EffectEstimate;
  /** The larger share of the two segments alone (of those outside the second for `and-not`). */
  readonly largerShare: number;
  /** How many times as often users with the value are in the composition, among members of the segment that shows more of it alone. */
  readonly beyondLarger: EffectEstimate;
  readonly synergy: Synergy;
  /** ln of the largest of the three p-values: all three must be small. */
  readonly lnPValue: number;
  readonly lnQValue: number;
}

/** Id of a composition, which meets no segment of the export. */
export function compositionId({ kind, first, second }: Pick<MeasuredComposition, 'kind' | 'first' | 'second'>): string {
  return `traitleak:${kind}:${JSON.stringify([first, second])}`;
}

export interface CompositionEvidence {
  readonly compositions: readonly MeasuredComposition[];
  /** Whether it was cut follows from the counts. */
  readonly search: Omit<CompositionSearch, 'cut'>;
}

/** A z-score below which a test is not carried out: its p-value is above 0.05 and counts as 1. */
const SCREEN = 1.6448536269514722;

/** Members up to which the exact test is worth its time. */
const LARGEST_EXACT = 20_000;

/** From this margin on, every test can be significant. */
const LARGE_MARGIN = 10;

/**
 * Tests every pair three ways (A and B, A and not B, B and not A) for every value: does the composition show more of the value than the rest
 * of A, than the rest of B, and more than both multiplied? The largest of the three p-values counts (an intersection-union test, Berger 1982),
 * so a strong segment does not drag its pairs along. The tests of all pairs and values are corrected together by Benjamini and Hochberg, after
 * leaving out those that could not be significant (Tarone, Gilbert).
 *
 * @param values - in the order of the labels
 * @param margins - members of a segment with the value and without it
 */
export function measureCompositions(
  counts: PairCounts,
  values: readonly AttackedValue[],
  margins: (segment: string, value: AttackedValue) => readonly [number, number] | undefined,
  { level, smallest }: { readonly level: number; readonly smallest: number },
): CompositionEvidence {
  const candidates: Candidate[] = [];
  let [tested, dropped] = [0, 0];
  for (const [index, value] of values.entries()) {
    const { known, withValue } = counts.labels[index] ?? { known: [], withValue: [] };
    const sizes = counts.segments.map((segment) => margins(segment, value));
    for (let pair = 0; pair < counts.first.length; pair += 1) {
      const [x, y] = [counts.first[pair] ?? 0, counts.second[pair] ?? 0];
      const [sizeX, sizeY] = [sizes[x], sizes[y]];
      if (sizeX === undefined || sizeY === undefined) continue;
      const both: Pair = [withValue[pair] ?? 0, (known[pair] ?? 0) - (withValue[pair] ?? 0)];
      const onlyX: Pair = [sizeX[0] - both[0], sizeX[1] - both[1]];
      const onlyY: Pair = [sizeY[0] - both[0], sizeY[1] - both[1]];
      const neither: Pair = [value.positives - sizeX[0] - onlyY[0], value.negatives - sizeX[1] - onlyY[1]];
      const consider = (kind: CompositionKind, first: number, second: number, groups: Groups): void => {
        const { cell, restOfFirst, restOfSecond } = groups;
        if (cell[0] + cell[1] < smallest) return;
        if (!isAttainable(cell, restOfFirst, level) || !isAttainable(cell, restOfSecond, level)) {
          dropped += 1;
          return;
        }
        tested += 1;
        // Cheap tests first: hardly any composition passes both.
        if (zScore(cell, restOfFirst) < SCREEN || zScore(cell, restOfSecond) < SCREEN) return;
        const tables = tablesOf(groups);
        candidates.push({ kind, first, second, value, tables, ...test(tables) });
      };
      consider('and', x, y, { cell: both, restOfFirst: onlyX, restOfSecond: onlyY, others: neither });
      consider('and-not', x, y, { cell: onlyX, restOfFirst: both, restOfSecond: neither, others: onlyY });
      consider('and-not', y, x, { cell: onlyY, restOfFirst: both, restOfSecond: neither, others: onlyX });
    }
  }
  return {
    compositions: discoveries(counts.segments, candidates, tested, level),
    search: {
      segments: counts.eligible,
      searched: counts.searched,
      pairs: counts.first.length,
      candidates: tested,
      dropped,
    },
  };
}

interface Candidate {
  readonly kind: CompositionKind;
  readonly first: number;
  readonly second: number;
  readonly value: AttackedValue;
  readonly tables: CompositionTables;
  readonly synergy: Synergy;
  readonly lnPValue: number;
}

/** Counts of the four groups that two segments make, seen from a composition; each with the value and without it. */
interface Groups {
  readonly cell: Pair;
  readonly restOfFirst: Pair;
  readonly restOfSecond: Pair;
  readonly others: Pair;
}

type Pair = readonly [number, number];

function tablesOf({ cell, restOfFirst, restOfSecond, others }: Groups): CompositionTables {
  return {
    whole: table(cell, [restOfFirst[0] + restOfSecond[0] + others[0], restOfFirst[1] + restOfSecond[1] + others[1]]),
    insideFirst: table(cell, restOfFirst),
    insideSecond: table(cell, restOfSecond),
    outsideFirst: table(restOfSecond, others),
  };
}

function table([a, b]: Pair, [c, d]: Pair): TwoByTwo {
  return { a, b, c, d };
}

/** Could the test of the two rows be significant at the level, given the margins? */
function isAttainable(x: Pair, y: Pair, level: number): boolean {
  // Large tables can always be significant; only small ones need the exact answer.
  const isLarge = Math.min(x[0] + x[1], y[0] + y[1], x[0] + y[0], x[1] + y[1]) >= LARGE_MARGIN;
  return isLarge || minimalAttainableLnP(table(x, y)) <= Math.log(level);
}

function zScore(x: Pair, y: Pair): number {
  const [inside, outside] = [x[0] + x[1], y[0] + y[1]];
  const [withValue, without] = [x[0] + y[0], x[1] + y[1]];
  const total = inside + outside;
  const variance = (inside * outside * (withValue / total) * without) / total / (total - 1);
  return variance > 0 ? (x[0] * y[1] - x[1] * y[0]) / total / Math.sqrt(variance) : 0;
}

function test({ insideFirst, insideSecond, outsideFirst }: CompositionTables): Pick<Candidate, 'synergy' | 'lnPValue'> {
  const term = synergy(insideFirst, outsideFirst);
  return { synergy: term, lnPValue: Math.max(term.lnPValue, lnOneSided(insideFirst), lnOneSided(insideSecond)) };
}

/** ln of the one-sided p of over-representation: half of the mid-p, or the normal tail in large tables. The screen has seen to the side. */
function lnOneSided(one: TwoByTwo): number {
  const { a, b, c, d } = one;
  return a + b + c + d <= LARGEST_EXACT ? lnMidP(one) - Math.LN2 : lnNormalSf(zScore([a, b], [c, d]));
}

function discoveries(
  segments: readonly string[],
  candidates: readonly Candidate[],
  tested: number,
  level: number,
): readonly MeasuredComposition[] {
  // What was screened out counts as a test with p = 1. It raises every q-value by the same factor.
  const lnFactor = Math.log(tested / Math.max(1, candidates.length));
  const lnQ = adjustLnP(
    candidates.map(({ lnPValue }) => lnPValue),
    'bh',
  );
  return candidates
    .flatMap((candidate, index) => {
      const lnQValue = Math.min(0, (lnQ[index] ?? 0) + lnFactor);
      return lnQValue > Math.log(level) ? [] : [toMeasured(segments, candidate, lnQValue)];
    })
    .sort((x, y) => x.lnPValue - y.lnPValue || y.synergy.lower - x.synergy.lower);
}

function toMeasured(segments: readonly string[], candidate: Candidate, lnQValue: number): MeasuredComposition {
  const { kind, first, second, value, tables } = candidate;
  const { shareInside, representationRatio, riskDifference } = measureEffects(tables.whole);
  const [ofFirst, ofSecond] = [shareOf(tables.insideFirst), shareOf(tables.insideSecond)];
  return {
    kind,
    first: segments[first] ?? '',
    second: segments[second] ?? '',
    trait: value.trait,
    value: value.value,
    tables,
    shareInside,
    representationRatio,
    riskDifference,
    largerShare: Math.max(ofFirst, ofSecond),
    beyondLarger: measureEffects(ofFirst >= ofSecond ? tables.insideFirst : tables.insideSecond).representationRatio,
    synergy: candidate.synergy,
    lnPValue: candidate.lnPValue,
    lnQValue,
  };
}

/** Share with the value among all members of a table. */
function shareOf({ a, b, c, d }: TwoByTwo): number {
  return (a + c) / (a + b + c + d);
}
