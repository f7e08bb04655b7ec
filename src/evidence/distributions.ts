import type { Distribution } from '../domain/distribution.ts';
import { compareText } from '../domain/order.ts';
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
  const isExact = groups.length <= CHANCE_ROWS;
  return groups.map((group) => measure(group, isExact));
}

function measure({ segment, trait, values, inside, outside }: ValueCounts, isExact: boolean): MeasuredDistribution {
  const panel = inside.map((count, index) => count + (outside[index] ?? 0));
  const members = inside.reduce((sum, count) => sum + count, 0);
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
    totalVariationByChance: members > 0 ? expectedTotalVariation(panel, members) : null,
    jensenShannonBits: jensenShannonBits(inside, panel),
    jensenShannonBitsByChance: isExact && members > 0 ? expectedJensenShannonBits(panel, members) : null,
    maximumGap: gap === null ? null : { value: values[gap.index] ?? '', gap: gap.gap },
    mutualInformationBits: information.mutualInformation / Math.LN2,
    mutualInformationBitsByChance: byChance === null ? null : byChance / Math.LN2,
    uncertaintyCoefficient: information.uncertaintyCoefficient,
    cramersV: biasCorrectedCramersV(table),
    pValue: test?.pValue ?? null,
    lnPValue: test?.lnPValue ?? null,
    bayesVulnerability:
      vulnerability === null ? null : { prior: vulnerability.prior, posterior: vulnerability.posterior },
    smallestCell: Math.min(...[...inside, ...outside].filter((count) => count > 0)),
  };
}

function groupValues(tables: readonly TableCount[]): readonly ValueCounts[] {
  const groups = new Map<string, { segment: string; trait: string; counts: Map<string, [number, number]> }>();
  for (const { segment, trait, value, inValue, outValue } of tables) {
    const key = JSON.stringify([trait, segment]);
    const group = groups.get(key) ?? { segment, trait, counts: new Map<string, [number, number]>() };
    groups.set(key, group);
    const [inside, outside] = group.counts.get(value) ?? [0, 0];
    group.counts.set(value, [inside + inValue.members, outside + outValue.members]);
  }
  return [...groups.values()]
    .sort((x, y) => compareText(x.trait, y.trait) || compareText(x.segment, y.segment))
    .map(({ segment, trait, counts }) => {
      const sorted = [...counts].sort((x, y) => compareText(x[0], y[0]));
      return {
        segment,
        trait,
        values: sorted.map(([value]) => value),
        inside: sorted.map(([, [inside]]) => inside),
        outside: sorted.map(([, [, outside]]) => outside),
      };
    });
}
