/**
 * Discrete Laplace noise for differentially private counts, drawn exactly: every step compares whole numbers, so that no rounding makes one
 * outcome likelier than it should be (REFERENCES.md#canonne-kamath-steinke-2020).
 */

/** Draws a whole number, each from 0 to one below `below` with the same probability. */
export type UniformInteger = (below: bigint) => bigint;

/** A positive fraction. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * Draws a whole number Z with P(Z = z) = (1 - a) / (1 + a) a^|z|, where a = exp(-epsilon): algorithm 2 of the paper. Adding it to a count that
 * one person changes by at most 1 is epsilon-differentially private.
 */
export function discreteLaplace({ numerator: s, denominator: t }: Fraction, uniform: UniformInteger): bigint {
  for (;;) {
    const remainder = uniform(t);
    if (!isSuccessOfExp({ numerator: remainder, denominator: t }, uniform)) continue;
    let whole = 0n;
    while (isSuccessOfExp({ numerator: 1n, denominator: 1n }, uniform)) whole += 1n;
    const magnitude = (remainder + t * whole) / s;
    const isNegative = uniform(2n) === 1n;
    // Zero has no sign: it would come up twice as often as it should.
    if (isNegative && magnitude === 0n) continue;
    return isNegative ? -magnitude : magnitude;
  }
}

/** Succeeds with probability exp(-x) for x in [0, 1]: algorithm 1 of the paper. */
function isSuccessOfExp({ numerator, denominator }: Fraction, uniform: UniformInteger): boolean {
  let draws = 1n;
  while (uniform(denominator * draws) < numerator) draws += 1n;
  return draws % 2n === 1n;
}

/** P(Z >= z) for z of at least 1. */
export function discreteLaplaceTail(epsilon: number, z: number): number {
  return Math.exp(-epsilon * z) / (1 + Math.exp(-epsilon));
}

/**
 * Smallest count that may be published without telling whether there is anybody at all: someone who alone has a value passes it with a probability
 * of at most `delta` over all `keys` values that one person can have.
 *
 * @param epsilon - of each count
 */
export function releaseThreshold(epsilon: number, delta: number, keys: number): number {
  const excess = Math.log(keys / (delta * (1 + Math.exp(-epsilon)))) / epsilon;
  let threshold = Math.max(2, Math.floor(excess));
  while (keys * discreteLaplaceTail(epsilon, threshold - 1) > delta) threshold += 1;
  return threshold;
}
