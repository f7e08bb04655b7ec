import { randomBytes } from 'node:crypto';
import { rmSync, type Stats } from 'node:fs';
import { readdir, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Pieces } from '../domain/pieces.ts';
import { AuditError, messageOf } from '../errors.ts';
import { announceTemporary, uninterrupted } from './announce.ts';

/** A text and where it goes. */
export interface FileToWrite {
  /** Absolute. */
  readonly path: string;
  readonly text: Pieces;
}

/** Files that are written whole, and not in their places yet. */
export interface StagedFiles {
  /**
   * Puts every file in its place.
   *
   * @throws {AuditError} E_OUTPUT
   */
  publish(): Promise<void>;
  /** Takes the files away again, as if nothing had been. */
  discard(): Promise<void>;
}

/** A temporary neighbour that is so old belongs to a process that was killed. */
const ABANDONED_AFTER = 3_600_000;

/**
 * Writes files into temporary neighbours, so that each appears in its place whole or not at all, and none when another has no room. They go
 * when the process ends before they are published.
 *
 * A device or a pipe has no neighbour that could take its place: it is written to when the files are published.
 *
 * @throws {AuditError} E_OUTPUT when one cannot be written; and whatever is thrown where the text is made. Nothing is left then
 */
export async function stageFiles(files: readonly FileToWrite[]): Promise<StagedFiles> {
  const staged: { readonly temporary: string; readonly place: string; readonly shown: string }[] = [];
  const streams: FileToWrite[] = [];
  const removeNow = (): void => {
    for (const { temporary } of staged) rmSync(temporary, { force: true });
  };
  const discard = async (): Promise<void> => {
    process.off('exit', removeNow);
    for (const { temporary } of staged) await rm(temporary, { force: true }).catch(() => undefined);
  };
  const orDiscard = async (path: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (cause) {
      await discard();
      throw isSystemError(cause) ? unwritable(path, cause) : cause;
    }
  };
  process.once('exit', removeNow);
  for (const { path, text } of files) {
    await orDiscard(path, async () => {
      const present = await stat(path).catch(() => undefined);
      if (present !== undefined && isStream(present)) {
        streams.push({ path, text });
        return;
      }
      // What a link points to is written, and the link stays.
      const place = await placeOf(path);
      await removeAbandoned(place);
      const temporary = join(dirname(place), `${prefixOf(place)}${randomBytes(6).toString('hex')}${SUFFIX}`);
      staged.push({ temporary, place, shown: path });
      await announceTemporary(temporary);
      // Who could not read the earlier file may not read this one.
      await writeFile(temporary, text, { flag: 'wx', mode: present === undefined ? 0o666 : present.mode & 0o777 });
    });
  }
  return {
    async publish() {
      for (const { path, text } of streams) await orDiscard(path, () => writeFile(path, text));
      await uninterrupted(async () => {
        for (const { temporary, place, shown } of staged) await orDiscard(shown, () => rename(temporary, place));
      });
      process.off('exit', removeNow);
    },
    discard,
  };
}

/**
 * Where a file is or would be, after all links.
 *
 * @throws {AuditError} E_OUTPUT when the links go in a circle
 */
export async function placeOf(path: string): Promise<string> {
  let place = path;
  for (let links = 0; links < MOST_LINKS; links += 1) {
    const found = await realpath(place).catch(() => undefined);
    if (found !== undefined) return found;
    // It is not there, or is a link to what is not there.
    const target = await readlink(place).catch(() => undefined);
    if (target === undefined) return join(await realpath(dirname(place)).catch(() => dirname(place)), basename(place));
    place = resolve(dirname(place), target);
  }
  throw new AuditError('E_OUTPUT', `The links that ${path} goes by never end.`);
}

/** As many as Linux follows. */
const MOST_LINKS = 40;

/**
 * Writes one file whole or not at all; see `stageFiles`.
 *
 * @throws {AuditError} E_OUTPUT
 */
export async function writeAtomically(path: string, text: string | Pieces): Promise<void> {
  const staged = await stageFiles([{ path, text: typeof text === 'string' ? [text] : text }]);
  await staged.publish();
}

/** Says that something cannot be written, and why. */
export function unwritable(place: string, cause: unknown): AuditError {
  return new AuditError('E_OUTPUT', `${place} cannot be written: ${messageOf(cause)}.`, { cause });
}

/** Does it come from the file system, and not from where a text is made? */
function isSystemError(cause: unknown): boolean {
  return cause instanceof Error && 'syscall' in cause;
}

function isStream(found: Stats): boolean {
  return found.isCharacterDevice() || found.isBlockDevice() || found.isFIFO() || found.isSocket();
}

const SUFFIX = '.tmp';
const LONGEST_PREFIX = 50;

function prefixOf(place: string): string {
  // A name may have 255 bytes, and a character of it four.
  return `.${[...basename(place)].slice(0, LONGEST_PREFIX).join('')}.`;
}

/** Removes what processes that were killed have left beside a file. A running one keeps its own. */
async function removeAbandoned(place: string): Promise<void> {
  const folder = dirname(place);
  const hexadecimal = /^[0-9a-f]{12}$/;
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(prefixOf(place)) || !name.endsWith(SUFFIX)) continue;
    if (!hexadecimal.test(name.slice(prefixOf(place).length, -SUFFIX.length))) continue;
    const path = join(folder, name);
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > ABANDONED_AFTER) await rm(path, { force: true }).catch(() => undefined);
  }
}
