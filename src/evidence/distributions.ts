import type { Distribution } from '../domain/distribution.ts';
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

/** A distribution as measured; members are counted, never weighted. */
export interface MeasuredDistribution extends Omit<Distribution, 'lnPValue' | 'suppressed'> {
  readonly lnPValue: number | null;
  /** Smallest count above 0 that the figures rest on; they are shown only when it may be. */
  readonly smallestCell: number;
}

/** The mean Jensen-Shannon divergence by chance takes a tenth of a millisecond; beyond this many rows it is left out. */
const CHANCE_ROWS = 50_000;

interface ValueCounts {
  readonly segment: string;
  readonly trait: string;
  readonly values: string[];
  readonly inside: number[];
  readonly outside: number[];
}

/** Measures, for every segment and trait with at least two values, how differently the values are spread. */
export function measureDistributions(tables: readonly TableCount[]): readonly MeasuredDistribution[] {
  const groups = groupValues(tables).filter(({ values }) => values.length > 1);
  const chance = new ChanceLevels(groups.length <= CHANCE_ROWS);
  return groups.map((group) => measure(group, chance));
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

function measure({ segment, trait, values, inside, outside }: ValueCounts, chance: ChanceLevels): MeasuredDistribution {
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
    segment,
    trait,
    totalVariation: totalVariation(inside, panel),
    totalVariationByChance: levels.totalVariation,
    jensenShannonBits: jensenShannonBits(inside, panel),
    jensenShannonBitsByChance: levels.jensenShannonBits,
    maximumGap: gap === null ? null : { value: values[gap.index] ?? '', gap: gap.gap },
    mutualInformationBits: information.mutualInformation / Math.LN2,
    mutualInformationBitsByChance: byChance === null ? null : byChance / Math.LN2,
    uncertaintyCoefficient: information.uncertaintyCoefficient,
    cramersV: biasCorrectedCramersV(table),
    pValue: test?.pValue ?? null,
    lnPValue: test?.lnPValue ?? null,
    bayesVulnerability:
      vulnerability === null ? null : { prior: vulnerability.prior, posterior: vulnerability.posterior },
    smallestCell: Math.min(smallestPositive(inside), smallestPositive(outside)),
  };
}

/** Infinity where there is none. */
function smallestPositive(counts: readonly number[]): number {
  return counts.reduce((least, count) => (count > 0 && count < least ? count : least), Number.POSITIVE_INFINITY);
}

/** Members by value, strata added up; of tables in order. */
function groupValues(tables: readonly TableCount[]): readonly ValueCounts[] {
  const groups: ValueCounts[] = [];
  for (const { segment, trait, value, inValue, outValue } of inCellOrder(tables)) {
    let group = groups.at(-1);
    if (group?.segment !== segment || group.trait !== trait) {
      group = { segment, trait, values: [], inside: [], outside: [] };
      groups.push(group);
    }
    if (group.values.at(-1) !== value) {
      group.values.push(value);
      group.inside.push(0);
      group.outside.push(0);
    }
    const last = group.values.length - 1;
    group.inside[last] = (group.inside[last] ?? 0) + inValue.members;
    group.outside[last] = (group.outside[last] ?? 0) + outValue.members;
  }
  return groups;
}
