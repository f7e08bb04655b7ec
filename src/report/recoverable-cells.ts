/** A number of a two-way table that is not shown: the numbers of the row and of the column in which it stands. */
export interface HiddenNumber {
  readonly row: number;
  readonly column: number;
}

/**
 * Finds the hidden numbers of a two-way table that can be had by adding and subtracting the shown ones. The table's margins belong to it: a
 * row of column totals, a column of row totals, and the grand total where they cross, so that every row and every column obeys one equation.
 *
 * Take rows and columns as the points of a graph and each hidden number as an edge: a number is determined exactly when its edge is a bridge,
 * that is, lies on no cycle (Gusfield 1988, "A graph theoretic approach to statistical data security", SIAM J. Comput. 17(3)).
 *
 * @param hidden - each place once
 * @param rows - how many rows there are, that of totals included
 * @param columns - how many columns there are, that of totals included
 * @returns those that can be worked out; linear in the size of the table
 */
export function recoverableNumbers<Place extends HiddenNumber>(
  hidden: readonly Place[],
  rows: number,
  columns: number,
): readonly Place[] {
  // Columns are the points after the rows.
  const ends = {
    rows: Uint32Array.from(hidden, ({ row }) => row),
    columns: Uint32Array.from(hidden, ({ column }) => rows + column),
  };
  const isBridge = findBridges(new Graph(ends, rows + columns));
  return hidden.filter((_, edge) => isBridge[edge] === 1);
}

/** Edges between rows and columns, listed at both of their points. Plain numbers, since a table may have a million hidden ones. */
class Graph {
  readonly points: number;
  readonly edges: number;
  readonly #rows: Uint32Array;
  readonly #columns: Uint32Array;
  /** Edges at each point, one point after the other, and where those of each point begin. */
  readonly #edgesAt: Uint32Array;
  readonly #starts: Uint32Array;

  constructor({ rows, columns }: { readonly rows: Uint32Array; readonly columns: Uint32Array }, points: number) {
    this.points = points;
    this.edges = rows.length;
    this.#rows = rows;
    this.#columns = columns;
    this.#starts = new Uint32Array(points + 1);
    for (const ends of [rows, columns]) for (const point of ends) add(this.#starts, point + 1, 1);
    for (let point = 0; point < points; point += 1) add(this.#starts, point + 1, this.#starts[point] ?? 0);
    this.#edgesAt = new Uint32Array(2 * rows.length);
    const next = this.#starts.slice();
    for (let edge = 0; edge < rows.length; edge += 1) {
      for (const point of [rows[edge] ?? 0, columns[edge] ?? 0]) {
        this.#edgesAt[next[point] ?? 0] = edge;
        add(next, point, 1);
      }
    }
  }

  /** The edge at a point, counted from 0; undefined after the last. */
  edgeAt(point: number, index: number): number | undefined {
    const at = (this.#starts[point] ?? 0) + index;
    return at < (this.#starts[point + 1] ?? 0) ? this.#edgesAt[at] : undefined;
  }

  otherEnd(edge: number, point: number): number {
    const row = this.#rows[edge] ?? 0;
    return row === point ? (this.#columns[edge] ?? 0) : row;
  }
}

function add(numbers: Uint32Array, at: number, amount: number): void {
  numbers[at] = (numbers[at] ?? 0) + amount;
}

interface Visit {
  readonly point: number;
  /** Edge by which the point was reached; -1 at the start. */
  readonly by: number;
  next: number;
}

/**
 * Tarjan's bridge finding by depth-first search, without recursion: tables may have 100,000 rows.
 *
 * @returns 1 for each edge that is a bridge
 */
function findBridges(graph: Graph): Uint8Array {
  /** When each point was reached, from 1; 0 where it was not yet. */
  const order = new Uint32Array(graph.points);
  const lowest = new Uint32Array(graph.points);
  const isBridge = new Uint8Array(graph.edges);
  let reached = 0;
  for (let start = 0; start < graph.points; start += 1) {
    if (order[start] !== 0) continue;
    const path: Visit[] = [];
    const enter = (point: number, by: number): void => {
      reached += 1;
      order[point] = reached;
      lowest[point] = reached;
      path.push({ point, by, next: 0 });
    };
    enter(start, -1);
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const { point, by } = visit;
      const edge = graph.edgeAt(point, visit.next);
      if (edge === undefined) {
        path.pop();
        const parent = path.at(-1)?.point;
        if (parent === undefined) continue;
        const low = lowest[point] ?? 0;
        lowest[parent] = Math.min(lowest[parent] ?? 0, low);
        if (low > (order[parent] ?? 0)) isBridge[by] = 1;
        continue;
      }
      visit.next += 1;
      if (edge === by) continue;
      const other = graph.otherEnd(edge, point);
      const seen = order[other] ?? 0;
      if (seen === 0) enter(other, edge);
      else lowest[point] = Math.min(lowest[point] ?? 0, seen);
    }
  }
  return isBridge;
}
