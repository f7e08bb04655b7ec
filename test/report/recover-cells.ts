import type { CellTable } from '../../src/report/small-cells.ts';

/** A count of people that someone who reads the published tables can work out. */
export interface Recovered {
  readonly what: string;
  readonly count: number;
}

/** What else a reader knows: labelled members by segment, members of the panel by value, and the whole panel. */
export interface KnownTotals {
  readonly inside?: ReadonlyMap<string, number>;
  readonly values?: ReadonlyMap<string, number>;
  readonly panel?: number;
}

/**
 * Plays the reader who wants to know what is hidden: takes the tables of one trait that are shown, adds what everybody knows of any such
 * set of tables, and solves the linear equations by elimination.
 *
 * What is known: a segment's members with each value add up to its labelled members; panel members by value add up to the panel; when
 * segments partition the users, the members with a value add up over the segments.
 *
 * @returns every count of a hidden table, and every total, that has one solution only
 */
export function recoverCounts(
  tables: readonly CellTable[],
  hidden: (table: CellTable) => boolean,
  isPartition: boolean,
  known: KnownTotals = {},
): readonly Recovered[] {
  const segments = [...new Set(tables.map((table) => table.segment))];
  const values = [...new Set(tables.map((table) => table.value))];
  const cells = new Map(tables.map((table, index) => [`${table.segment}|${table.value}`, index]));
  const width = tables.length + segments.length + values.length + 1;
  const cell = (segment: string, value: string): number => cells.get(`${segment}|${value}`)!;
  const inside = (segment: string): number => tables.length + segments.indexOf(segment);
  const total = (value: string): number => tables.length + segments.length + values.indexOf(value);
  const panel = width - 1;

  const equations = new Elimination(width);
  for (const segment of segments) {
    equations.add(sum(...values.map((value) => cell(segment, value))), [[inside(segment), 1]], 0);
  }
  equations.add(sum(...values.map(total)), [[panel, 1]], 0);
  if (isPartition) {
    for (const value of values) {
      equations.add(sum(...segments.map((segment) => cell(segment, value))), [[total(value), 1]], 0);
    }
  }
  for (const { segment, value, table } of tables.filter((item) => !hidden(item))) {
    equations.add([[cell(segment, value), 1]], [], table.a);
    equations.add([[inside(segment), 1]], [], table.a + table.b);
    equations.add([[total(value), 1]], [], table.a + table.c);
    equations.add([[panel, 1]], [], table.a + table.b + table.c + table.d);
  }

  for (const [segment, count] of known.inside ?? []) {
    if (segments.includes(segment)) equations.add([[inside(segment), 1]], [], count);
  }
  for (const [value, count] of known.values ?? []) {
    if (values.includes(value)) equations.add([[total(value), 1]], [], count);
  }
  if (known.panel !== undefined) equations.add([[panel, 1]], [], known.panel);

  const found: Recovered[] = [];
  const ask = (what: string, plus: Terms, minus: Terms = []): void => {
    const count = equations.solve(plus, minus);
    if (count !== undefined) found.push({ what, count });
  };
  for (const { segment, value } of tables.filter(hidden)) {
    const name = `${segment} ${value}`;
    const a = cell(segment, value);
    ask(`${name} a`, [[a, 1]]);
    ask(`${name} b`, [[inside(segment), 1]], [[a, 1]]);
    ask(`${name} c`, [[total(value), 1]], [[a, 1]]);
    ask(`${name} d`, sum(panel, a), sum(inside(segment), total(value)));
  }
  for (const value of values) ask(`all with ${value}`, [[total(value), 1]]);
  for (const segment of segments) ask(`all in ${segment}`, [[inside(segment), 1]]);
  return found;
}

type Terms = readonly (readonly [number, number])[];

function sum(...indexes: readonly number[]): Terms {
  return indexes.map((index) => [index, 1]);
}

/** Linear equations in row echelon form. */
class Elimination {
  readonly #width: number;
  readonly #rows = new Map<number, number[]>();

  constructor(width: number) {
    this.#width = width;
  }

  add(plus: Terms, minus: Terms, right: number): void {
    const row = this.#reduce(this.#vector(plus, minus, right));
    const pivot = row.findIndex((entry, index) => index < this.#width && Math.abs(entry) > 1e-9);
    if (pivot < 0) return;
    const scale = row[pivot]!;
    this.#rows.set(
      pivot,
      row.map((entry) => entry / scale),
    );
  }

  /** Value of an expression when the equations fix it. */
  solve(plus: Terms, minus: Terms): number | undefined {
    const row = this.#reduce(this.#vector(plus, minus, 0));
    const isFixed = row.slice(0, this.#width).every((entry) => Math.abs(entry) < 1e-9);
    return isFixed ? Math.round(-row[this.#width]!) : undefined;
  }

  #vector(plus: Terms, minus: Terms, right: number): number[] {
    const row = new Array<number>(this.#width + 1).fill(0);
    for (const [index, factor] of plus) row[index]! += factor;
    for (const [index, factor] of minus) row[index]! -= factor;
    row[this.#width] = right;
    return row;
  }

  #reduce(row: number[]): number[] {
    for (let pivot = 0; pivot < this.#width; pivot += 1) {
      const basis = this.#rows.get(pivot);
      const factor = row[pivot]!;
      if (basis === undefined || Math.abs(factor) < 1e-9) continue;
      for (let index = pivot; index <= this.#width; index += 1) row[index]! -= factor * basis[index]!;
    }
    return row;
  }
}
