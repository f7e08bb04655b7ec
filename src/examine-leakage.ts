import { type Attack, type CountSource, FOLDS, type ScoreCount } from './engine/count-source.ts';
import type { MeasuredAssociation } from './evidence/associations.ts';
import { attackAuc, attackStrength } from './evidence/attack-strength.ts';
import { type AttackWeights, constantsWithout, strongestSegments, trainAttack } from './evidence/attack-weights.ts';
import { type AttackedValue, attackedValues } from './evidence/attacked-values.ts';
import type { ChanceAuc, MeasuredLeakage, RemovalStep, SkippedAttack } from './evidence/leakage.ts';
import { examineCoarsening } from './examine-coarsening.ts';
import { examineSplits } from './examine-splits.ts';
import type { AucEstimate } from './statistics/auc.ts';
import { normalQuantile } from './statistics/distributions.ts';

/** What the attacks need to know. */
export interface LeakageContext {
  readonly associations: readonly MeasuredAssociation[];
  /** Segments that rules flagged, by trait. */
  readonly flagged: ReadonlyMap<string, readonly string[]>;
  /** AUC that the removal is to get under, for traits that a rule covers. */
  readonly boundOf: (trait: string) => number | undefined;
  /** Parents that definitions name, by segment. */
  readonly parents: ReadonlyMap<string, string>;
}

/** Attacks on all values, and the values left out. */
export interface LeakageEvidence {
  readonly leakage: readonly MeasuredLeakage[];
  readonly skipped: readonly SkippedAttack[];
}

/** Segments shown as drivers, and the least share of one. */
const DRIVERS = 10;
const SMALLEST_DRIVER = 0.01;

/** Segments that a removal may have. */
const REMOVAL_STEPS = 40;

/** Steps added on all users, when the sample ended too early. */
const MORE_STEPS = 5;

/** Users with the value and without it on which the steps of the removal are measured; the AUC does not depend on how many of each. */
const SEARCH_USERS = 10_000;

/** Scorings made in one pass over the memberships. */
const SCORINGS_AT_ONCE = 10;

/** Users with the value, and without it, from which on the normal limit of the rank sum is exact enough. */
const MANY_USERS = 1_000;

/** Shuffles of the labels, and the most memberships that they may read together. */
const SHUFFLES = 20;
const SHUFFLED_MEMBERSHIPS = 40_000_000;

/** Attacks every trait value that has enough labelled members, all in the same passes over the memberships. */
export async function examineLeakage(source: CountSource, context: LeakageContext): Promise<LeakageEvidence> {
  const { values, skipped } = attackedValues(context.associations);
  const labels = values.map(({ trait, value }) => ({ trait, value, shuffle: 0 }));
  const attack = values.length === 0 ? undefined : await source.openAttack(labels);
  if (attack === undefined) return { leakage: [], skipped: [] };
  try {
    const trained = attack.counts.map(trainAttack);
    await attack.load(trained.map(({ weights }) => weights));
    const scored = await scoreAll(attack, trained, [
      ...values.map((_, label) => ({ label, dropped: [] })),
      ...values.map(({ trait }, label) => ({ label, dropped: indexesOf(attack, context.flagged.get(trait) ?? []) })),
    ]);
    const strengths = values.map((_, label) => attackStrength(scored[label] ?? []));
    const averages = await examineSplits(
      source,
      attack,
      values,
      strengths.map((one) => one?.auc ?? null),
    );
    const leakage: MeasuredLeakage[] = [];
    for (const [label, value] of values.entries()) {
      const once = strengths[label];
      const weights = trained[label];
      if (once === undefined || once === null || weights === undefined) continue;
      const strength = { ...once, auc: averages.get(label) ?? once.auc };
      const flagged = context.flagged.get(value.trait) ?? [];
      const residual = attackAuc(scored[values.length + label] ?? []);
      const bound = context.boundOf(value.trait);
      const isBeyond = bound !== undefined && strength.auc.lower > bound;
      const removal = isBeyond ? await searchRemoval({ attack, trained, label }, bound) : [];
      leakage.push({
        ...value,
        ...strength,
        aucByChance: analyticChance(value),
        drivers: driversOf(attack, weights),
        ...(flagged.length === 0 || residual === null ? {} : { residual: { dropped: flagged.length, auc: residual } }),
        ...(bound === undefined ? {} : { bound }),
        removal,
      });
    }
    const coarsened = await coarsenRemovals(attack, values, leakage, context.parents);
    const memberships = attack.memberships;
    await attack.close();
    return { leakage: await shuffleChances(source, coarsened, memberships), skipped };
  } finally {
    await attack.close();
  }
}

/** Adds to every removal list what coarsening would do. */
async function coarsenRemovals(
  attack: Attack,
  values: readonly AttackedValue[],
  leakage: readonly MeasuredLeakage[],
  parents: ReadonlyMap<string, string>,
): Promise<readonly MeasuredLeakage[]> {
  const labelOf = (row: MeasuredLeakage): number =>
    values.findIndex(({ trait, value }) => trait === row.trait && value === row.value);
  const lists = await examineCoarsening(
    attack,
    leakage.map((row) => ({ label: labelOf(row), removal: row.removal })),
    parents,
    { perClass: SEARCH_USERS, atOnce: SCORINGS_AT_ONCE },
  );
  return leakage.map((row, index) => ({ ...row, removal: lists[index] ?? row.removal }));
}

interface AttackOn {
  readonly attack: Attack;
  readonly trained: readonly AttackWeights[];
  readonly label: number;
}

interface WhatToScore {
  readonly label: number;
  readonly dropped: readonly number[];
}

async function scoreAll(
  attack: Attack,
  trained: readonly AttackWeights[],
  wanted: readonly WhatToScore[],
): Promise<readonly (readonly ScoreCount[])[]> {
  const histograms: (readonly ScoreCount[])[] = [];
  for (let start = 0; start < wanted.length; start += SCORINGS_AT_ONCE) {
    const scorings = wanted.slice(start, start + SCORINGS_AT_ONCE).map(({ label, dropped }) => {
      const weights = trained[label];
      return {
        label,
        dropped,
        constants: weights === undefined ? new Array<number>(FOLDS).fill(0) : constantsWithout(weights, dropped),
      };
    });
    histograms.push(...(await attack.score(scorings)));
  }
  return histograms;
}

function indexesOf({ segments }: Attack, ids: readonly string[]): readonly number[] {
  const wanted = new Set(ids);
  return segments.flatMap((segment, index) => (wanted.has(segment) ? [index] : []));
}

function driversOf({ segments }: Attack, weights: AttackWeights): MeasuredLeakage['drivers'] {
  const { separation } = weights;
  const strongest = strongestSegments(weights);
  const total = strongest.reduce((sum, segment) => sum + (separation[segment] ?? 0), 0);
  return strongest
    .slice(0, DRIVERS)
    .map((segment) => ({ segment: segments[segment] ?? '', share: (separation[segment] ?? 0) / total }))
    .filter(({ share }) => share >= SMALLEST_DRIVER);
}

/**
 * Drops segments one at a time, those that separate the value most first, until the estimated AUC is below the bound. Weights of the other
 * segments stay as they were trained, which is what they would be without it. The steps are measured on a sample of users where there are
 * many, and the last one on all: where that is not below the bound yet, more are dropped.
 *
 * It is greedy, so a smaller set may exist.
 */
async function searchRemoval({ attack, trained, label }: AttackOn, bound: number): Promise<readonly RemovalStep[]> {
  const weights = trained[label];
  if (weights === undefined) return [];
  const order = strongestSegments(weights).slice(0, REMOVAL_STEPS);
  const prefix = (length: number): WhatToScore => ({ label, dropped: order.slice(0, length) });
  const steps: RemovalStep[] = [];
  const isDone = (): boolean => steps.length === order.length || (steps.at(-1)?.auc.estimate ?? 1) < bound;
  const add = (histograms: readonly (readonly ScoreCount[])[]): void => {
    for (const bins of histograms) {
      const auc = attackAuc(bins);
      if (auc === null || isDone()) return;
      steps.push({ segment: attack.segments[order[steps.length] ?? -1] ?? '', auc });
    }
  };
  const sample = await attack.sample(label, SEARCH_USERS);
  try {
    for (let done = 0; !isDone() && done < order.length; done += SCORINGS_AT_ONCE) {
      const lengths = Array.from(order.slice(done, done + SCORINGS_AT_ONCE), (_, index) => done + index + 1);
      add(await scoreAll(sample, trained, lengths.map(prefix)));
    }
  } finally {
    await sample.close();
  }
  if (sample.memberships === attack.memberships) return steps;
  const [all] = await scoreAll(attack, trained, [prefix(steps.length)]);
  const measured = steps.pop();
  const auc = attackAuc(all ?? []);
  if (measured !== undefined) steps.push(auc === null ? measured : { ...measured, auc });
  for (let tries = 0; !isDone() && tries < MORE_STEPS; tries += 1) {
    add(await scoreAll(attack, trained, [prefix(steps.length + 1)]));
  }
  return steps;
}

/** Mean and upper limit of the rank sum's normal approximation; without ties, which makes it a little wide. */
function analyticChance({ positives, negatives }: AttackedValue): ChanceAuc {
  const deviation = Math.sqrt((positives + negatives + 1) / (12 * positives * negatives));
  return { mean: 0.5, upper: 0.5 + normalQuantile(0.975) * deviation, method: 'analytic' };
}

/**
 * Repeats the attack on shuffled labels, for values that seem to leak and that few users have or have not: there the normal limit is least to
 * be trusted. Not where the memberships to read are too many.
 */
async function shuffleChances(
  source: CountSource,
  leakage: readonly MeasuredLeakage[],
  memberships: number,
): Promise<readonly MeasuredLeakage[]> {
  const leaking = leakage.filter(
    ({ auc, bound, positives, negatives }) => auc.lower > (bound ?? 0.5) && Math.min(positives, negatives) < MANY_USERS,
  );
  if (leaking.length * SHUFFLES * memberships > SHUFFLED_MEMBERSHIPS) return leakage;
  const chances = new Map<MeasuredLeakage, ChanceAuc>();
  for (const row of leaking) chances.set(row, await shuffledChance(source, row));
  return leakage.map((row) => ({ ...row, aucByChance: chances.get(row) ?? row.aucByChance }));
}

async function shuffledChance(source: CountSource, { trait, value, aucByChance }: MeasuredLeakage): Promise<ChanceAuc> {
  const labels = Array.from({ length: SHUFFLES }, (_, index) => ({ trait, value, shuffle: index + 1 }));
  const attack = await source.openAttack(labels);
  if (attack === undefined) return aucByChance;
  try {
    const trained = attack.counts.map(trainAttack);
    await attack.load(trained.map(({ weights }) => weights));
    const scored = await scoreAll(
      attack,
      trained,
      labels.map((_, label) => ({ label, dropped: [] })),
    );
    const aucs = scored.map((bins): AucEstimate | null => attackAuc(bins)).map((auc) => auc?.estimate ?? 0.5);
    return {
      mean: aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length,
      upper: Math.max(...aucs),
      method: 'shuffled',
    };
  } finally {
    await attack.close();
  }
}
