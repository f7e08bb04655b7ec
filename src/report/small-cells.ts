import { groupBy } from '../domain/group-by.ts';
import { compareText, sortByTexts } from '../domain/order.ts';
import type { TwoByTwo } from '../statistics/two-by-two.ts';
import { type HiddenNumber, recoverableNumbers } from './recoverable-cells.ts';

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
  if (minCell <= 1) return new Set();
  const hidden = new Set<Cell>();
  for (const cells of groupBy(inOrder(tables), ({ trait }) => trait).values()) {
    const trait = new TraitTables(cells);
    cells.forEach((cell, place) => {
      if (hasSmallCell(cell.table, minCell) || hiddenSegments.has(cell.segment)) trait.hide(place);
    });
    hideMore(trait, minCell);
    cells.forEach((cell, place) => {
      if (trait.isHidden(place)) hidden.add(cell);
    });
  }
  return hidden;
}

function hasSmallCell({ a, b, c, d }: TwoByTwo, minCell: number): boolean {
  return isSmallCell(a, minCell) || isSmallCell(b, minCell) || isSmallCell(c, minCell) || isSmallCell(d, minCell);
}

function inOrder<Cell extends CellTable>(tables: readonly Cell[]): readonly Cell[] {
  return sortByTexts(tables, [({ trait }) => trait, ({ segment }) => segment, ({ value }) => value]);
}

/** The tables of one trait in a row (segment) or column (value), each by its place among the tables of the trait. */
class Line {
  /** Number of the line among the rows, or among the columns. */
  readonly number: number;
  /** Members with the value, in all tables of the line. */
  people = 0;
  /** How many of its tables are hidden, and the members with the value in those. */
  hidden = 0;
  hiddenPeople = 0;
  readonly places: number[] = [];
  /** Where the tables with nobody end. */
  #firstPeopled = 0;
  /** Before these, all tables with somebody and all with nobody are hidden; nothing that is hidden is ever shown again. */
  #nextPeopled = 0;
  #nextEmpty = 0;

  constructor(number: number) {
    this.number = number;
  }

  get isHidden(): boolean {
    return this.hidden === this.places.length;
  }

  add(place: number, people: number): void {
    this.places.push(place);
    this.people += people;
  }

  /** Puts the smallest first, when all are there; those of the same size stay in their order. */
  sort(people: Float64Array): void {
    const of = (place: number): number => people[place] ?? 0;
    this.places.sort((x, y) => of(x) - of(y) || x - y);
    const first = this.places.findIndex((place) => of(place) > 0);
    this.#firstPeopled = first < 0 ? this.places.length : first;
    this.#nextPeopled = this.#firstPeopled;
  }

  /** The smallest table that is still shown; one of nobody last, since it protects little. */
  nextShown(isHidden: (place: number) => boolean): number | undefined {
    const places = this.places;
    for (; this.#nextPeopled < places.length; this.#nextPeopled += 1) {
      const place = places[this.#nextPeopled] ?? 0;
      if (!isHidden(place)) return place;
    }
    for (; this.#nextEmpty < this.#firstPeopled; this.#nextEmpty += 1) {
      const place = places[this.#nextEmpty] ?? 0;
      if (!isHidden(place)) return place;
    }
    return undefined;
  }
}

/** The tables of one trait, and which of them are hidden. What is asked again and again is kept, for traits with a million tables. */
class TraitTables {
  readonly rows: readonly Line[];
  readonly columns: readonly Line[];
  readonly #rowOf: Uint32Array;
  readonly #columnOf: Uint32Array;
  readonly #people: Float64Array;
  readonly #isHidden: Uint8Array;

  /** @param cells - in code-unit order of segment and value */
  constructor(cells: readonly CellTable[]) {
    this.#people = new Float64Array(cells.length);
    cells.forEach(({ table }, place) => {
      this.#people[place] = table.a;
    });
    this.#isHidden = new Uint8Array(cells.length);
    const rows = this.#lines(cells, ({ segment }) => segment);
    const columns = this.#lines(cells, ({ value }) => value);
    [this.rows, this.#rowOf] = [rows.lines, rows.lineOf];
    [this.columns, this.#columnOf] = [columns.lines, columns.lineOf];
  }

  #lines(
    cells: readonly CellTable[],
    keyOf: (cell: CellTable) => string,
  ): { readonly lines: readonly Line[]; readonly lineOf: Uint32Array } {
    const lines = new Map<string, Line>();
    const lineOf = new Uint32Array(cells.length);
    cells.forEach((cell, place) => {
      const key = keyOf(cell);
      const line = lines.get(key) ?? new Line(lines.size);
      if (line.number === lines.size) lines.set(key, line);
      line.add(place, this.#people[place] ?? 0);
      lineOf[place] = line.number;
    });
    for (const line of lines.values()) line.sort(this.#people);
    return { lines: [...lines.values()], lineOf };
  }

  /** How many are hidden. */
  hiddenCount(): number {
    return this.columns.reduce((sum, { hidden }) => sum + hidden, 0);
  }

  isHidden(place: number): boolean {
    return this.#isHidden[place] === 1;
  }

  hide(place: number): void {
    if (this.isHidden(place)) return;
    this.#isHidden[place] = 1;
    for (const line of [this.rowOf(place), this.columnOf(place)]) {
      line.hidden += 1;
      line.hiddenPeople += this.#people[place] ?? 0;
    }
  }

  /** Hides the smallest table of a line that is still shown. */
  hideNext(line: Line): void {
    const next = line.nextShown((place) => this.isHidden(place));
    if (next !== undefined) this.hide(next);
  }

  rowOf(place: number): Line {
    return lineAt(this.rows, this.#rowOf[place]);
  }

  columnOf(place: number): Line {
    return lineAt(this.columns, this.#columnOf[place]);
  }
}

function lineAt(lines: readonly Line[], number: number | undefined): Line {
  const line = lines[number ?? -1];
  if (line === undefined) throw new RangeError(`there is no line ${number}`);
  return line;
}

function hideMore(trait: TraitTables, minCell: number): void {
  const lines = [...trait.rows, ...trait.columns];
  for (let isStable = false; !isStable; ) {
    const before = trait.hiddenCount();
    for (const line of lines) if (isTelling(line, minCell)) trait.hideNext(line);
    if (trait.hiddenCount() === before) hideRecoverable(trait);
    isStable = trait.hiddenCount() === before;
  }
}

/** Do the hidden tables of a line need another beside them? */
function isTelling({ hidden, hiddenPeople }: Line, minCell: number): boolean {
  return hidden > 0 && (hidden < 2 || hiddenPeople < 2 * minCell);
}

/** A hidden number, and lines in each of which one more table has to be hidden, so that it lies on a cycle. */
interface HiddenPlace extends HiddenNumber {
  readonly neighbours: readonly Line[];
}

/** Hides a neighbour of everything that could be worked out. */
function hideRecoverable(trait: TraitTables): void {
  const { rows, columns } = trait;
  for (const { neighbours } of recoverableNumbers(hiddenPlaces(trait), rows.length + 1, columns.length + 1))
    for (const line of neighbours) trait.hideNext(line);
}

/** Hidden cells, and the totals of rows and columns that are hidden whole. Totals stand after the last row and the last column. */
function hiddenPlaces(trait: TraitTables): readonly HiddenPlace[] {
  const { rows, columns } = trait;
  const leastRow = smallestShownLine(rows);
  const leastColumn = smallestShownLine(columns);
  const places: HiddenPlace[] = [];
  for (const row of rows) {
    if (row.hidden === 0) continue;
    for (const place of row.places) {
      if (!trait.isHidden(place)) continue;
      const column = trait.columnOf(place);
      places.push({ row: row.number, column: column.number, neighbours: [row, column] });
    }
    if (row.isHidden) places.push({ row: row.number, column: columns.length, neighbours: leastRow });
  }
  for (const { number, isHidden } of columns)
    if (isHidden) places.push({ row: rows.length, column: number, neighbours: leastColumn });
  return places;
}

/** The line with the fewest people that is not hidden whole; hiding it step by step hides its total in the end. */
function smallestShownLine(lines: readonly Line[]): readonly Line[] {
  const shown = lines.filter(({ isHidden }) => !isHidden);
  const [first, ...others] = shown;
  return first === undefined
    ? []
    : [others.reduce((least, line) => (line.people < least.people ? line : least), first)];
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
