import type { Attack, CountSource } from './engine/count-source.ts';
import { attackAuc, averageOverSplits } from './evidence/attack-strength.ts';
import { trainAttack } from './evidence/attack-weights.ts';
import type { AttackedValue } from './evidence/attacked-values.ts';
import type { AucEstimate } from './statistics/auc.ts';

/** Users with the value, or without it, below which one split into folds moves the AUC by more than 0.02. */
const FEW_USERS = 200;

/** Further splits that the AUC is averaged over, and the most memberships that they may read together. */
const FURTHER_SPLITS = 4;
const SPLIT_MEMBERSHIPS = 40_000_000;

/**
 * Repeats the attack on values that few users have, or have not, with other splits into folds.
 *
 * @param first - the attack of the first split
 * @param aucs - AUC of each value with the first split
 * @returns the AUC averaged over all splits, by index of the value; those of many users are not there
 */
export async function examineSplits(
  source: CountSource,
  first: Attack,
  values: readonly AttackedValue[],
  aucs: readonly (AucEstimate | null)[],
): Promise<ReadonlyMap<number, AucEstimate>> {
  const few = values.flatMap(({ positives, negatives }, index) =>
    Math.min(positives, negatives) < FEW_USERS && aucs[index] !== null ? [index] : [],
  );
  if (few.length === 0 || FURTHER_SPLITS * first.memberships > SPLIT_MEMBERSHIPS) return new Map();
  const found = new Map(few.map((index) => [index, [aucs[index] ?? null]]));
  const labels = few.flatMap((index) => values[index] ?? []).map(({ trait, value }) => ({ trait, value, shuffle: 0 }));
  for (let split = 1; split <= FURTHER_SPLITS; split += 1) {
    const attack = await source.openAttack(labels, split);
    if (attack === undefined) return new Map();
    try {
      const trained = attack.counts.map(trainAttack);
      await attack.load(trained.map(({ weights }) => weights));
      const scorings = trained.map(({ constants }, label) => ({ label, dropped: [], constants }));
      const scored = await attack.score(scorings);
      for (const [place, index] of few.entries()) found.get(index)?.push(attackAuc(scored[place] ?? []));
    } finally {
      await attack.close();
    }
  }
  return new Map(
    [...found].flatMap(([index, list]) => {
      const average = averageOverSplits(list.filter((auc) => auc !== null));
      return average === null ? [] : [[index, average] as const];
    }),
  );
}
