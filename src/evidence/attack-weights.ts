import { FOLDS, type FoldCounts, UNITS_PER_NAT } from '../engine/count-source.ts';

/**
 * Weights of a naive Bayes attack, one set per fold, each trained on the other folds. A user's score is the constant of the user's fold plus
 * the weights of the user's segments: the log-odds that the user has the value, if memberships were independent given the value.
 */
export interface AttackWeights {
  /** In units, by `segment * FOLDS + fold`. */
  readonly weights: Int32Array;
  /** In units, by fold, with no segment dropped. */
  readonly constants: readonly number[];
  /** What a segment adds to the constant of a fold by being there to be absent from, in units; by `segment * FOLDS + fold`. */
  readonly absence: Float64Array;
  /**
   * By segment, in nats: how much of the distance between the mean score of users with the value and that of users without it comes from the
   * segment, measured on the fold that the weight was not trained on. Negative for a segment that misleads.
   */
  readonly separation: Float64Array;
}

/** Members added to each cell, so that a segment without any member with the value does not decide alone (Laplace). */
const SMOOTHING = 1;

/**
 * Trains the weights: for a segment with a of P members with the value and b of Q without, all outside the fold,
 * `ln((a+1)/(P+2)) - ln((b+1)/(Q+2)) - ln((P-a+1)/(P+2)) + ln((Q-b+1)/(Q+2))`. O(segments).
 *
 * The Bernoulli model of McCallum and Nigam, "A comparison of event models for naive Bayes text classification", AAAI-98 workshop, 1998.
 */
export function trainAttack(counts: FoldCounts): AttackWeights {
  const { positives, negatives, insideValue, insideOther } = counts;
  const segments = insideValue.length / FOLDS;
  const [allPositives, allNegatives] = [sumOf(positives), sumOf(negatives)];
  const weights = new Int32Array(insideValue.length);
  const absence = new Float64Array(insideValue.length);
  const separation = new Float64Array(segments);
  const constants = new Array<number>(FOLDS).fill(0);
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const p = allPositives - (positives[fold] ?? 0);
    const q = allNegatives - (negatives[fold] ?? 0);
    constants[fold] = Math.log((p + SMOOTHING) / (q + SMOOTHING)) * UNITS_PER_NAT;
  }
  for (let segment = 0; segment < segments; segment += 1) {
    const withValue = foldSum(insideValue, segment);
    const without = foldSum(insideOther, segment);
    for (let fold = 0; fold < FOLDS; fold += 1) {
      const at = segment * FOLDS + fold;
      const p = allPositives - (positives[fold] ?? 0);
      const q = allNegatives - (negatives[fold] ?? 0);
      const a = withValue - (insideValue[at] ?? 0);
      const b = without - (insideOther[at] ?? 0);
      const present = logShare(a, p) - logShare(b, q);
      const absent = logShare(p - a, p) - logShare(q - b, q);
      weights[at] = Math.round((present - absent) * UNITS_PER_NAT);
      absence[at] = absent * UNITS_PER_NAT;
      constants[fold] = (constants[fold] ?? 0) + absent * UNITS_PER_NAT;
      const gap = (insideValue[at] ?? 0) / allPositives - (insideOther[at] ?? 0) / allNegatives;
      separation[segment] = (separation[segment] ?? 0) + (present - absent) * gap;
    }
  }
  return { weights, constants, absence, separation };
}

/** Constants of the folds when segments are dropped: they are not there to be absent from any more. */
export function constantsWithout({ constants, absence }: AttackWeights, dropped: readonly number[]): readonly number[] {
  return constants.map((constant, fold) =>
    dropped.reduce((left, segment) => left - (absence[segment * FOLDS + fold] ?? 0), constant),
  );
}

/** Segments that separate the value from the rest, the strongest first; ties by index, so that the order is always the same. */
export function strongestSegments({ separation }: AttackWeights): readonly number[] {
  return [...separation.keys()]
    .filter((segment) => (separation[segment] ?? 0) > 0)
    .sort((x, y) => (separation[y] ?? 0) - (separation[x] ?? 0) || x - y);
}

function logShare(part: number, whole: number): number {
  return Math.log((part + SMOOTHING) / (whole + 2 * SMOOTHING));
}

function foldSum(cells: Float64Array, segment: number): number {
  let sum = 0;
  for (let fold = 0; fold < FOLDS; fold += 1) sum += cells[segment * FOLDS + fold] ?? 0;
  return sum;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
