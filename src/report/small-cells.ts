import type { TwoByTwo } from '../statistics/two-by-two.ts';

/** A table of one segment and trait value, as far as hiding small cells needs it. */
export interface CellTable {
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
  readonly table: TwoByTwo;
}

/** Is this a count of people that is too small to show? Zero may be shown: it is about nobody. */
export function isSmallCell(count: number, minCell: number): boolean {
  return count > 0 && count < minCell;
}

/**
 * Decides which tables are hidden, so that no count from 1 to `minCell - 1` can be read or worked out.
 *
 * A table is hidden when any of its four cells is small. A row of the segments x values matrix has a known total (the segment's labelled
 * members), and so may a column (when segments partition the users), so a lone hidden cell could be had by subtraction: wherever fewer than
 * two cells of a line are hidden, or those hidden add up to less than twice the limit, the smallest cell that is still shown is hidden
 * too, until nothing changes.
 *
 * @returns keys (see `cellKey`) of the hidden tables
 */
export function hiddenCells(tables: readonly CellTable[], minCell: number): ReadonlySet<string> {
  const hidden = new Set<string>();
  if (minCell <= 1) return hidden;
  for (const cell of tables) {
    const { a, b, c, d } = cell.table;
    if ([a, b, c, d].some((count) => isSmallCell(count, minCell))) hidden.add(keyOf(cell));
  }
  const lines = [...linesBy(tables, (cell) => cell.segment), ...linesBy(tables, (cell) => cell.value)];
  for (let isStable = false; !isStable; ) {
    isStable = true;
    for (const line of lines) {
      const next = complement(line, hidden, minCell);
      if (next === undefined) continue;
      hidden.add(keyOf(next));
      isStable = false;
    }
  }
  return hidden;
}

/** Key of a table in the set of hidden ones. */
export function cellKey(segment: string, trait: string, value: string): string {
  return JSON.stringify([segment, trait, value]);
}

function keyOf(cell: CellTable): string {
  return cellKey(cell.segment, cell.trait, cell.value);
}

function linesBy(tables: readonly CellTable[], by: (cell: CellTable) => string): readonly (readonly CellTable[])[] {
  const lines = new Map<string, CellTable[]>();
  for (const cell of tables) {
    const key = JSON.stringify([cell.trait, by(cell)]);
    const line = lines.get(key);
    if (line === undefined) lines.set(key, [cell]);
    else line.push(cell);
  }
  return [...lines.values()].map((line) => line.sort((x, y) => x.table.a - y.table.a));
}

/** The cell of a line that has to be hidden besides those that are, if any. */
function complement(line: readonly CellTable[], hidden: ReadonlySet<string>, minCell: number): CellTable | undefined {
  const hiddenHere = line.filter((cell) => hidden.has(keyOf(cell)));
  if (hiddenHere.length === 0) return undefined;
  const sum = hiddenHere.reduce((total, cell) => total + cell.table.a, 0);
  if (hiddenHere.length >= 2 && sum >= 2 * minCell) return undefined;
  return (
    line.find((cell) => !hidden.has(keyOf(cell)) && cell.table.a > 0) ?? line.find((cell) => !hidden.has(keyOf(cell)))
  );
}

/**
 * Decides which sizes are hidden: the small ones and, when only one would be, the next larger as well.
 *
 * @param sizes - members by segment
 */
export function hiddenSizes(sizes: ReadonlyMap<string, number>, minCell: number): ReadonlySet<string> {
  const ascending = [...sizes].filter(([, members]) => members > 0).sort((x, y) => x[1] - y[1]);
  const hidden = ascending.filter(([, members]) => isSmallCell(members, minCell)).map(([segment]) => segment);
  const next = ascending[1];
  if (hidden.length === 1 && next !== undefined) hidden.push(next[0]);
  return new Set(hidden);
}

/** Writes a count of people, without telling a small one. */
export function peopleCount(count: number, minCell: number): string {
  return isSmallCell(count, minCell) ? `fewer than ${minCell}` : String(count);
}
