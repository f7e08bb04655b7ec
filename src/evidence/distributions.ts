import type { Distribution } from '../domain/distribution.ts';
import { toJsonNumber } from '../domain/json.ts';
import type { TableCount } from '../engine/count-source.ts';
import { tableVulnerability } from '../statistics/bayes-vulnerability-table.ts';
import { contingencyTable } from '../statistics/contingency-table.ts';
import { biasCorrectedCramersV } from '../statistics/cramers-v.ts';
import { expectedMutualInformation } from '../statistics/expected-association.ts';
import { expectedJensenShannonBits, expectedTotalVariation } from '../statistics/expected-distance.ts';
import { jensenShannonBits } from '../statistics/jensen-shannon.ts';
import { maximumPositiveGap } from '../statistics/maximum-gap.ts';
import { tableInformation } from '../statistics/mutual-information-table.ts';
import { likelihoodRatioTest } from '../statistics/pearson-chi-square.ts';
import { totalVariation } from '../statistics/total-variation.ts';
import { inCellOrder } from './cell-order.ts';

/** How the values of one trait are spread in a segment; members are counted, never weighted. */
export interface MeasuredDistribution {
  readonly segment: string;
  readonly trait: string;
  /** Smallest count above 0 that the figures rest on; they are shown only when it may be. */
  readonly smallestCell: number;
  /** Works the figures out. Of a million distributions most are hidden or never read, so this is left to who shows them. */
  measure(): DistributionFigures;
}

/** What is measured of a distribution. */
export type DistributionFigures = Omit<Distribution, 'segment' | 'trait' | 'suppressed'>;

/** The mean Jensen-Shannon divergence by chance takes a tenth of a millisecond; beyond this many rows it is left out. */
const CHANCE_ROWS = 50_000;

/** Takes, for every segment and trait with at least two values, what measures how differently the values are spread. */
export function measureDistributions(tables: readonly TableCount[]): readonly MeasuredDistribution[] {
  const counts = new ValueCounts(inCellOrder(tables));
  const groups = counts.groups();
  const chance = new ChanceLevels(groups.length <= CHANCE_ROWS);
  return groups.map((group) => new CountedDistribution(counts, group, chance));
}

/** Where the values of one segment and trait begin and end. */
interface ValueGroup {
  readonly start: number;
  readonly end: number;
}

/** Members by segment, trait and value, strata added up. In columns, since there may be millions. */
class ValueCounts {
  readonly segments: string[] = [];
  readonly traits: string[] = [];
  readonly values: string[] = [];
  readonly inside: Float64Array;
  readonly outside: Float64Array;

  /** @param tables - in order */
  constructor(tables: readonly TableCount[]) {
    this.inside = new Float64Array(tables.length);
    this.outside = new Float64Array(tables.length);
    for (const { segment, trait, value, inValue, outValue } of tables) {
      const last = this.values.length - 1;
      if (this.values[last] !== value || this.segments[last] !== segment || this.traits[last] !== trait) {
        this.segments.push(segment);
        this.traits.push(trait);
        this.values.push(value);
      }
      const at = this.values.length - 1;
      this.inside[at] = (this.inside[at] ?? 0) + inValue.members;
      this.outside[at] = (this.outside[at] ?? 0) + outValue.members;
    }
  }

  /** Those of at least two values. */
  groups(): readonly ValueGroup[] {
    const groups: ValueGroup[] = [];
    for (let start = 0, end = 0; start < this.values.length; start = end) {
      end = start + 1;
      while (this.segments[end] === this.segments[start] && this.traits[end] === this.traits[start]) end += 1;
      if (end - start > 1) groups.push({ start, end });
    }
    return groups;
  }
}

class CountedDistribution implements MeasuredDistribution {
  readonly #counts: ValueCounts;
  readonly #group: ValueGroup;
  readonly #chance: ChanceLevels;

  constructor(counts: ValueCounts, group: ValueGroup, chance: ChanceLevels) {
    this.#counts = counts;
    this.#group = group;
    this.#chance = chance;
  }

  get segment(): string {
    return this.#counts.segments[this.#group.start] ?? '';
  }

  get trait(): string {
    return this.#counts.traits[this.#group.start] ?? '';
  }

  get smallestCell(): number {
    const { start, end } = this.#group;
    let least = Number.POSITIVE_INFINITY;
    for (const counts of [this.#counts.inside, this.#counts.outside]) {
      for (let at = start; at < end; at += 1) {
        const count = counts[at] ?? 0;
        if (count > 0 && count < least) least = count;
      }
    }
    return least;
  }

  measure(): DistributionFigures {
    const { start, end } = this.#group;
    const inside = [...this.#counts.inside.subarray(start, end)];
    const outside = [...this.#counts.outside.subarray(start, end)];
    return measure(inside, outside, {
      nameOf: (index) => this.#counts.values[start + index] ?? '',
      chance: this.#chance,
    });
  }
}

/** What distances come to by chance. It follows from the panel and the size of the segment, and is worked out once for all segments of a size. */
class ChanceLevels {
  readonly #isExact: boolean;
  #panel: readonly number[] = [];
  #bySize = new Map<number, { readonly totalVariation: number | null; readonly jensenShannonBits: number | null }>();

  /** @param isExact - whether to take the time for the mean Jensen-Shannon divergence */
  constructor(isExact: boolean) {
    this.#isExact = isExact;
  }

  of(
    panel: readonly number[],
    members: number,
  ): { readonly totalVariation: number | null; readonly jensenShannonBits: number | null } {
    if (members === 0) return { totalVariation: null, jensenShannonBits: null };
    if (panel.length !== this.#panel.length || panel.some((count, index) => count !== this.#panel[index])) {
      this.#panel = panel;
      this.#bySize = new Map();
    }
    const known = this.#bySize.get(members);
    if (known !== undefined) return known;
    const levels = {
      totalVariation: expectedTotalVariation(panel, members),
      jensenShannonBits: this.#isExact ? expectedJensenShannonBits(panel, members) : null,
    };
    this.#bySize.set(members, levels);
    return levels;
  }
}

function measure(
  inside: readonly number[],
  outside: readonly number[],
  { nameOf, chance }: { readonly nameOf: (index: number) => string; readonly chance: ChanceLevels },
): DistributionFigures {
  const panel = inside.map((count, index) => count + (outside[index] ?? 0));
  const members = inside.reduce((sum, count) => sum + count, 0);
  const levels = chance.of(panel, members);
  const table = contingencyTable([inside, outside]);
  const information = tableInformation(table);
  const byChance = expectedMutualInformation(table);
  const gap = maximumPositiveGap(inside, panel);
  const test = likelihoodRatioTest(table);
  const vulnerability = tableVulnerability(table);
  return {
    totalVariation: totalVariation(inside, panel),
    totalVariationByChance: levels.totalVariation,
    jensenShannonBits: jensenShannonBits(inside, panel),
    jensenShannonBitsByChance: levels.jensenShannonBits,
    maximumGap: gap === null ? null : { value: nameOf(gap.index), gap: gap.gap },
    mutualInformationBits: information.mutualInformation / Math.LN2,
    mutualInformationBitsByChance: byChance === null ? null : byChance / Math.LN2,
    uncertaintyCoefficient: information.uncertaintyCoefficient,
    cramersV: biasCorrectedCramersV(table),
    pValue: test?.pValue ?? null,
    lnPValue: toJsonNumber(test?.lnPValue),
    bayesVulnerability:
      vulnerability === null ? null : { prior: vulnerability.prior, posterior: vulnerability.posterior },
  };
}
