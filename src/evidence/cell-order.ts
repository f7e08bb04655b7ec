import { sortByTexts } from '../domain/order.ts';
import type { TableCount } from '../engine/count-source.ts';

/** Puts tables in code-unit order of trait, segment, value and stratum. */
export function inCellOrder(tables: readonly TableCount[]): readonly TableCount[] {
  return sortByTexts(tables, [
    ({ trait }) => trait,
    ({ segment }) => segment,
    ({ value }) => value,
    ({ stratum }) => stratum,
  ]);
}

/** Where the tables of one segment, trait and value end, one for each stratum, that begin at a place; of tables in order. */
export function endOfStrata(tables: readonly TableCount[], start: number): number {
  const first = tables[start];
  let end = start + 1;
  for (; end < tables.length; end += 1) {
    const next = tables[end];
    if (next?.value !== first?.value || next?.segment !== first?.segment || next?.trait !== first?.trait) break;
  }
  return end;
}
