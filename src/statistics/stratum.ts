import type { Margins, TwoByTwo } from './two-by-two.ts';

/** The 2x2 table of one stratum (one country, one age band) with its margins. */
export type Stratum = TwoByTwo & Margins;

/** Adds the margins to each stratum, and leaves out the strata that hold nobody. */
export function strataOf(tables: readonly TwoByTwo[]): Stratum[] {
  const strata: Stratum[] = [];
  for (const { a, b, c, d } of tables) {
    const total = a + b + c + d;
    // Written out: this runs for every stratum of every (segment, value), and spreading objects is ten times slower.
    if (total > 0) {
      strata.push({ a, b, c, d, inside: a + b, outside: c + d, withValue: a + c, withoutValue: b + d, total });
    }
  }
  return strata;
}

/** Says whether a stratum can show association: both sides of the segment and both sides of the trait hold someone. */
export function isInformative({ inside, outside, withValue, withoutValue }: Stratum): boolean {
  return Math.min(inside, outside, withValue, withoutValue) > 0;
}

/** Adds the strata up to the marginal table. */
export function marginalTable(tables: readonly TwoByTwo[]): TwoByTwo {
  return tables.reduce(
    (total, table) => ({ a: total.a + table.a, b: total.b + table.b, c: total.c + table.c, d: total.d + table.d }),
    { a: 0, b: 0, c: 0, d: 0 },
  );
}
