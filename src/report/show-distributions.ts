import type { Association } from '../domain/association.ts';
import type { Distribution } from '../domain/distribution.ts';
import type { DistributionFigures, MeasuredDistribution } from '../evidence/distributions.ts';
import { isSmallCell } from './small-cells.ts';

/**
 * Brings distributions into the form of results JSON. One is hidden where it rests on a small cell, and where any association of its segment
 * and trait is hidden.
 */
export function showDistributions(
  measured: readonly MeasuredDistribution[],
  associations: readonly Association[],
  minCell: number,
): readonly Distribution[] {
  const hidden = new Map<string, Set<string>>();
  for (const { segment, trait, suppressed } of associations)
    if (suppressed) hidden.set(trait, (hidden.get(trait) ?? new Set()).add(segment));
  return measured.map((row) => {
    const isHidden = hidden.get(row.trait)?.has(row.segment) === true || isSmallCell(row.smallestCell, minCell);
    return new ShownDistribution(row.segment, row.trait, isHidden ? undefined : row);
  });
}

const HIDDEN: DistributionFigures = {
  totalVariation: null,
  totalVariationByChance: null,
  jensenShannonBits: null,
  jensenShannonBitsByChance: null,
  maximumGap: null,
  mutualInformationBits: null,
  mutualInformationBitsByChance: null,
  uncertaintyCoefficient: null,
  cramersV: null,
  pValue: null,
  lnPValue: null,
  bayesVulnerability: null,
};

/** A distribution whose figures are worked out when they are read. */
class ShownDistribution implements Distribution {
  readonly segment: string;
  readonly trait: string;
  readonly #measured: MeasuredDistribution | undefined;

  /** @param measured - undefined for one that is hidden */
  constructor(segment: string, trait: string, measured: MeasuredDistribution | undefined) {
    this.segment = segment;
    this.trait = trait;
    this.#measured = measured;
  }

  #figures(): DistributionFigures {
    return this.#measured?.measure() ?? HIDDEN;
  }

  get totalVariation(): Distribution['totalVariation'] {
    return this.#figures().totalVariation;
  }

  get totalVariationByChance(): Distribution['totalVariationByChance'] {
    return this.#figures().totalVariationByChance;
  }

  get jensenShannonBits(): Distribution['jensenShannonBits'] {
    return this.#figures().jensenShannonBits;
  }

  get jensenShannonBitsByChance(): Distribution['jensenShannonBitsByChance'] {
    return this.#figures().jensenShannonBitsByChance;
  }

  get maximumGap(): Distribution['maximumGap'] {
    return this.#figures().maximumGap;
  }

  get mutualInformationBits(): Distribution['mutualInformationBits'] {
    return this.#figures().mutualInformationBits;
  }

  get mutualInformationBitsByChance(): Distribution['mutualInformationBitsByChance'] {
    return this.#figures().mutualInformationBitsByChance;
  }

  get uncertaintyCoefficient(): Distribution['uncertaintyCoefficient'] {
    return this.#figures().uncertaintyCoefficient;
  }

  get cramersV(): Distribution['cramersV'] {
    return this.#figures().cramersV;
  }

  get pValue(): Distribution['pValue'] {
    return this.#figures().pValue;
  }

  get lnPValue(): Distribution['lnPValue'] {
    return this.#figures().lnPValue;
  }

  get bayesVulnerability(): Distribution['bayesVulnerability'] {
    return this.#figures().bayesVulnerability;
  }

  get suppressed(): boolean {
    return this.#measured === undefined;
  }

  toJSON(): Distribution {
    const { segment, trait, suppressed } = this;
    return { segment, trait, ...this.#figures(), suppressed };
  }
}
