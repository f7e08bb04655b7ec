import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundsPolicy } from '../../src/rules/policies/bounds.ts';
import { enhancedBetaPolicy } from '../../src/rules/policies/enhanced-beta.ts';
import { POLICIES } from '../../src/rules/policies/index.ts';
import type { JudgedEffects } from '../../src/rules/policies/policy.ts';
import { ratioFromShare, shareFromRatio } from '../../src/rules/policies/share-from-ratio.ts';
import { tClosenessPolicy } from '../../src/rules/policies/t-closeness.ts';

const WIDE = { estimate: 0, lower: -1, upper: 1 };

/** Effects whose ratio has these limits; nothing else departs. */
function ratioBetween(lower: number, upper: number, rest: Partial<JudgedEffects> = {}): JudgedEffects {
  return {
    representationRatio: { estimate: Math.sqrt(lower * upper), lower, upper },
    riskDifference: WIDE,
    shareInside: { estimate: 0.1, lower: 0, upper: 1 },
    prevalence: 0.1,
    isDiscovery: true,
    ...rest,
  };
}

const limits = fc
  .tuple(fc.double({ min: 0.01, max: 100, noNaN: true }), fc.double({ min: 1, max: 20, noNaN: true }))
  .map(([lower, factor]) => ({ estimate: lower * Math.sqrt(factor), lower, upper: lower * factor }));
const differences = fc
  .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([lower, width]) => ({ estimate: lower, lower, upper: Math.min(1, lower + width) }));
const shares = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([lower, width]) => ({ estimate: lower, lower, upper: Math.min(1, lower + width) }));
const prevalences = fc.double({ min: 0.0005, max: 0.98, noNaN: true });
const anyEffects = fc.record({
  representationRatio: limits,
  riskDifference: differences,
  shareInside: shares,
  prevalence: prevalences,
  isDiscovery: fc.boolean(),
});

describe.each(Object.entries(POLICIES))('%s', (name, policy) => {
  const when = name === 'bounds' ? { ratio: 1.25, gap: 0.05, posterior: 0.5 } : {};

  test('gives one of three verdicts, with a direction for a proxy only', () => {
    fc.assert(
      fc.property(anyEffects, (effects) => {
        const { verdict, direction } = policy.judge(effects, when);

        expect(['proxy', 'cleared', 'inconclusive']).toContain(verdict);
        expect(direction !== undefined).toBe(verdict === 'proxy');
      }),
    );
  });

  test('never calls a proxy what may be chance, and never clears it for that', () => {
    fc.assert(
      fc.property(anyEffects, (effects) => {
        const found = policy.judge({ ...effects, isDiscovery: true }, when).verdict;
        const chance = policy.judge({ ...effects, isDiscovery: false }, when).verdict;

        expect(chance).toBe(found === 'proxy' ? 'inconclusive' : found);
      }),
    );
  });

  test('finds nothing in limits that are not defined', () => {
    const undefinedEffect = { estimate: null, lower: null, upper: null };
    const effects = { representationRatio: undefinedEffect, riskDifference: undefinedEffect };

    expect(policy.judge({ ...ratioBetween(1, 1), ...effects }, when)).toEqual({ verdict: 'inconclusive' });
  });

  test('calls a ratio above the largest that it allows a proxy, and clears one below it', () => {
    fc.assert(
      fc.property(prevalences, (prevalence) => {
        const ratioOnly = name === 'bounds' ? { ratio: 1.25 } : {};
        const allowed = policy.largestRatio(prevalence, ratioOnly);
        if (!Number.isFinite(allowed)) return;
        const around = (factor: number) => {
          const ratio = allowed * factor;
          return policy.judge(ratioBetween(ratio, ratio * 1.0001, { prevalence }), ratioOnly).verdict;
        };

        expect(around(1.001)).toBe('proxy');
        expect(around(0.999)).toBe('cleared');
      }),
    );
  });

  test('explains itself', () => {
    expect(policy.explain(when)).toMatch(/proxy.*cleared/is);
  });
});

describe('bounds', () => {
  test.each([
    ['proxy', 1.2501, 3],
    ['inconclusive', 1.25, 3],
    ['inconclusive', 0.9, 1.25],
    ['cleared', 0.9, 1.2499],
    ['inconclusive', 0.8, 1.2],
    ['cleared', 0.8001, 1.2],
    ['inconclusive', 0.5, 0.8],
    ['proxy', 0.5, 0.7999],
  ])('%s: a ratio from %d to %d', (verdict, lower, upper) => {
    expect(boundsPolicy.judge(ratioBetween(lower, upper), { ratio: 1.25 }).verdict).toBe(verdict);
  });

  test('names the side', () => {
    expect(boundsPolicy.judge(ratioBetween(2, 3), {}).direction).toBe('over');
    expect(boundsPolicy.judge(ratioBetween(0.2, 0.3), {}).direction).toBe('under');
  });

  test('a gap proven beyond its bound is enough, whatever the ratio', () => {
    const apart = ratioBetween(1.05, 1.2, { riskDifference: { estimate: 0.08, lower: 0.06, upper: 0.1 } });

    expect(boundsPolicy.judge(apart, { ratio: 1.25 }).verdict).toBe('cleared');
    expect(boundsPolicy.judge(apart, { ratio: 1.25, gap: 0.05 })).toEqual({ verdict: 'proxy', direction: 'over' });
  });

  test('a segment is not cleared while its gap may exceed the bound', () => {
    const unsure = ratioBetween(0.95, 1.1, { riskDifference: { estimate: 0.03, lower: 0.01, upper: 0.06 } });

    expect(boundsPolicy.judge(unsure, { ratio: 1.25, gap: 0.05 }).verdict).toBe('inconclusive');
  });

  test('a telling share of the members is a proxy for a minority value only', () => {
    const telling = ratioBetween(1.1, 1.2, {
      shareInside: { estimate: 0.6, lower: 0.55, upper: 0.65 },
      prevalence: 0.4,
    });

    expect(boundsPolicy.judge(telling, { posterior: 0.5 }).verdict).toBe('proxy');
    expect(boundsPolicy.judge({ ...telling, prevalence: 0.52 }, { posterior: 0.5 }).verdict).toBe('cleared');
  });
});

describe('enhanced beta-likeness', () => {
  test('allows min(beta, -ln p): the gain of a common value is capped by its share', () => {
    // p = 0.9: -ln p = 0.105, so the share of members may reach 0.9 x 1.105 = 0.9948.
    const allowed = enhancedBetaPolicy.largestRatio(0.9, { beta: 1 });

    expect(shareFromRatio(allowed, 0.9)).toBeCloseTo(0.9 * (1 - Math.log(0.9)), 12);
    expect(shareFromRatio(enhancedBetaPolicy.largestRatio(0.02, { beta: 1 }), 0.02)).toBeCloseTo(0.04, 12);
  });

  test('does not look at values that are rarer in the segment', () => {
    expect(enhancedBetaPolicy.judge(ratioBetween(0.1, 0.2), {}).verdict).toBe('cleared');
  });
});

describe('t-closeness', () => {
  test('is blind to a value of 2 % that is six times as common in the segment', () => {
    const effects = ratioBetween(6, 6.5, { prevalence: 0.02 });

    expect(shareFromRatio(tClosenessPolicy.largestRatio(0.02, {}), 0.02) / 0.02).toBeCloseTo(6, 12);
    expect(tClosenessPolicy.judge(effects, {}).verdict).toBe('cleared');
    expect(boundsPolicy.judge(effects, {}).verdict).toBe('proxy');
  });

  test('flags a value of half of the panel at 1.5 times the odds', () => {
    expect(tClosenessPolicy.judge(ratioBetween(1.51, 2, { prevalence: 0.5 }), {}).verdict).toBe('proxy');
    expect(ratioFromShare(0.6, 0.5)).toBeCloseTo(1.5, 12);
  });
});

test('a share from a ratio and a ratio from a share undo each other', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 1000, noNaN: true }), prevalences, (ratio, prevalence) => {
      expect(ratioFromShare(shareFromRatio(ratio, prevalence), prevalence) / ratio).toBeCloseTo(1, 6);
    }),
  );
  expect(shareFromRatio(Number.POSITIVE_INFINITY, 0.3)).toBe(1);
  expect(ratioFromShare(1, 0.3)).toBe(Number.POSITIVE_INFINITY);
});
