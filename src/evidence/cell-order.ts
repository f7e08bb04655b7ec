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

/** Tables of one segment, trait and value, one for each stratum; of tables in order. */
export function* strataGroups(tables: readonly TableCount[]): Generator<readonly [TableCount, ...TableCount[]]> {
  let group: [TableCount, ...TableCount[]] | undefined;
  for (const table of tables) {
    const [last] = group ?? [];
    if (
      group !== undefined &&
      last?.value === table.value &&
      last.segment === table.segment &&
      last.trait === table.trait
    )
      group.push(table);
    else {
      if (group !== undefined) yield group;
      group = [table];
    }
  }
  if (group !== undefined) yield group;
}
