/** A number of a two-way table that is not shown: the line it stands in and the line that crosses it. */
export interface HiddenNumber {
  readonly row: string;
  readonly column: string;
}

/**
 * Finds the hidden numbers of a two-way table that can be had by adding and subtracting the shown ones. The table's margins belong to it: a
 * row of column totals, a column of row totals, and the grand total where they cross, so that every row and every column obeys one equation.
 *
 * Take rows and columns as the points of a graph and each hidden number as an edge: a number is determined exactly when its edge is a bridge,
 * that is, lies on no cycle (Gusfield 1988, "A graph theoretic approach to statistical data security", SIAM J. Comput. 17(3)).
 *
 * @param hidden - each place once
 * @returns those that can be worked out; linear in the number of hidden ones
 */
export function recoverableNumbers<Place extends HiddenNumber>(hidden: readonly Place[]): readonly Place[] {
  const edgesAt = new Map<string, number[]>();
  const ends = hidden.map(({ row, column }) => [`row ${row}`, `column ${column}`] as const);
  ends.forEach(([row, column], edge) => {
    for (const point of [row, column]) {
      const edges = edgesAt.get(point);
      if (edges === undefined) edgesAt.set(point, [edge]);
      else edges.push(edge);
    }
  });
  const bridges = findBridges(ends, edgesAt);
  return hidden.filter((_, edge) => bridges.has(edge));
}

interface Visit {
  readonly point: string;
  /** Edge by which the point was reached; -1 at the start. */
  readonly by: number;
  next: number;
}

/** Tarjan's bridge finding by depth-first search, without recursion: tables may have 100,000 rows. */
function findBridges(
  ends: readonly (readonly [string, string])[],
  edgesAt: ReadonlyMap<string, readonly number[]>,
): ReadonlySet<number> {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const bridges = new Set<number>();
  for (const start of edgesAt.keys()) {
    if (order.has(start)) continue;
    const path: Visit[] = [{ point: start, by: -1, next: 0 }];
    order.set(start, order.size);
    lowest.set(start, order.size - 1);
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const edge = edgesAt.get(visit.point)?.[visit.next];
      if (edge === undefined) {
        path.pop();
        closeVisit(visit, path.at(-1), order, lowest, bridges);
        continue;
      }
      visit.next += 1;
      if (edge === visit.by) continue;
      const [row, column] = ends[edge] ?? ['', ''];
      const other = row === visit.point ? column : row;
      const seen = order.get(other);
      if (seen === undefined) {
        order.set(other, order.size);
        lowest.set(other, order.size - 1);
        path.push({ point: other, by: edge, next: 0 });
      } else {
        lowest.set(visit.point, Math.min(lowest.get(visit.point) ?? seen, seen));
      }
    }
  }
  return bridges;
}

function closeVisit(
  { point, by }: Visit,
  parent: Visit | undefined,
  order: ReadonlyMap<string, number>,
  lowest: Map<string, number>,
  bridges: Set<number>,
): void {
  if (parent === undefined) return;
  const low = lowest.get(point) ?? 0;
  lowest.set(parent.point, Math.min(lowest.get(parent.point) ?? low, low));
  if (low > (order.get(parent.point) ?? 0)) bridges.add(by);
}
