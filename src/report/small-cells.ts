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

/**
 * The rows (segments) or the columns (values) of a trait's tables, each a list of places of tables. In plain numbers, by the number of the
 * line: a trait may have a million tables in 100,000 rows.
 */
class Lines {
  readonly count: number;
  /** Number of the line of each table. */
  readonly #lineOf: Uint32Array;
  /** Tables of each line, one line after the other, the smallest first; those of the same size stay in their order. */
  readonly #places: Uint32Array;
  readonly #starts: Uint32Array;
  /** Members with the value in all tables of the line, how many of its tables are hidden, and the members with the value in those. */
  readonly #people: Float64Array;
  readonly #hidden: Uint32Array;
  readonly #hiddenPeople: Float64Array;
  /** Before these, all tables with somebody and all with nobody are hidden; nothing that is hidden is ever shown again. */
  readonly #nextPeopled: Uint32Array;
  readonly #nextEmpty: Uint32Array;
  readonly #peopledFrom: Uint32Array;

  constructor(keys: readonly string[], people: Float64Array) {
    const numbers = new Map<string, number>();
    this.#lineOf = new Uint32Array(keys.length);
    let number = 0;
    keys.forEach((key, place) => {
      // The tables of a segment stand together.
      if (place === 0 || key !== keys[place - 1]) number = numbers.get(key) ?? numbers.size;
      if (number === numbers.size) numbers.set(key, number);
      this.#lineOf[place] = number;
    });
    this.count = numbers.size;
    this.#people = new Float64Array(this.count);
    this.#hidden = new Uint32Array(this.count);
    this.#hiddenPeople = new Float64Array(this.count);
    this.#starts = new Uint32Array(this.count + 1);
    this.#lineOf.forEach((line, place) => {
      add(this.#starts, line + 1, 1);
      add(this.#people, line, people[place] ?? 0);
    });
    for (let line = 0; line < this.count; line += 1) add(this.#starts, line + 1, this.#starts[line] ?? 0);
    this.#places = this.#sorted(people);
    this.#nextEmpty = this.#starts.slice();
    this.#peopledFrom = Uint32Array.from({ length: this.count }, (_, line) => {
      const first = this.places(line).findIndex((place) => (people[place] ?? 0) > 0);
      return first < 0 ? this.#end(line) : (this.#starts[line] ?? 0) + first;
    });
    this.#nextPeopled = this.#peopledFrom.slice();
  }

  #sorted(people: Float64Array): Uint32Array {
    const places = new Uint32Array(this.#lineOf.length);
    const next = this.#starts.slice();
    this.#lineOf.forEach((line, place) => {
      places[next[line] ?? 0] = place;
      add(next, line, 1);
    });
    const of = (place: number): number => people[place] ?? 0;
    for (let line = 0; line < this.count; line += 1)
      places.subarray(this.#starts[line], this.#end(line)).sort((x, y) => of(x) - of(y) || x - y);
    return places;
  }

  #end(line: number): number {
    return this.#starts[line + 1] ?? 0;
  }

  /** The line in which a table stands. */
  lineOf(place: number): number {
    return this.#lineOf[place] ?? 0;
  }

  places(line: number): Uint32Array {
    return this.#places.subarray(this.#starts[line], this.#end(line));
  }

  hide(place: number, people: number): void {
    add(this.#hidden, this.lineOf(place), 1);
    add(this.#hiddenPeople, this.lineOf(place), people);
  }

  hasHidden(line: number): boolean {
    return (this.#hidden[line] ?? 0) > 0;
  }

  /** Are all tables of the line hidden? */
  isHidden(line: number): boolean {
    return this.#hidden[line] === this.#end(line) - (this.#starts[line] ?? 0);
  }

  /** Do the hidden tables of a line need another beside them? */
  isTelling(line: number, minCell: number): boolean {
    const hidden = this.#hidden[line] ?? 0;
    return hidden > 0 && (hidden < 2 || (this.#hiddenPeople[line] ?? 0) < 2 * minCell);
  }

  /** The smallest table of a line that is still shown; one of nobody last, since it protects little. */
  nextShown(line: number, isHidden: (place: number) => boolean): number | undefined {
    return (
      this.#advance(this.#nextPeopled, line, this.#end(line), isHidden) ??
      this.#advance(this.#nextEmpty, line, this.#peopledFrom[line] ?? 0, isHidden)
    );
  }

  #advance(next: Uint32Array, line: number, end: number, isHidden: (place: number) => boolean): number | undefined {
    for (let at = next[line] ?? 0; at < end; at += 1) {
      next[line] = at;
      const place = this.#places[at] ?? 0;
      if (!isHidden(place)) return place;
    }
    next[line] = end;
    return undefined;
  }

  /** The line with the fewest people that is not hidden whole, if any; hiding it step by step hides its total in the end. */
  smallestShown(): number | undefined {
    let least: number | undefined;
    for (let line = 0; line < this.count; line += 1) {
      if (this.isHidden(line)) continue;
      if (least === undefined || (this.#people[line] ?? 0) < (this.#people[least] ?? 0)) least = line;
    }
    return least;
  }
}

function add(numbers: Uint32Array | Float64Array, at: number, amount: number): void {
  numbers[at] = (numbers[at] ?? 0) + amount;
}

/** The tables of one trait, and which of them are hidden. */
class TraitTables {
  readonly rows: Lines;
  readonly columns: Lines;
  /** How many are hidden. */
  hidden = 0;
  readonly #people: Float64Array;
  readonly #isHidden: Uint8Array;

  /** @param cells - in code-unit order of segment and value */
  constructor(cells: readonly CellTable[]) {
    this.#people = new Float64Array(cells.length);
    cells.forEach(({ table }, place) => {
      this.#people[place] = table.a;
    });
    this.#isHidden = new Uint8Array(cells.length);
    this.rows = new Lines(
      cells.map(({ segment }) => segment),
      this.#people,
    );
    this.columns = new Lines(
      cells.map(({ value }) => value),
      this.#people,
    );
  }

  isHidden(place: number): boolean {
    return this.#isHidden[place] === 1;
  }

  hide(place: number): void {
    if (this.isHidden(place)) return;
    this.#isHidden[place] = 1;
    this.hidden += 1;
    this.rows.hide(place, this.#people[place] ?? 0);
    this.columns.hide(place, this.#people[place] ?? 0);
  }

  /** Hides the smallest table of a line that is still shown. */
  hideNext(lines: Lines, line: number): void {
    const next = lines.nextShown(line, (place) => this.isHidden(place));
    if (next !== undefined) this.hide(next);
  }
}

function hideMore(trait: TraitTables, minCell: number): void {
  for (let isStable = false; !isStable; ) {
    const before = trait.hidden;
    for (const lines of [trait.rows, trait.columns])
      for (let line = 0; line < lines.count; line += 1) if (lines.isTelling(line, minCell)) trait.hideNext(lines, line);
    if (trait.hidden === before) hideRecoverable(trait);
    isStable = trait.hidden === before;
  }
}

/**
 * Hides a neighbour of everything that could be worked out: one more table of its row and of its column, or of the smallest line where it is the
 * total of a line that is hidden whole.
 */
function hideRecoverable(trait: TraitTables): void {
  const { rows, columns } = trait;
  const leastRow = rows.smallestShown();
  const leastColumn = columns.smallestShown();
  for (const { row, column } of recoverableNumbers(hiddenNumbers(trait), rows.count + 1, columns.count + 1)) {
    const nextInRow = column === columns.count ? leastRow : row;
    const nextInColumn = row === rows.count ? leastColumn : column;
    if (row < rows.count && nextInRow !== undefined) trait.hideNext(rows, nextInRow);
    if (column < columns.count && nextInColumn !== undefined) trait.hideNext(columns, nextInColumn);
  }
}

/** Hidden cells, and the totals of rows and columns that are hidden whole. Totals stand after the last row and the last column. */
function hiddenNumbers(trait: TraitTables): readonly HiddenNumber[] {
  const { rows, columns } = trait;
  const numbers: HiddenNumber[] = [];
  for (let row = 0; row < rows.count; row += 1) {
    if (!rows.hasHidden(row)) continue;
    for (const place of rows.places(row))
      if (trait.isHidden(place)) numbers.push({ row, column: columns.lineOf(place) });
    if (rows.isHidden(row)) numbers.push({ row, column: columns.count });
  }
  for (let column = 0; column < columns.count; column += 1)
    if (columns.isHidden(column)) numbers.push({ row: rows.count, column });
  return numbers;
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
