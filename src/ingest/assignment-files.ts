import type { AssignmentsConfig } from '../config/config.ts';
import type { Notice } from '../domain/notice.ts';
import { type AssignmentFiles, type AssignmentShape, type RowFile, segmentColumnsOf } from '../engine/count-source.ts';
import { AuditError } from '../errors.ts';
import { columnList } from './column-list.ts';
import {
  recogniseColumn,
  SCORE_COLUMNS,
  SEGMENT_COLUMNS,
  SEGMENT_LIST_COLUMNS,
  TIME_COLUMNS,
  USER_COLUMNS,
} from './column-names.ts';
import { requireColumn } from './csv-header.ts';
import { requireRecognised } from './panel.ts';
import { type RowFileProbe, requireIds } from './row-file.ts';

/**
 * Decides which columns of the assignments are what, and in which shape the rows are: by the config, else by usual names and by types.
 *
 * @throws {AuditError} E_INPUT_COLUMN when a column is missing or cannot be what it is to be; E_CONFIG_INVALID when the config contradicts itself
 */
export async function understandAssignments(
  files: readonly RowFile[],
  config: AssignmentsConfig,
  probe: RowFileProbe,
): Promise<AssignmentFiles> {
  refuseContradictions(config);
  const [first] = files;
  if (first === undefined) throw new RangeError('no assignment file');
  const userColumn =
    config.user ?? requireRecognised(first, USER_COLUMNS, 'user id', 'assignments: { files: …, user: <column> }');
  requireColumn(first.columns, userColumn, first.shown);
  const others = first.columns.filter((column) => column !== userColumn);
  const scoreColumn = config.score ?? recogniseColumn(others, SCORE_COLUMNS);
  const timeColumn = config.time ?? recogniseColumn(others, TIME_COLUMNS);
  const apart = [scoreColumn, timeColumn, ...(first.partitions ?? []).map(({ column }) => column)];
  const rest = others.filter((column) => !apart.includes(column));
  const shape = await shapeOf(first, { userColumn, others: config.wide === true ? rest : others }, config, probe);
  if (config.threshold !== undefined && scoreColumn === undefined) {
    throw noColumn(first, 'score', 'a threshold needs one', 'score');
  }
  if (config.latest === true && timeColumn === undefined) throw noColumn(first, 'time', '`latest` needs one', 'time');
  const needed = [
    ...(config.score === undefined && config.threshold === undefined ? [] : [scoreColumn]),
    ...(config.latest === true || config.time !== undefined ? [timeColumn] : []),
  ].filter((column) => column !== undefined);
  const assignments: AssignmentFiles = {
    files,
    userColumn,
    shape,
    ...(shape.kind !== 'wide' && isInAll(files, scoreColumn) ? { scoreColumn } : {}),
    ...(config.threshold === undefined ? {} : { threshold: config.threshold }),
    ...(config.latest === true && timeColumn !== undefined ? { latestBy: timeColumn } : {}),
  };
  const segmentColumns = segmentColumnsOf(assignments);
  for (const file of files) {
    for (const column of [userColumn, ...segmentColumns, ...needed]) requireColumn(file.columns, column, file.shown);
    requireIds(file, userColumn);
    if (shape.kind !== 'wide') requireIds(file, shape.column);
    refuseUnlike(file, first, shape);
  }
  return assignments;
}

function isInAll(files: readonly RowFile[], column: string | undefined): column is string {
  return column !== undefined && files.every((file) => file.columns.includes(column));
}

function refuseContradictions({ list, wide, threshold, segment }: AssignmentsConfig): void {
  const isWide = wide !== undefined && wide !== false;
  const fault =
    isWide && list !== undefined
      ? 'the segments of a row are in one list or in columns of their own, not both'
      : isWide && segment !== undefined
        ? 'in the wide shape the columns are the segments, so no column is named as `segment`'
        : isWide && threshold !== undefined
          ? 'in the wide shape there is no column of scores for a threshold'
          : undefined;
  if (fault === undefined) return;
  throw new AuditError('E_CONFIG_INVALID', `The assignments contradict themselves: ${fault}.`);
}

interface Columns {
  readonly userColumn: string;
  /** Columns that may say which segments a user is in. */
  readonly others: readonly string[];
}

async function shapeOf(
  first: RowFile,
  { userColumn, others }: Columns,
  config: AssignmentsConfig,
  probe: RowFileProbe,
): Promise<AssignmentShape> {
  const { list, wide, segment } = config;
  if (wide !== undefined && wide !== false) {
    const columns = wide === true ? others : wide.columns;
    for (const column of columns) requireColumn(first.columns, column, first.shown);
    await refuseUnreadableCells(first, columns, probe);
    return { kind: 'wide', columns };
  }
  const lists = (first.listColumns ?? []).filter((column) => others.includes(column));
  if (list !== undefined) {
    const names = [...SEGMENT_LIST_COLUMNS, ...SEGMENT_COLUMNS];
    const column =
      list.column ?? segment ?? recogniseColumn(lists, names) ?? recogniseColumn(others, names) ?? noListColumn(first);
    return listShape(first, column, list.separator);
  }
  if (segment !== undefined) {
    return lists.includes(segment) ? listShape(first, segment) : { kind: 'long', column: segment };
  }
  const named = recogniseColumn(others, SEGMENT_COLUMNS);
  if (named !== undefined && !lists.includes(named)) return { kind: 'long', column: named };
  const listed = named ?? recogniseColumn(lists, SEGMENT_LIST_COLUMNS) ?? (lists.length === 1 ? lists[0] : undefined);
  if (listed !== undefined) return listShape(first, listed);
  if (await isUnmistakablyWide(first, others, probe)) return { kind: 'wide', columns: others };
  const column = requireRecognised(
    first,
    SEGMENT_COLUMNS,
    'segment id',
    'assignments: { files: …, segment: <column> }',
    { hint: shapeHint(others), among: first.columns.filter((column) => column !== userColumn) },
  );
  return { kind: 'long', column };
}

function listShape(first: RowFile, column: string, separator?: string): AssignmentShape {
  requireColumn(first.columns, column, first.shown);
  return { kind: 'list', column, ...(separator === undefined ? {} : { separator }) };
}

/** What to say when a list would be found by its name. */
function shapeHint(columns: readonly string[]): string | undefined {
  const listed = recogniseColumn(columns, SEGMENT_LIST_COLUMNS);
  if (listed === undefined) return undefined;
  return `If ${listed} lists several segments, say so: \`assignments: { files: …, list: { column: ${listed}, separator: '|' } }\`.`;
}

function noListColumn(first: RowFile): never {
  throw noColumn(first, 'list of segments', '`list` is in the config', 'list: { column');
}

function noColumn({ columns, shown }: RowFile, what: string, why: string, key: string): AuditError {
  return new AuditError(
    'E_INPUT_COLUMN',
    `No column is recognised as the ${what}, and ${why}. ${columnList(columns)}`,
    {
      location: { file: shown, line: 1 },
      hint: `Name it in the config: \`assignments: { files: …, ${key}: <column>${key.includes('{') ? ' }' : ''} }\`.`,
    },
  );
}

/** Every column besides the user is 0 or 1, true or false, in all rows that were looked at; one such column may be something else. */
async function isUnmistakablyWide(first: RowFile, others: readonly string[], probe: RowFileProbe): Promise<boolean> {
  if (others.length < 2) return false;
  const cells = await probe.sampleCells(first, others);
  return cells.every(({ filled, binary }) => filled > 0 && filled === binary);
}

/** A column without a single cell that can be read is no segment; cells that cannot be read here and there are counted later. */
async function refuseUnreadableCells(first: RowFile, columns: readonly string[], probe: RowFileProbe): Promise<void> {
  const cells = await probe.sampleCells(first, columns);
  const wrong = cells.filter(({ filled, binary }) => filled > 0 && binary === 0).map(({ column }) => column);
  if (wrong.length === 0) return;
  const list = wrong.slice(0, 5).join(', ');
  throw new AuditError(
    'E_INPUT_COLUMN',
    `In the wide shape every column holds 0 or 1, true or false; in the first rows ${wrong.length === 1 ? `the column ${list} holds` : `the columns ${list} hold`} nothing of the kind.`,
    {
      location: { file: first.shown },
      hint: 'Name the columns that are segments: `assignments: { files: …, wide: { columns: [a, b] } }`.',
    },
  );
}

/** A column that only a later file has would be a segment that is passed over, or a list that is read as text. */
function refuseUnlike(file: RowFile, first: RowFile, shape: AssignmentShape): void {
  if (shape.kind === 'wide') {
    const more = file.columns.find((column) => !first.columns.includes(column));
    if (more === undefined) return;
    throw new AuditError('E_INPUT_COLUMN', `The column "${more}" is not in the first file, ${first.shown}.`, {
      location: { file: file.shown, line: 1 },
      hint: 'In the wide shape all files have the same columns, or the config names them: `wide: { columns: [a, b] }`.',
    });
  }
  if (shape.kind === 'list' || file.listColumns?.includes(shape.column) !== true) return;
  throw new AuditError('E_INPUT_COLUMN', `The column "${shape.column}" holds lists here, and text in ${first.shown}.`, {
    location: { file: file.shown },
    hint: 'Audit files of different shapes one by one, or write them in one shape.',
  });
}

const DELIMITER_NAMES: Readonly<Record<string, string>> = { '\t': 'tabs', ';': 'semicolons', '|': 'pipes' };

/** Says which columns were taken for what, in which shape, and how fields are told apart where that is not by commas. */
export function assignmentNotices(
  assignments: AssignmentFiles | undefined,
  config: AssignmentsConfig,
): readonly Notice[] {
  const [file] = assignments?.files ?? [];
  if (assignments === undefined || file === undefined) return [];
  const { userColumn, shape, scoreColumn, threshold, latestBy } = assignments;
  const score =
    scoreColumn === undefined
      ? ''
      : `, score ${scoreColumn}${threshold === undefined ? '' : ` (${threshold} or more)`}`;
  const time = latestBy === undefined ? '' : `, newest ${latestBy} of each user`;
  const delimiters = [...new Set(assignments.files.map(({ delimiter }) => delimiter))].flatMap(
    (delimiter) => DELIMITER_NAMES[delimiter] ?? [],
  );
  const fields = delimiters.length === 0 ? '' : ` Fields are separated by ${delimiters.join(' or ')}.`;
  const location = { file: file.shown, line: 1 };
  const unread = recogniseColumn(
    file.columns.filter((column) => ![userColumn, ...segmentColumnsOf(assignments)].includes(column)),
    TIME_COLUMNS,
  );
  return [
    {
      code: 'assignment-columns',
      level: 'info',
      message: `Columns of the assignments: user ${userColumn}, ${shapeWords(shape)}${score}${time}.${fields}`,
      location,
    },
    ...(latestBy === undefined && config.latest === undefined && unread !== undefined
      ? [
          {
            code: 'assignment-time-not-used',
            level: 'info' as const,
            message: `The column ${unread} looks like the time of an assignment and is not used: rows of all times count. With \`latest: true\` only each user's newest do.`,
            location,
          },
        ]
      : []),
  ];
}

function shapeWords(shape: AssignmentShape): string {
  switch (shape.kind) {
    case 'long':
      return `segment ${shape.column}`;
    case 'list':
      return `list of segments ${shape.column}${shape.separator === undefined ? '' : `, separated by "${shape.separator}"`}`;
    case 'wide':
      return `one column per segment (${shape.columns.length})`;
  }
}
