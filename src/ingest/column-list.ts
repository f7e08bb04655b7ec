import { foldColumnName, SEGMENT_COLUMNS, SEGMENT_LIST_COLUMNS, USER_COLUMNS } from './column-names.ts';

/** Names that a header of any input has at least one of, and a row of data none. */
const SIGNS_OF_A_HEADER: ReadonlySet<string> = new Set([
  ...USER_COLUMNS,
  ...SEGMENT_COLUMNS,
  ...SEGMENT_LIST_COLUMNS,
  'name',
  'description',
  'topics',
]);

/** More names than this help nobody. */
const MOST_SHOWN = 30;
const LONGEST_SHOWN = 60;

/**
 * Could the first line of a file be the row of a user, of a file without a header? Such a line may be shown in no message.
 *
 * @param columns - its fields
 */
export function mayBeData(columns: readonly string[]): boolean {
  return !columns.some((column) => SIGNS_OF_A_HEADER.has(foldColumnName(column)));
}

/** Lists the columns of a file for a message, as a sentence. What may be the row of a user is not shown. */
export function columnList(columns: readonly string[]): string {
  if (mayBeData(columns)) {
    return `The first line has ${columns.length} ${columns.length === 1 ? 'field' : 'fields'} and no usual name of a column; it may be data without a header, so it is not shown.`;
  }
  const names = columns.slice(0, MOST_SHOWN).map(shortened).join(', ');
  const more = columns.length - MOST_SHOWN;
  return `Columns: ${names}${more > 0 ? ` and ${more} more` : ''}.`;
}

/** A name of a column, cut short. */
export function shortened(name: string): string {
  return name.length > LONGEST_SHOWN ? `${name.slice(0, LONGEST_SHOWN - 1)}…` : name;
}
