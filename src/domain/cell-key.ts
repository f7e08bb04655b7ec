/** What belongs to one segment, trait and value. */
export interface CellRow {
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
}

/** Key of a segment, a trait and a value together. */
export function cellKey(segment: string, trait: string, value: string): string {
  // The lengths keep apart what only looks alike when joined.
  return `${segment.length}:${trait.length}:${segment}${trait}${value}`;
}

/** Rows by `cellKey`; of two with the same key, the later. */
export function indexByCell<Row extends CellRow>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [cellKey(row.segment, row.trait, row.value), row]));
}
