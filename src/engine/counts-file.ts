import { groupBy } from '../domain/group-by.ts';
import { compareText } from '../domain/order.ts';
import { AuditError } from '../errors.ts';
import type {
  CellCount,
  CountSource,
  ExportCounts,
  Moments,
  PanelCounts,
  PanelTotal,
  PseudoSegment,
  TableCount,
} from './count-source.ts';
import { type CountsContent, type GroupRow, readCountsRows } from './counts-rows.ts';
import { toNearestNumber } from './exact-decimal.ts';
import { PSEUDO_PREFIX, pseudoSegmentId } from './pseudo-segments.ts';
import { tablesFromCells } from './tables-from-cells.ts';

/** Ready-made counts, and what they say of the panel that they were made from. */
export interface CountsFile extends CountSource {
  /** Rows of the file. */
  readonly rows: number;
  /** Columns that make the strata, in order. */
  readonly stratumColumns: readonly string[];
  /** Values to test by trait; a trait that is not here has all its values tested. */
  readonly protectedValues: ReadonlyMap<string, readonly string[]>;
  readonly isWeighted: boolean;
}

/**
 * Opens ready-made counts: one row per segment, trait and value, with the columns `segment_id, trait, value, in_value, in_other, out_value,
 * out_other` (panel members in or out of the segment, with or without the value), and perhaps those of `counts-columns.ts`.
 *
 * @param text - CSV with a header
 * @param file - its name as shown to people
 * @throws {AuditError} E_COUNTS_INVALID with the line: a missing column, a count that is not a whole number, a row given twice, parts that contradict
 *   each other
 */
export function openCountsFile(text: string, file: string): CountsFile {
  const content = readCountsRows(text, file);
  const segments = content.groups.filter(({ kind }) => kind === 'segment');
  const tables = tablesOf(segments, file);
  return {
    rows: content.rows,
    stratumColumns: content.stratumColumns,
    protectedValues: content.protectedValues,
    isWeighted: content.isWeighted,
    countExport: async () => exportCounts(content, segments, file),
    countPanel: async () => panelCounts(content, tables),
    countTables: async () => tables,
    countPseudoSegments: async (flagged) => pseudoCounts(content, flagged, file),
    countProbabilities: async () => [],
    openAttack: async () => undefined,
    countPairs: async () => undefined,
    countPlanted: async () => {
      throw new AuditError('E_USAGE', 'The self-test draws from the panel, and ready-made counts hold none.');
    },
    countLineage: async () => undefined,
    countExposure: async () => undefined,
    countConsent: async () => undefined,
    close: async () => undefined,
  };
}

function tablesOf(rows: readonly GroupRow[], file: string): readonly TableCount[] {
  const isWeighted = rows.some(({ weights }) => weights !== undefined);
  return isWeighted ? weightedTables(rows, file) : rows.map((row) => new UnweightedTable(row));
}

/** Counts of an unweighted panel as a table. A view of the row: millions of tables with objects for their cells would take several times the memory. */
class UnweightedTable implements TableCount {
  readonly #row: GroupRow;

  constructor(row: GroupRow) {
    this.#row = row;
  }

  get segment(): string {
    return this.#row.segment;
  }

  get trait(): string {
    return this.#row.trait;
  }

  get value(): string {
    return this.#row.value;
  }

  get stratum(): string {
    return this.#row.stratum;
  }

  get inValue(): Moments {
    return everyoneWeighsOne(this.#row.inValue);
  }

  get inOther(): Moments {
    return everyoneWeighsOne(this.#row.inOther);
  }

  get outValue(): Moments {
    return everyoneWeighsOne(this.#row.outValue);
  }

  get outOther(): Moments {
    return everyoneWeighsOne(this.#row.outOther);
  }

  get inUnknown(): number {
    return this.#row.inUnknown;
  }

  get outUnknown(): number {
    return this.#row.outUnknown;
  }
}

function everyoneWeighsOne(members: number): Moments {
  return { members, weight: members, squaredWeight: members };
}

/** The weights of the others are those of the other values: added up in the order in which the embedded engine's are, so that every digit is the same. */
function weightedTables(rows: readonly GroupRow[], file: string): readonly TableCount[] {
  const groups = groupBy(rows, ({ segment, trait }) => JSON.stringify([segment, trait]));
  return [...groups.values()].flatMap((group) => {
    requireEveryValue(group, file);
    const [first] = group;
    return tablesFromCells(first === undefined ? [] : [first.segment], group.flatMap(totalsOf), group.flatMap(cellsOf));
  });
}

/** Weighted tables can be made only where all values of the trait are there. */
function requireEveryValue(rows: readonly GroupRow[], file: string): void {
  const known = new Map<string, { inside: number; outside: number }>();
  for (const { stratum, inValue, outValue } of rows) {
    const sum = known.get(stratum) ?? { inside: 0, outside: 0 };
    known.set(stratum, { inside: sum.inside + inValue, outside: sum.outside + outValue });
  }
  for (const row of rows) {
    const sum = known.get(row.stratum);
    if (sum?.inside === row.inValue + row.inOther && sum.outside === row.outValue + row.outOther) continue;
    throw new AuditError(
      'E_COUNTS_INVALID',
      `The values of ${row.trait} do not add up: weighted counts need a row for every known value of a trait.`,
      { location: { file, line: row.line } },
    );
  }
}

function totalsOf({ trait, value, stratum, weights, ...row }: GroupRow): readonly PanelTotal[] {
  const unknown = row.inUnknown + row.outUnknown;
  const known = row.inValue + row.outValue;
  return [
    ...(known === 0 || weights === undefined
      ? []
      : [
          {
            trait,
            value,
            stratum,
            members: known,
            weight: toNearestNumber(weights.inValue + weights.outValue),
            squaredWeight: toNearestNumber(weights.inValueSquared + weights.outValueSquared),
          },
        ]),
    // Also where nobody's value is unknown: a stratum without a known value is one all the same.
    { trait, value: null, stratum, ...everyoneWeighsOne(unknown) },
  ];
}

function cellsOf({ segment, trait, value, stratum, weights, ...row }: GroupRow): readonly CellCount[] {
  return [
    ...(row.inValue === 0 || weights === undefined
      ? []
      : [
          {
            segment,
            trait,
            value,
            stratum,
            members: row.inValue,
            weight: toNearestNumber(weights.inValue),
            squaredWeight: toNearestNumber(weights.inValueSquared),
          },
        ]),
    { segment, trait, value: null, stratum, ...everyoneWeighsOne(row.inUnknown) },
  ];
}

/** The group `flagged` is taken only where it was counted for the segments that this audit flags. */
function pseudoCounts(
  { groups, flaggedSegments }: CountsContent,
  flagged: readonly string[],
  file: string,
): { readonly segments: readonly PseudoSegment[]; readonly tables: readonly TableCount[] } {
  const isFlaggedAlike = flagged.length === flaggedSegments.size && flagged.every((id) => flaggedSegments.has(id));
  const pseudo = groups.flatMap((row) =>
    row.kind === 'segment' || (row.kind === 'flagged' && !isFlaggedAlike)
      ? []
      : [{ row, of: { id: pseudoSegmentId(row.kind, row.segment), kind: row.kind, of: row.segment } }],
  );
  const isTaken = groups.some(({ kind, segment }) => kind === 'segment' && segment.startsWith(PSEUDO_PREFIX));
  if (isTaken) return { segments: [], tables: [] };
  const segments = new Map(pseudo.map(({ of }) => [of.id, of]));
  return {
    segments: [...segments.values()]
      .sort((x, y) => compareText(x.id, y.id))
      .map(({ id, kind, of }) => ({ id, kind, ...(of === '' ? {} : { of }) })),
    tables: tablesOf(
      pseudo.map(({ row, of }) => ({ ...row, segment: of.id })),
      file,
    ),
  };
}

/** Sizes of the segments, where the file tells them. */
function exportCounts({ facts }: CountsContent, rows: readonly GroupRow[], file: string): ExportCounts | undefined {
  const sizes = new Map<string, number>();
  for (const { segment, members, line } of rows) {
    if (members === undefined) continue;
    const earlier = sizes.get(segment);
    if (earlier !== undefined && earlier !== members) {
      throw new AuditError('E_COUNTS_INVALID', 'The column "members" holds another size of this segment than above.', {
        location: { file, line },
      });
    }
    sizes.set(segment, members);
  }
  if (sizes.size === 0) return undefined;
  const segments = [...sizes].map(([segment, members]) => ({ segment, members }));
  const pairs = segments.reduce((sum, { members }) => sum + members, 0);
  const users = facts.get('users');
  return {
    rows: facts.get('assignment-rows') ?? pairs,
    rowsByFile: [],
    notUsed: {
      'no-user': facts.get('assignment-rows-without-user') ?? 0,
      'no-segment': facts.get('assignment-rows-without-segment') ?? 0,
      'score-unreadable': facts.get('assignment-rows-score-unreadable') ?? 0,
      'below-threshold': facts.get('assignment-rows-below-threshold') ?? 0,
    },
    duplicateRows: Math.max(0, (facts.get('assignment-rows-usable') ?? pairs) - pairs),
    ...(users === undefined ? {} : { users }),
    segments: segments.sort((x, y) => compareText(x.segment, y.segment)),
  };
}

/** The panel, where the file tells how large it is. */
function panelCounts({ facts }: CountsContent, tables: readonly TableCount[]): PanelCounts | undefined {
  const users = facts.get('panel-users');
  if (users === undefined) return undefined;
  const rows = facts.get('panel-rows') ?? users;
  const rowsWithoutUser = facts.get('panel-rows-without-user') ?? 0;
  const rowsWithoutWeight = facts.get('panel-rows-without-weight') ?? 0;
  const distinctRows = facts.get('panel-rows-distinct') ?? users;
  const inExport = facts.get('panel-users-in-export');
  return {
    rows,
    rowsWithoutUser,
    rowsWithoutWeight,
    duplicateRows: Math.max(0, rows - rowsWithoutUser - rowsWithoutWeight - distinctRows),
    conflictingUsers: Math.max(0, (facts.get('panel-users-distinct') ?? users) - users),
    users,
    ...(inExport === undefined ? {} : { usersInExport: inExport }),
    totals: panelTotals(tables),
  };
}

/** What one segment's tables say of the panel; all of them say the same. */
function panelTotals(tables: readonly TableCount[]): readonly PanelTotal[] {
  const totals = new Map<string, PanelTotal>();
  for (const { trait, value, stratum, inValue, outValue } of tables) {
    const key = JSON.stringify([trait, value, stratum]);
    if (totals.has(key)) continue;
    const members = inValue.members + outValue.members;
    if (members === 0) continue;
    totals.set(key, {
      trait,
      value,
      stratum,
      members,
      weight: inValue.weight + outValue.weight,
      squaredWeight: inValue.squaredWeight + outValue.squaredWeight,
    });
  }
  return [...totals.values()];
}
