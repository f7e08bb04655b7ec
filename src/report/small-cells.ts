import { groupBy } from '../domain/group-by.ts';
import { compareText } from '../domain/order.ts';
import type { TwoByTwo } from '../statistics/two-by-two.ts';
import { recoverableNumbers } from './recoverable-cells.ts';

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
 * A table is hidden when any of its four cells is small, and when its segment's size is hidden. The tables of a trait form a two-way table
 * with known margins: a segment's labelled members are the sum of its row, panel members with a value may be the sum of its column (when
 * segments partition the users), and both totals add up to the panel. More tables are hidden, the smallest first, until
 *
 * - in every row and column at least two are hidden where one is, and those hidden add up to twice the limit;
 * - no hidden cell and no hidden total can be worked out from what is shown (see `recoverableNumbers`).
 *
 * @param hiddenSegments - segments whose size is hidden
 * @returns those of `tables` that are hidden
 */
export function hiddenCells<Cell extends CellTable>(
  tables: readonly Cell[],
  minCell: number,
  hiddenSegments: ReadonlySet<string> = new Set(),
): ReadonlySet<Cell> {
  const hidden = new Set<Cell>();
  if (minCell <= 1) return hidden;
  for (const cell of tables) {
    const { a, b, c, d } = cell.table;
    const isSmall = [a, b, c, d].some((count) => isSmallCell(count, minCell));
    if (isSmall || hiddenSegments.has(cell.segment)) hidden.add(cell);
  }
  for (const trait of byTrait(tables)) hideMore(trait, hidden, minCell);
  return hidden;
}

/** The tables of one trait, by row (segment) and by column (value), each with its smallest cell first. */
interface TraitTables<Cell> {
  readonly rows: ReadonlyMap<string, readonly Cell[]>;
  readonly columns: ReadonlyMap<string, readonly Cell[]>;
}

function byTrait<Cell extends CellTable>(tables: readonly Cell[]): readonly TraitTables<Cell>[] {
  return [...groupBy(tables, ({ trait }) => trait).values()].map((cells) => ({
    rows: linesBy(cells, (cell) => cell.segment),
    columns: linesBy(cells, (cell) => cell.value),
  }));
}

function linesBy<Cell extends CellTable>(
  cells: readonly Cell[],
  by: (cell: Cell) => string,
): ReadonlyMap<string, readonly Cell[]> {
  const lines = groupBy(cells, by);
  for (const line of lines.values())
    line.sort((x, y) => x.table.a - y.table.a || compareText(x.segment, y.segment) || compareText(x.value, y.value));
  return lines;
}

function hideMore<Cell extends CellTable>(
  { rows, columns }: TraitTables<Cell>,
  hidden: Set<Cell>,
  minCell: number,
): void {
  const lines = [...rows.values(), ...columns.values()];
  for (let isStable = false; !isStable; ) {
    const before = hidden.size;
    for (const line of lines) {
      const next = complement(line, hidden, minCell);
      if (next !== undefined) hidden.add(next);
    }
    if (hidden.size === before) hideRecoverable({ rows, columns }, hidden);
    isStable = hidden.size === before;
  }
}

/** Where the totals stand among the rows and columns; no segment and no value has this name, since names are prefixed. */
const TOTAL = 'total';

interface Place<Cell> {
  readonly row: string;
  readonly column: string;
  /** Tables among which one more has to be hidden, so that this place lies on a cycle. */
  readonly neighbours: readonly (readonly Cell[])[];
}

/** Hides a neighbour of everything that could be worked out. */
function hideRecoverable<Cell extends CellTable>(tables: TraitTables<Cell>, hidden: Set<Cell>): void {
  const places = hiddenPlaces(tables, hidden);
  for (const { neighbours } of recoverableNumbers(places)) {
    for (const line of neighbours) {
      const next = nextShown(line, hidden);
      if (next !== undefined) hidden.add(next);
    }
  }
}

/** Hidden cells, and the totals of rows and columns that are hidden whole. */
function hiddenPlaces<Cell extends CellTable>(
  { rows, columns }: TraitTables<Cell>,
  hidden: ReadonlySet<Cell>,
): readonly Place<Cell>[] {
  const isHidden = (cell: Cell): boolean => hidden.has(cell);
  const leastRow = smallestShownLine(rows, hidden);
  const leastColumn = smallestShownLine(columns, hidden);
  const places: Place<Cell>[] = [];
  for (const [segment, line] of rows) {
    for (const cell of line.filter(isHidden)) {
      places.push({
        row: `of ${segment}`,
        column: `of ${cell.value}`,
        neighbours: [line, columns.get(cell.value) ?? []],
      });
    }
    if (line.every(isHidden)) places.push({ row: `of ${segment}`, column: TOTAL, neighbours: [leastRow] });
  }
  for (const [value, line] of columns) {
    if (line.every(isHidden)) places.push({ row: TOTAL, column: `of ${value}`, neighbours: [leastColumn] });
  }
  return places;
}

/** The line with the fewest people that is not hidden whole; hiding it step by step hides its total in the end. */
function smallestShownLine<Cell extends CellTable>(
  lines: ReadonlyMap<string, readonly Cell[]>,
  hidden: ReadonlySet<Cell>,
): readonly Cell[] {
  const people = (line: readonly Cell[]): number => line.reduce((sum, cell) => sum + cell.table.a, 0);
  return [...lines.values()]
    .filter((line) => nextShown(line, hidden) !== undefined)
    .reduce<readonly Cell[]>((least, line) => (least.length === 0 || people(line) < people(least) ? line : least), []);
}

/** The cell of a line that has to be hidden besides those that are, if any. */
function complement<Cell extends CellTable>(
  line: readonly Cell[],
  hidden: ReadonlySet<Cell>,
  minCell: number,
): Cell | undefined {
  const hiddenHere = line.filter((cell) => hidden.has(cell));
  if (hiddenHere.length === 0) return undefined;
  const sum = hiddenHere.reduce((total, cell) => total + cell.table.a, 0);
  if (hiddenHere.length >= 2 && sum >= 2 * minCell) return undefined;
  return nextShown(line, hidden);
}

/** The smallest cell of a line that is still shown; a count of nobody last, since it protects little. */
function nextShown<Cell extends CellTable>(line: readonly Cell[], hidden: ReadonlySet<Cell>): Cell | undefined {
  const shown = line.filter((cell) => !hidden.has(cell));
  return shown.find((cell) => cell.table.a > 0) ?? shown[0];
}

/**
 * Decides which sizes are hidden: the small ones and, as long as they are fewer than two or add up to less than the limit, the next larger
 * as well.
 *
 * @param sizes - members by segment
 */
export function hiddenSizes(sizes: ReadonlyMap<string, number>, minCell: number): ReadonlySet<string> {
  const ascending = [...sizes]
    .filter(([, members]) => members > 0)
    .sort((x, y) => x[1] - y[1] || compareText(x[0], y[0]));
  const small = ascending.filter(([, members]) => isSmallCell(members, minCell)).length;
  if (small === 0) return new Set();
  let count = small;
  let sum = ascending.slice(0, count).reduce((total, [, members]) => total + members, 0);
  while (count < ascending.length && (count < 2 || sum < minCell)) {
    sum += ascending[count]?.[1] ?? 0;
    count += 1;
  }
  return new Set(ascending.slice(0, count).map(([segment]) => segment));
}

/** Writes a count of people, without telling a small one. */
export function peopleCount(count: number, minCell: number): string {
  return isSmallCell(count, minCell) ? `fewer than ${minCell}` : String(count);
}
