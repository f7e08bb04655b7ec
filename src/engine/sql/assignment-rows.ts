import { type AssignmentFiles, NOT_USED_REASONS, type NotUsedReason } from '../count-source.ts';
import { quoteIdentifier, quoteLiteral } from './quote.ts';

/** Number that stands for a reason in the column `fault`. */
export function faultCode(reason: NotUsedReason): number {
  return NOT_USED_REASONS.indexOf(reason);
}

/**
 * Every user and segment that the rows name, as columns `user_key, segment_key, file, head, fault[, score]`:
 *
 * - the keys are text, NULL where the row names none;
 * - `file` is the place of the file in the list;
 * - `head` is 1 in the first entry of a row and 0 in the others, so that its sum is the number of rows;
 * - `fault` is NULL for a membership, else the number of the reason why this is none (`faultCode`).
 *
 * The long shape is SQL that all engines share; lists and wide rows are taken apart with the list functions of DuckDB.
 *
 * @param relations - one per file, all cells text (a list of text in a list column, NULL where it cannot be read, empty for an empty cell)
 * @param newest - relation `newest(user_key, assigned_at)`, for files that have a column of times; see `newestQuery`
 */
export function assignmentRowsQuery(input: AssignmentFiles, relations: readonly string[], newest?: string): string {
  return relations
    .map((relation, file) => {
      const entries = entriesOf(input, relation);
      const score = input.scoreColumn === undefined ? '' : ', e.score AS score';
      const join = newest === undefined ? '' : ` LEFT JOIN ${quoteIdentifier(newest)} n ON n.user_key = e.user_key`;
      return (
        `SELECT e.user_key AS user_key, e.segment_key AS segment_key, ${file} AS file, e.head AS head, ` +
        `${faultOf(input, newest !== undefined)} AS fault${score} FROM (${entries}) e${join}`
      );
    })
    .join(' UNION ALL ');
}

/** The newest readable time of every user: columns `user_key, assigned_at`. */
export function newestQuery(input: AssignmentFiles, relations: readonly string[], timeColumn: string): string {
  const rows = relations
    .map(
      (relation) =>
        `SELECT ${cell(input.userColumn)} AS user_key, ${timeOf(cell(timeColumn))} AS assigned_at FROM ${relation} r`,
    )
    .join(' UNION ALL ');
  return `SELECT user_key, MAX(assigned_at) AS assigned_at FROM (${rows}) t WHERE user_key IS NOT NULL GROUP BY user_key`;
}

/** A cell as text, NULL when it is empty. */
function cell(column: string): string {
  return `NULLIF(r.${quoteIdentifier(column)}, '')`;
}

function entriesOf(input: AssignmentFiles, relation: string): string {
  const { shape, scoreColumn, latestBy } = input;
  const row = [
    `${cell(input.userColumn)} AS user_key`,
    ...(scoreColumn === undefined ? [] : [`${finite(cell(scoreColumn))} AS score`]),
    ...(latestBy === undefined ? [] : [`${timeOf(cell(latestBy))} AS assigned_at`]),
  ].join(', ');
  switch (shape.kind) {
    case 'long':
      return `SELECT ${row}, ${cell(shape.column)} AS segment_key, 1 AS head, 0 AS form FROM ${relation} r`;
    case 'list':
      return listEntries(`SELECT ${row}, r.${quoteIdentifier(shape.column)} AS list FROM ${relation} r`, {
        segment: "NULLIF(x.entry, '')",
        form: `CASE WHEN x.list IS NULL THEN ${faultCode('list-unreadable')} WHEN len(x.list) = 0 THEN ${faultCode('in-no-segment')} ELSE 0 END`,
      });
    case 'wide': {
      const names = `[${shape.columns.map((column) => quoteLiteral(column)).join(', ')}]`;
      return listEntries(`SELECT ${row}, ${wideList(shape.columns)} AS list FROM ${relation} r`, {
        segment: `(${names})[abs(x.entry)]`,
        form: `CASE WHEN len(x.list) = 0 THEN ${faultCode('in-no-segment')} WHEN x.entry < 0 THEN ${faultCode('cell-unreadable')} ELSE 0 END`,
      });
    }
  }
}

/** One entry per element of `list`; a list without elements makes one entry, so that its row is counted. */
function listEntries(rows: string, { segment, form }: { readonly segment: string; readonly form: string }): string {
  const filled = 'CASE WHEN len(y.list) > 0 THEN y.list ELSE [NULL] END';
  return (
    `SELECT x.* EXCLUDE (list, entry, place), ${segment} AS segment_key, CASE WHEN x.place = 1 THEN 1 ELSE 0 END AS head, ${form} AS form ` +
    `FROM (SELECT y.*, UNNEST(${filled}) AS entry, generate_subscripts(${filled}, 1) AS place FROM (${rows}) y) x`
  );
}

/**
 * Places of the segments that a wide row names, from 1; negative where the cell is neither a yes nor a no. What is asked of a cell stands in
 * the query once: the engine plans a condition per column in a time that grows with the square of their number.
 */
function wideList(columns: readonly string[]): string {
  const cells = columns.map((column) => `r.${quoteIdentifier(column)}`).join(', ');
  const place = `CASE WHEN ${isMember('text')} THEN place WHEN NOT (${isBinary('text')}) THEN -place END`;
  return `list_filter(list_transform([${cells}], lambda text, place: ${place}), lambda place: place IS NOT NULL)`;
}

/** Is the cell of a wide row a yes? */
function isMember(text: string): string {
  return `LOWER(${text}) IN ('1', 'true', '1.0')`;
}

/** Is the cell of a wide row a yes or a no? Nothing is a no. The `.0` is how numbers are written that stood beside missing ones. */
export function isBinary(text: string): string {
  return `COALESCE(LOWER(${text}), '') IN ('', '0', '1', 'false', 'true', '0.0', '1.0')`;
}

/** The first reason that holds. What is wrong with the whole row comes before what is wrong with one entry. */
function faultOf({ scoreColumn, threshold, latestBy }: AssignmentFiles, hasNewest: boolean): string {
  const when = (condition: string, reason: NotUsedReason): string => `WHEN ${condition} THEN ${faultCode(reason)}`;
  const branches = [
    when('e.user_key IS NULL', 'no-user'),
    ...(latestBy === undefined || !hasNewest
      ? []
      : [when('e.assigned_at IS NULL', 'time-unreadable'), when('e.assigned_at < n.assigned_at', 'not-latest')]),
    ...(scoreColumn === undefined || threshold === undefined
      ? []
      : [when('e.score IS NULL', 'score-unreadable'), when(`e.score < ${sqlNumber(threshold)}`, 'below-threshold')]),
    'WHEN e.form > 0 THEN e.form',
    when('e.segment_key IS NULL', 'no-segment'),
  ];
  return `CASE ${branches.join(' ')} END`;
}

/** A number as text may hold `NaN` and infinities, which no score is. */
function finite(text: string): string {
  const number = `TRY_CAST(${text} AS DOUBLE PRECISION)`;
  return `CASE WHEN ${number} BETWEEN -1.7e308 AND 1.7e308 THEN ${number} END`;
}

function sqlNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`not a number for SQL: ${value}`);
  return `CAST(${quoteLiteral(String(value))} AS DOUBLE PRECISION)`;
}

/** ISO 8601 (RFC 3339 and its parts): a date, perhaps a time of day to the minute or finer, perhaps an offset. Without an offset it is UTC. */
const ISO_TIME =
  '[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)?)?';

/** Epoch numbers above these are milli-, micro- and nanoseconds: as seconds they would lie beyond the year 5138. */
const EPOCH_UNITS: readonly (readonly [number, number])[] = [
  [1e17, 1e-3],
  [1e14, 1],
  [1e11, 1e3],
];

/** A time as microseconds since 1970; NULL when it cannot be read. */
function timeOf(text: string): string {
  const number = `TRY_CAST(${text} AS DOUBLE PRECISION)`;
  const epoch = EPOCH_UNITS.map(([from, factor]) => `WHEN ABS(${number}) >= ${from} THEN ${number} * ${factor}`);
  const plain = `REPLACE(REPLACE(UPPER(${text}), ',', '.'), 'Z', '+00')`;
  const withSeconds = `regexp_replace(${plain}, '^(.{13}:[0-9]{2})($|[+-])', '\\1:00\\2')`;
  const iso = `EPOCH_US(TRY_CAST(${withSeconds} AS TIMESTAMP WITH TIME ZONE))`;
  return (
    `CASE WHEN regexp_full_match(${text}, '-?[0-9]{1,19}([.][0-9]+)?') THEN CAST(CASE ${epoch.join(' ')} ELSE ${number} * 1e6 END AS BIGINT) ` +
    `WHEN regexp_full_match(${text}, ${quoteLiteral(ISO_TIME)}) THEN ${iso} END`
  );
}
