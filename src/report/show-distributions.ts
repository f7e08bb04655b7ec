import type { Association } from '../domain/association.ts';
import type { Distribution } from '../domain/distribution.ts';
import { toJsonNumber } from '../domain/json.ts';
import type { MeasuredDistribution } from '../evidence/distributions.ts';
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
  return measured.map(({ smallestCell, ...row }) =>
    hidden.get(row.trait)?.has(row.segment) === true || isSmallCell(smallestCell, minCell)
      ? {
          segment: row.segment,
          trait: row.trait,
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
          suppressed: true,
        }
      : { ...row, lnPValue: toJsonNumber(row.lnPValue), suppressed: false },
  );
}
