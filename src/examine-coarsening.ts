import type { Attack, ScoreCount } from './engine/count-source.ts';
import { attackAuc } from './evidence/attack-strength.ts';
import { type AttackWeights, constantsWithout, trainAttack } from './evidence/attack-weights.ts';
import type { MeasuredLeakage, RemovalStep } from './evidence/leakage.ts';
import { ancestorsOf } from './evidence/parents.ts';

/** A trait value whose removal list is to be measured. */
export interface CoarsenedValue {
  /** Index of its label in the attack. */
  readonly label: number;
  readonly removal: MeasuredLeakage['removal'];
}

export interface CoarseningLimits {
  /** Users with the value and without it on which steps are measured; the last one is measured on all. */
  readonly perClass: number;
  /** Scorings made in one pass over the memberships. */
  readonly atOnce: number;
}

/**
 * Measures what is left when the segments of a removal list are coarsened into their parents instead of dropped: their members become members
 * of the nearest ancestor that is not in the list so far, which then holds its own members and those of all its descendants. Segments without
 * such an ancestor are dropped.
 *
 * @param parents - by segment; parents need not be segments of the export
 * @returns the removal lists in the order given, with the AUC at each step from the first that is coarsened
 */
export async function examineCoarsening(
  attack: Attack,
  values: readonly CoarsenedValue[],
  parents: ReadonlyMap<string, string>,
  limits: CoarseningLimits,
): Promise<readonly (readonly RemovalStep[])[]> {
  const removed = new Set(values.flatMap(({ removal }) => removal.map(({ segment }) => segment)));
  const coarse = [...new Set([...removed].flatMap((segment) => ancestorsOf(segment, parents)))];
  if (coarse.length === 0) return values.map(({ removal }) => removal);
  const place = new Map(attack.segments.map((segment, index) => [segment, index]));
  const groups = coarse.map((id) => ({ id, of: membersOf(id, attack.segments, parents) }));
  const coarsened = await attack.coarsen(groups);
  try {
    const trained = coarsened.counts.map(trainAttack);
    await coarsened.load(trained.map(({ weights }) => weights));
    const plan: CoarsePlan = { parents, place, coarse, firstCoarse: attack.segments.length };
    const lists: (readonly RemovalStep[])[] = [];
    for (const { label, removal } of values) {
      const weights = trained[label];
      lists.push(weights === undefined ? removal : await measure(coarsened, { label, weights, removal }, plan, limits));
    }
    return lists;
  } finally {
    await coarsened.close();
  }
}

/** Indexes of a segment, if the export has it, and of all its descendants. */
function membersOf(id: string, segments: readonly string[], parents: ReadonlyMap<string, string>): readonly number[] {
  return segments.flatMap((segment, index) =>
    segment === id || ancestorsOf(segment, parents).includes(id) ? [index] : [],
  );
}

interface CoarsePlan {
  readonly parents: ReadonlyMap<string, string>;
  /** Index by segment of the export. */
  readonly place: ReadonlyMap<string, number>;
  /** Ids of the coarser segments, whose indexes follow those of the export. */
  readonly coarse: readonly string[];
  readonly firstCoarse: number;
}

interface TrainedValue extends CoarsenedValue {
  readonly weights: AttackWeights;
}

async function measure(
  attack: Attack,
  { label, weights, removal }: TrainedValue,
  plan: CoarsePlan,
  { perClass, atOnce }: CoarseningLimits,
): Promise<readonly RemovalStep[]> {
  const dropped = removal.map((_, index) => droppedAt(removal.slice(0, index + 1), plan));
  const first = dropped.findIndex((indexes) => indexes !== null);
  if (first === -1) return removal;
  const scoreOn = async (
    on: Attack,
    lists: readonly (readonly number[])[],
  ): Promise<readonly (readonly ScoreCount[])[]> =>
    on.score(lists.map((list) => ({ label, dropped: list, constants: constantsWithout(weights, list) })));
  const wanted = dropped.slice(first).map((list) => list ?? []);
  const histograms: (readonly ScoreCount[])[] = [];
  const sample = await attack.sample(label, perClass);
  try {
    for (let start = 0; start < wanted.length; start += atOnce) {
      histograms.push(...(await scoreOn(sample, wanted.slice(start, start + atOnce))));
    }
  } finally {
    await sample.close();
  }
  if (sample.memberships < attack.memberships) {
    const [last] = await scoreOn(attack, wanted.slice(-1));
    histograms.splice(-1, 1, last ?? []);
  }
  return removal.map((step, index) => {
    const auc = index < first ? null : attackAuc(histograms[index - first] ?? []);
    return auc === null ? step : { ...step, coarsened: auc };
  });
}

/** Indexes that do not count when these segments are coarsened; `null` when none of them can be. */
function droppedAt(
  steps: readonly RemovalStep[],
  { parents, place, coarse, firstCoarse }: CoarsePlan,
): readonly number[] | null {
  const gone = new Set(steps.map(({ segment }) => segment));
  const active = new Set(
    steps.flatMap(({ segment }) => ancestorsOf(segment, parents).find((ancestor) => !gone.has(ancestor)) ?? []),
  );
  if (active.size === 0) return null;
  return [
    ...[...gone, ...active].flatMap((segment) => place.get(segment) ?? []),
    ...coarse.flatMap((id, index) => (active.has(id) ? [] : [firstCoarse + index])),
  ];
}
