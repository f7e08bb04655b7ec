import type { RowFile } from '../engine/count-source.ts';
import { AuditError } from '../errors.ts';
import { columnList } from './column-list.ts';
import {
  foldColumnName,
  recogniseColumn,
  recogniseTrait,
  SEGMENT_COLUMNS,
  SEGMENT_LIST_COLUMNS,
  USER_COLUMNS,
} from './column-names.ts';
import { DEFINITION_READERS } from './definitions/formats.ts';
import { readDefinitions } from './definitions/read-definitions.ts';
import type { InputPath } from './input-path.ts';
import { describeRowFile, type RowFileProbe } from './row-file.ts';
import { formatByName } from './row-format.ts';

/** What a file seems to be, by the names of its columns. */
export type RecognisedFile =
  | { readonly role: 'definitions'; readonly input: InputPath; readonly segments: number }
  | {
      readonly role: 'assignments' | 'traits' | 'counts' | 'consent';
      readonly input: InputPath;
      readonly file: RowFile;
    }
  | { readonly role: 'unknown'; readonly input: InputPath; readonly because: string };

/** Columns that only a description of segments has. */
const DESCRIBING_COLUMNS = ['name', 'description', 'topics', 'title'];

/** Columns that only ready-made counts have. */
const COUNT_COLUMNS = ['in_value', 'in_other', 'out_value', 'out_other'];

const CONSENT_COLUMNS = ['purpose', 'consent', 'consent_purpose', 'trait'];

/**
 * Finds out which part of an audit a file could be.
 *
 * @returns the role, or `unknown` with the reason; never throws for what the file holds
 */
export async function recogniseFile(input: InputPath, probe: RowFileProbe): Promise<RecognisedFile> {
  try {
    const ending = /\.([a-z]+)$/i.exec(input.path)?.[1]?.toLowerCase() ?? '';
    if (formatByName(input.path) === undefined) return await asDefinitions(input, ending);
    const file = await describeRowFile(input, probe);
    const role = roleOf(file);
    if (role === 'definitions') return await asDefinitions(input, ending);
    if (role !== undefined) return { role, input, file };
    return { role: 'unknown', input, because: `its columns are not recognised. ${columnList(file.columns)}` };
  } catch (error) {
    if (error instanceof AuditError) return { role: 'unknown', input, because: error.message };
    throw error;
  }
}

async function asDefinitions(input: InputPath, ending: string): Promise<RecognisedFile> {
  if (!Object.hasOwn(DEFINITION_READERS, ending))
    return { role: 'unknown', input, because: 'no input has this file name ending' };
  const [read] = await readDefinitions([input]);
  return { role: 'definitions', input, segments: read?.definitions.length ?? 0 };
}

function roleOf({
  columns,
  listColumns = [],
}: RowFile): 'definitions' | 'assignments' | 'traits' | 'counts' | 'consent' | undefined {
  const folded = columns.map(foldColumnName);
  if (COUNT_COLUMNS.every((column) => folded.includes(column))) return 'counts';
  const user = recogniseColumn(columns, USER_COLUMNS);
  const others = columns.filter((column) => column !== user);
  const segment = recogniseColumn(others, SEGMENT_COLUMNS) ?? recogniseColumn(listColumns, SEGMENT_LIST_COLUMNS);
  const describes = DESCRIBING_COLUMNS.some((column) => folded.includes(column));
  if (describes && (segment !== undefined || folded.includes('segment_id'))) return 'definitions';
  if (user === undefined) return segment === undefined ? undefined : 'definitions';
  if (segment !== undefined) return 'assignments';
  if (others.some((column) => recogniseTrait(column) !== undefined || column.includes(':'))) return 'traits';
  return CONSENT_COLUMNS.some((column) => folded.includes(column)) ? 'consent' : undefined;
}
