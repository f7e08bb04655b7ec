import { describe, expect, test } from 'vitest';
import { noiseSource } from '../../src/report/noise-source.ts';
import {
  discreteLaplace,
  discreteLaplaceTail,
  type Fraction,
  releaseThreshold,
  type UniformInteger,
} from '../../src/statistics/discrete-laplace.ts';
import { chiSquareSf } from '../../src/statistics/distributions.ts';

const fraction = (numerator: number, denominator: number): Fraction => ({
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
});

/** The definition: (1 - a) / (1 + a) a^|z| with a = exp(-epsilon). */
function probability(z: number, epsilon: number): number {
  const a = Math.exp(-epsilon);
  return ((1 - a) / (1 + a)) * a ** Math.abs(z);
}

class NeedsMore extends Error {
  readonly below: bigint;
  constructor(below: bigint) {
    super('the script has ended');
    this.below = below;
  }
}

/**
 * Works out the probability of every outcome by going through all sequences of draws that are likelier than `least`, and returns it with the
 * probability of what was left out.
 */
function exactDistribution(epsilon: Fraction, least: number): { outcomes: Map<bigint, number>; left: number } {
  const outcomes = new Map<bigint, number>();
  let left = 0;
  const open: { script: bigint[]; mass: number }[] = [{ script: [], mass: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { script, mass } = next;
    let used = 0;
    const scripted: UniformInteger = (below) => {
      const drawn = script[used];
      if (drawn === undefined) throw new NeedsMore(below);
      used += 1;
      return drawn;
    };
    try {
      const outcome = discreteLaplace(epsilon, scripted);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + mass);
    } catch (error) {
      if (!(error instanceof NeedsMore)) throw error;
      const share = mass / Number(error.below);
      if (share < least) left += mass;
      else for (let draw = 0n; draw < error.below; draw += 1n) open.push({ script: [...script, draw], mass: share });
    }
  }
  return { outcomes, left };
}

describe('discrete Laplace noise', () => {
  test.each([
    [1, 1, 0.02],
    [1, 2, 0.07],
  ])('with epsilon %i/%i has the probabilities of its definition, over all sequences of draws', (s, t, most) => {
    const { outcomes, left } = exactDistribution(fraction(s, t), 1e-6);

    expect(left).toBeLessThan(most);
    for (let z = -3; z <= 3; z += 1) {
      const found = outcomes.get(BigInt(z)) ?? 0;
      const expected = probability(z, s / t);
      expect(found).toBeLessThanOrEqual(expected + 1e-12);
      expect(found).toBeGreaterThanOrEqual(expected - left);
    }
  });

  test.each([
    [1, 10],
    [1, 3],
    [1, 1],
    [7, 3],
  ])('with epsilon %i/%i fits its definition over 40,000 draws', (s, t) => {
    const draws = 40_000;
    const uniform = noiseSource(new TextEncoder().encode('a secret for tests'), ['fit', String(s), String(t)]);
    const counts = new Map<number, number>();
    for (let i = 0; i < draws; i += 1) {
      const z = Number(discreteLaplace(fraction(s, t), uniform));
      counts.set(z, (counts.get(z) ?? 0) + 1);
    }

    const epsilon = s / t;
    const edge = Math.floor(Math.log(draws / 40) / epsilon);
    const cells: [number, number][] = [];
    for (let z = -edge; z <= edge; z += 1) cells.push([counts.get(z) ?? 0, draws * probability(z, epsilon)]);
    const beyond = (sign: 1 | -1): number =>
      [...counts].filter(([z]) => sign * z > edge).reduce((sum, [, count]) => sum + count, 0);
    for (const sign of [1, -1] as const) cells.push([beyond(sign), draws * discreteLaplaceTail(epsilon, edge + 1)]);
    const statistic = cells.reduce((sum, [found, expected]) => sum + (found - expected) ** 2 / expected, 0);

    expect(cells.reduce((sum, [, expected]) => sum + expected, 0)).toBeCloseTo(draws, 3);
    expect(chiSquareSf(statistic, cells.length - 1)).toBeGreaterThan(0.001);
  });

  test('moves by at most the factor exp(epsilon) from one count to the next', () => {
    const { outcomes, left } = exactDistribution(fraction(1, 2), 1e-6);
    const of = (z: number): number => outcomes.get(BigInt(z)) ?? 0;

    for (let z = -2; z <= 2; z += 1) expect(of(z) / of(z + 1)).toBeLessThanOrEqual(Math.exp(0.5) * (1 + 10 * left));
  });
});

describe('the threshold of values that one person alone may have', () => {
  test.each([
    [0.1, 1e-6, 1],
    [0.25, 1e-6, 6],
    [1, 1e-3, 3],
  ])('with epsilon %d, delta %d and %i traits is the smallest that keeps delta', (epsilon, delta, keys) => {
    const threshold = releaseThreshold(epsilon, delta, keys);
    // One person's noisy count is 1 + Z.
    const shows = (limit: number): number => keys * tail(epsilon, limit - 1);

    expect(shows(threshold)).toBeLessThanOrEqual(delta);
    expect(shows(threshold - 1)).toBeGreaterThan(delta);
  });

  function tail(epsilon: number, from: number): number {
    let sum = 0;
    for (let z = from; z < from + 2000; z += 1) sum += probability(z, epsilon);
    return sum;
  }
});

describe('the source of noise', () => {
  const secret = new TextEncoder().encode('another secret for tests');
  const drawn = (key: Uint8Array, ...purpose: string[]): readonly bigint[] => {
    const uniform = noiseSource(key, purpose);
    return Array.from({ length: 20 }, () => uniform(1_000_000_007n));
  };

  test('gives the same numbers for the same secret and purpose, and others for others', () => {
    expect(drawn(secret, 'a', 'b')).toEqual(drawn(secret, 'a', 'b'));
    expect(drawn(secret, 'a', 'b')).not.toEqual(drawn(secret, 'ab'));
    expect(drawn(secret, 'a', 'b')).not.toEqual(drawn(new TextEncoder().encode('a third secret'), 'a', 'b'));
  });

  test.each([2, 3, 6, 100])('gives each of %i numbers equally often', (below) => {
    const uniform = noiseSource(secret, ['uniform', String(below)]);
    const counts = new Array<number>(below).fill(0);
    const draws = 500 * below;
    for (let i = 0; i < draws; i += 1) counts[Number(uniform(BigInt(below)))]! += 1;
    const statistic = counts.reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0);

    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(draws);
    expect(chiSquareSf(statistic, below - 1)).toBeGreaterThan(0.001);
  });

  test('gives 0 where there is no other number', () => {
    expect(noiseSource(secret, [])(1n)).toBe(0n);
  });
});
