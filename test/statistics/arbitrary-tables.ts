import fc from 'fast-check';
import type { TwoByTwo } from '../../src/statistics/two-by-two.ts';

const table = (count: fc.Arbitrary<number>): fc.Arbitrary<TwoByTwo> =>
  fc.record({ a: count, b: count, c: count, d: count });

/** Tables with small cells, many of them 0. */
export const smallTables: fc.Arbitrary<TwoByTwo> = table(fc.nat(12));

/** Tables with cells of every size up to 1e9, 0 included. */
export const anyTables: fc.Arbitrary<TwoByTwo> = table(
  fc.oneof(fc.nat(12), fc.nat(1000), fc.nat(1_000_000), fc.nat(1_000_000_000)),
);

/** Tables without an empty cell. */
export const fullTables: fc.Arbitrary<TwoByTwo> = table(fc.integer({ min: 1, max: 5000 }));

/** Multiplies every cell. */
export function scaled({ a, b, c, d }: TwoByTwo, factor: number): TwoByTwo {
  return { a: a * factor, b: b * factor, c: c * factor, d: d * factor };
}
