import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { representationRatio, riskDifference, riskRatio } from '../../src/statistics/effect-sizes.ts';
import { compareLabelCoverage } from '../../src/statistics/label-coverage.ts';
import { manskiBounds } from '../../src/statistics/manski-bounds.ts';

const count = fc.integer({ min: 1, max: 60 });
const missing = fc.nat(6);

describe('worst-case bounds for missing labels', () => {
  test('hold every way to fill the labels in, and are reached', () => {
    const arbitrary = fc.record({
      inValue: count,
      inOther: count,
      inUnlabelled: missing,
      outValue: count,
      outOther: count,
      outUnlabelled: missing,
    });
    fc.assert(
      fc.property(arbitrary, (counts) => {
        const bounds = manskiBounds(counts);
        const reached = {
          riskDifference: new Set<number>(),
          riskRatio: new Set<number>(),
          representationRatio: new Set<number>(),
        };
        for (let i = 0; i <= counts.inUnlabelled; i += 1) {
          for (let j = 0; j <= counts.outUnlabelled; j += 1) {
            const table = {
              a: counts.inValue + i,
              b: counts.inOther + counts.inUnlabelled - i,
              c: counts.outValue + j,
              d: counts.outOther + counts.outUnlabelled - j,
            };
            reached.riskDifference.add(riskDifference(table)!);
            reached.riskRatio.add(riskRatio(table)!);
            reached.representationRatio.add(representationRatio(table)!);
          }
        }

        for (const effect of ['riskDifference', 'riskRatio', 'representationRatio'] as const) {
          expect(bounds[effect].lower).toBeCloseTo(Math.min(...reached[effect]), 10);
          expect(bounds[effect].upper).toBeCloseTo(Math.max(...reached[effect]), 10);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('are the estimate when no label is missing, and say nothing when all are', () => {
    const full = manskiBounds({
      inValue: 3,
      inOther: 7,
      inUnlabelled: 0,
      outValue: 10,
      outOther: 90,
      outUnlabelled: 0,
    });
    const none = manskiBounds({ inValue: 0, inOther: 0, inUnlabelled: 5, outValue: 0, outOther: 0, outUnlabelled: 9 });

    expect(full.riskRatio).toEqual({ lower: expect.closeTo(3, 12), upper: expect.closeTo(3, 12) });
    expect(none.riskDifference).toEqual({ lower: -1, upper: 1 });
    expect(none.riskRatio).toEqual({ lower: 0, upper: Number.POSITIVE_INFINITY });
  });
});

describe('label coverage', () => {
  test('sees that 80 % of a segment is unlabelled', () => {
    const coverage = compareLabelCoverage({ inLabelled: 100, inAll: 500, outLabelled: 9000, outAll: 10_000 });

    expect(coverage).toMatchObject({ inside: 0.2, outside: 0.9 });
    expect(coverage?.difference.upper).toBeLessThan(-0.6);
    expect(coverage?.lnPValue).toBeLessThan(-300);
  });

  test('finds nothing to test when all are labelled, and is not defined for nobody', () => {
    expect(compareLabelCoverage({ inLabelled: 5, inAll: 5, outLabelled: 9, outAll: 9 })?.pValue).toBeNull();
    expect(compareLabelCoverage({ inLabelled: 0, inAll: 0, outLabelled: 9, outAll: 9 })).toBeNull();
  });
});
