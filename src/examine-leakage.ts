import { type Attack, type CountSource, FOLDS, type ScoreCount } from './engine/count-source.ts';
import type { MeasuredAssociation } from './evidence/associations.ts';
import { attackAuc, attackStrength } from './evidence/attack-strength.ts';
import { type AttackWeights, constantsWithout, strongestSegments, trainAttack } from './evidence/attack-weights.ts';
import { type AttackedValue, attackedValues } from './evidence/attacked-values.ts';
import type { ChanceAuc, MeasuredLeakage, RemovalStep, SkippedAttack } from './evidence/leakage.ts';
import type { AucEstimate } from './statistics/auc.ts';
import { normalQuantile } from './statistics/distributions.ts';

/** What the attacks need to know. */
export interface LeakageContext {
  readonly associations: readonly MeasuredAssociation[];
  /** Segments that rules flagged, by trait. */
  readonly flagged: ReadonlyMap<string, readonly string[]>;
  /** AUC that the removal is to get under, for traits that a rule covers. */
  readonly boundOf: (trait: string) => number | undefined;
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

/** Segments tried at each step of the removal; the rest are weaker by themselves. */
const CANDIDATES = 4;

/** Users with the value and without it on which the removal is searched; the AUC after each step is measured on all. */
const SEARCH_USERS = 10_000;

/** Scorings made in one pass over the memberships. */
const SCORINGS_AT_ONCE = 10;

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
    const leakage: MeasuredLeakage[] = [];
    for (const [label, value] of values.entries()) {
      const strength = attackStrength(scored[label] ?? []);
      const weights = trained[label];
      if (strength === null || weights === undefined) continue;
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
    const memberships = attack.memberships;
    await attack.close();
    return { leakage: await shuffleChances(source, leakage, memberships), skipped };
  } finally {
    await attack.close();
  }
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
 * Searches for the smallest set of segments to drop, one at a time: of the strongest that are left, the one whose loss brings the AUC down
 * most. It is a greedy search, so a smaller set may exist; and weights of the other segments stay as they were trained, which is what they
 * would be without it.
 */
async function searchRemoval({ attack, trained, label }: AttackOn, bound: number): Promise<readonly RemovalStep[]> {
  const weights = trained[label];
  if (weights === undefined) return [];
  const strongest = strongestSegments(weights);
  const sample = await attack.sample(label, SEARCH_USERS);
  const dropped: number[] = [];
  try {
    for (let auc = 1; dropped.length < REMOVAL_STEPS && auc >= bound; ) {
      const candidates = strongest.filter((segment) => !dropped.includes(segment)).slice(0, CANDIDATES);
      const scored = await scoreAll(
        sample,
        trained,
        candidates.map((segment) => ({ label, dropped: [...dropped, segment] })),
      );
      const aucs = scored.map((bins) => attackAuc(bins)?.estimate ?? 0.5);
      const lowest = Math.min(...aucs);
      const best = candidates[aucs.indexOf(lowest)];
      if (best === undefined) break;
      dropped.push(best);
      auc = lowest;
    }
  } finally {
    await sample.close();
  }
  return measureRemoval({ attack, trained, label }, dropped, bound);
}

/** Measures the curve on all users; goes on by strength where the sample stopped too early, and stops where it went too far. */
async function measureRemoval(
  on: AttackOn,
  searched: readonly number[],
  bound: number,
): Promise<readonly RemovalStep[]> {
  const { attack, trained, label } = on;
  const more = trained[label] === undefined ? [] : strongestSegments(trained[label]);
  const order = [...searched, ...more.filter((segment) => !searched.includes(segment))].slice(0, REMOVAL_STEPS);
  const steps: RemovalStep[] = [];
  for (let done = 0; done < order.length; done += SCORINGS_AT_ONCE) {
    const batch = order.slice(done, done + SCORINGS_AT_ONCE);
    const histograms = await scoreAll(
      attack,
      trained,
      batch.map((_, index) => ({ label, dropped: order.slice(0, done + index + 1) })),
    );
    for (const [index, bins] of histograms.entries()) {
      const auc = attackAuc(bins);
      if (auc === null) return steps;
      steps.push({ segment: attack.segments[order[done + index] ?? -1] ?? '', auc });
      if (auc.estimate < bound) return steps;
    }
  }
  return steps;
}

/** Mean and upper limit of the rank sum's normal approximation; without ties, which makes it a little wide. */
function analyticChance({ positives, negatives }: AttackedValue): ChanceAuc {
  const deviation = Math.sqrt((positives + negatives + 1) / (12 * positives * negatives));
  return { mean: 0.5, upper: 0.5 + normalQuantile(0.975) * deviation, method: 'analytic' };
}

/** Repeats the attack on shuffled labels, for values that seem to leak, as far as the memberships to read allow it. */
async function shuffleChances(
  source: CountSource,
  leakage: readonly MeasuredLeakage[],
  memberships: number,
): Promise<readonly MeasuredLeakage[]> {
  const leaking = leakage.filter(({ auc, aucByChance }) => auc.lower > aucByChance.mean);
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
