import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { glob } from 'tinyglobby';
import type { Notice } from '../domain/notice.ts';
import { compareText } from '../domain/order.ts';
import { AuditError, messageOf } from '../errors.ts';
import { type InputPath, resolveInputs } from './input-path.ts';
import { FORMAT_NAMES, formatByName, type RowFormat } from './row-format.ts';

/** Stands for the standard input where a file is named. */
export const STDIN = '-';

/** What rows can come from besides files that are there already. */
export interface RowSources {
  /** The standard input; undefined where there is none, or it is a terminal. */
  readonly stdin?: () => AsyncIterable<Uint8Array> | undefined;
  /** Folder that goes when the audit ends. */
  readonly temporaryFolder: string;
}

/** Files of rows, and what was passed over on the way. */
export interface RowInputs {
  readonly inputs: readonly InputPath[];
  readonly notices: readonly Notice[];
}

/**
 * Resolves paths, globs, folders and `-` to files of rows. A folder stands for all files of rows in it and below it, which must be of one format.
 *
 * @param format - where the config names it, the format of all files, whatever their names
 * @throws {AuditError} E_INPUT_MISSING, E_INPUT_FORMAT for a folder without such files or with several formats, E_USAGE, E_OUTPUT
 */
export async function resolveRowInputs(
  patterns: readonly string[],
  folder: string,
  sources: RowSources,
  format?: RowFormat,
): Promise<RowInputs> {
  const found: RowInputs[] = [];
  for (const pattern of patterns) {
    if (pattern === STDIN) found.push({ inputs: [await spool(sources, format)], notices: [] });
    else if (await isFolder(resolve(folder, pattern))) found.push(await filesBelow(pattern, folder, format));
    else found.push({ inputs: await resolveInputs([pattern], folder), notices: [] });
  }
  return { inputs: found.flatMap(({ inputs }) => inputs), notices: found.flatMap(({ notices }) => notices) };
}

async function isFolder(path: string): Promise<boolean> {
  const kind = await stat(path).catch(() => undefined);
  return kind?.isDirectory() === true;
}

/** Names that writers give to what is no data: `_SUCCESS`, `_temporary`, `.part-0.crc`. */
const isHidden = (path: string): boolean =>
  path.split('/').some((part) => part.startsWith('.') || part.startsWith('_'));

const SHOWN_NAMES = 5;

async function filesBelow(pattern: string, folder: string, format: RowFormat | undefined): Promise<RowInputs> {
  const root = resolve(folder, pattern);
  const names = (await glob('**/*', { cwd: root, onlyFiles: true, expandDirectories: false }))
    .map((name) => (sep === '\\' ? name.replaceAll('\\', '/') : name))
    .filter((name) => !isHidden(name))
    .sort(compareText);
  // A text file in a folder is more often a note than an export.
  const formatOf = (name: string): RowFormat | undefined =>
    format ?? (/\.txt(\.gz|\.zst)?$/i.test(name) ? undefined : formatByName(name));
  const shown = pattern.replaceAll(sep, '/').replace(/\/+$/, '');
  const examples = new Map(names.toReversed().flatMap((name) => pairOf(formatOf(name), name)));
  if (examples.size !== 1) throw notOneFormat(shown, examples);
  const skipped = names.filter((name) => formatOf(name) === undefined);
  return {
    inputs: names
      .filter((name) => formatOf(name) !== undefined)
      .map((name) => ({ path: join(root, name), shown: `${shown}/${name}` })),
    notices: skipped.length === 0 ? [] : [skippedNotice(shown, skipped)],
  };
}

function pairOf(format: RowFormat | undefined, name: string): [RowFormat, string][] {
  return format === undefined ? [] : [[format, name]];
}

function notOneFormat(shown: string, examples: ReadonlyMap<RowFormat, string>): AuditError {
  const location = { file: shown };
  if (examples.size === 0) {
    return new AuditError('E_INPUT_FORMAT', 'The folder holds no file of rows.', {
      location,
      hint: 'Files of rows end with .csv, .tsv, .psv, .jsonl, .ndjson (all also .gz, .zst) or .parquet. Name others with a glob such as `folder/*.txt`, or say `format`.',
    });
  }
  const formats = [...examples].map(([format, name]) => `${name} is ${FORMAT_NAMES[format]}`).sort(compareText);
  return new AuditError('E_INPUT_FORMAT', `The folder holds files of several formats: ${formats.join(', ')}.`, {
    location,
    hint: 'Name those that belong to the export with a glob such as `folder/*.parquet`.',
  });
}

function skippedNotice(shown: string, skipped: readonly string[]): Notice {
  const more = skipped.length > SHOWN_NAMES ? ` and ${skipped.length - SHOWN_NAMES} more` : '';
  const names = `${skipped.slice(0, SHOWN_NAMES).join(', ')}${more}`;
  return {
    code: 'folder-files-skipped',
    level: 'warning',
    message: `Files of the folder ${shown} that were not read, since their names are not those of files of rows: ${names}.`,
  };
}

/** First bytes that tell what the standard input is. */
const MAGIC: readonly (readonly [readonly number[], string])[] = [
  [[0x1f, 0x8b], '.gz'],
  [[0x28, 0xb5, 0x2f, 0xfd], '.zst'],
];

/** Copies the standard input to a temporary file, since the engine reads it twice. */
async function spool(sources: RowSources, format: RowFormat | undefined): Promise<InputPath> {
  const source = sources.stdin?.();
  if (source === undefined) {
    throw new AuditError(
      'E_USAGE',
      'The assignments are to come from the standard input, and nothing is piped into it.',
      {
        hint: 'Such as: `zcat export.csv.gz | traitleak audit --assignments - --traits panel.csv`.',
      },
    );
  }
  const chunks = source[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done === true)
    throw new AuditError('E_INPUT_EMPTY', 'The standard input is empty.', { location: { file: STDIN } });
  const beginning = first.value;
  const compression = MAGIC.find(([bytes]) => bytes.every((byte, index) => beginning[index] === byte))?.[1] ?? '';
  const path = join(sources.temporaryFolder, `stdin.${format ?? formatByContent(beginning)}${compression}`);
  const all = async function* (): AsyncIterable<Uint8Array> {
    yield beginning;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
  };
  try {
    await pipeline(all, createWriteStream(path, { mode: 0o600 }));
  } catch (cause) {
    throw new AuditError('E_OUTPUT', `The standard input cannot be kept in a temporary file: ${messageOf(cause)}.`, {
      hint: 'Free disk space, or point TMPDIR at a larger disk.',
      cause,
    });
  }
  return { path, shown: STDIN };
}

/** Parquet begins with `PAR1`, JSON lines with a brace; everything else is taken for CSV. */
function formatByContent(beginning: Uint8Array): RowFormat {
  const text = Buffer.from(beginning.subarray(0, 64)).toString('latin1');
  if (text.startsWith('PAR1')) return 'parquet';
  return /^\s*\{/.test(text) ? 'jsonl' : 'csv';
}
