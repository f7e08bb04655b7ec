import { type Margins, margins, type TwoByTwo } from './two-by-two.ts';

/** The 2x2 table of one stratum (one country, one age band) with its margins. */
export type Stratum = TwoByTwo & Margins;

/** Adds the margins to each stratum, and leaves out the strata that hold nobody. */
export function strataOf(tables: readonly TwoByTwo[]): Stratum[] {
  return tables.map((table) => ({ ...table, ...margins(table) })).filter((stratum) => stratum.total > 0);
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
