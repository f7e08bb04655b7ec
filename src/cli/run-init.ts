import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { CONFIG_NAMES } from '../config/find-config.ts';
import { compareText } from '../domain/order.ts';
import { draftConfig } from '../draft-config.ts';
import { AuditError } from '../errors.ts';
import type { InputPath } from '../ingest/input-path.ts';
import { readError } from '../ingest/read-text.ts';
import { printable } from '../wording/terminal-text.ts';
import { writeStdout } from './output.ts';
import { openProcessFolder } from './process-folder.ts';
import { refuseInputs } from './refuse-inputs.ts';
import { writeAtomically } from './stage-files.ts';
import { writeNote } from './write-note.ts';

/** Flags of `traitleak init`, as commander gives them. */
export interface InitFlags {
  readonly output: string;
  readonly force?: boolean;
}

/** Files that cannot be inputs, though they have the name ending of one. */
const NO_INPUT = /^(package(-lock)?|tsconfig.*|traitleak.*)\.(json|ya?ml)$|^results.*\.json$/i;

const INPUT = /\.(csv|tsv|psv|txt|parquet|pq|json|jsonl|ndjson|ya?ml)(\.gz|\.zst)?$/i;

/** Runs `traitleak init`. */
export async function runInit(paths: readonly string[], { output, force }: InitFlags): Promise<void> {
  const target = output === '-' ? undefined : resolve(output);
  if (target !== undefined && force !== true) await refuseExisting(target, output);
  const folder = target === undefined ? process.cwd() : dirname(target);
  const files = await filesOf(paths.length === 0 ? [folder] : paths, folder);
  await refuseInputs(
    [{ format: 'yaml', ...(target === undefined ? {} : { path: target }) }],
    files.map(({ path }) => path),
  );
  const draft = await draftConfig(files, folder, openProcessFolder);
  for (const note of draft.notes) writeNote(note);
  if (target === undefined) return writeStdout(draft.text);
  await writeAtomically(target, draft.text);
  const shown = printable(output);
  const place = (CONFIG_NAMES as readonly string[]).includes(basename(target)) ? '' : ` ${shown}`;
  await writeStdout(
    `Wrote ${shown}. Read it, then run: traitleak audit${folder === process.cwd() ? place : ` ${shown}`}\n`,
  );
}

async function refuseExisting(target: string, shown: string): Promise<void> {
  const found = await stat(target).catch(() => undefined);
  if (found === undefined) return;
  throw new AuditError('E_OUTPUT', `${shown} is there already.`, {
    hint: 'Write to another file with -o, to stdout with `-o -`, or over it with --force.',
  });
}

async function filesOf(paths: readonly string[], folder: string): Promise<readonly InputPath[]> {
  const files: string[] = [];
  for (const path of paths) {
    const place = resolve(path);
    const kind = await stat(place).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT')
        throw new AuditError('E_INPUT_MISSING', 'There is no such file.', { location: { file: path } });
      throw readError(cause, path);
    });
    if (!kind.isDirectory() && !kind.isFile())
      throw new AuditError('E_INPUT_UNREADABLE', 'This is a pipe or a device, not a file.', {
        location: { file: path },
      });
    if (kind.isFile()) files.push(place);
    else files.push(...(await inputsIn(place)));
  }
  return [...new Set(files)].map((path) => ({ path, shown: relative(folder, path).split(sep).join('/') }));
}

async function inputsIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && INPUT.test(entry.name) && !NO_INPUT.test(entry.name))
    .map((entry) => join(folder, entry.name))
    .sort(compareText);
}
