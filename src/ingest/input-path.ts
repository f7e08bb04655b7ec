import { stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { compareText } from '../domain/order.ts';
import { AuditError } from '../errors.ts';
import { readError } from './read-text.ts';

/** A file of the audit. */
export interface InputPath {
  /** Absolute. */
  readonly path: string;
  /** As shown to people and kept in results: as it was given, with forward slashes. */
  readonly shown: string;
}

/**
 * Resolves paths and globs.
 *
 * @param patterns - paths or globs, relative to `folder`
 * @returns existing files, globs expanded in code-unit order
 * @throws {AuditError} E_INPUT_MISSING when a path does not exist or a glob matches nothing
 */
export async function resolveInputs(patterns: readonly string[], folder: string): Promise<readonly InputPath[]> {
  const inputs: InputPath[] = [];
  for (const pattern of patterns) inputs.push(...(await resolveOne(pattern, folder)));
  return inputs;
}

async function resolveOne(pattern: string, folder: string): Promise<readonly InputPath[]> {
  const path = resolve(folder, pattern);
  const kind = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined;
    throw readError(cause, pattern);
  });
  if (kind?.isDirectory()) {
    throw new AuditError('E_INPUT_UNREADABLE', 'This is a folder, not a file.', {
      location: { file: pattern },
      hint: 'Name the files in it, or give a glob such as `folder/*.csv`.',
    });
  }
  if (kind !== undefined) return [{ path, shown: toShown(pattern) }];
  if (!isDynamicPattern(pattern)) {
    throw new AuditError('E_INPUT_MISSING', 'There is no such file.', { location: { file: pattern } });
  }
  const matches = await glob(toShown(pattern), {
    cwd: folder,
    absolute: true,
    onlyFiles: true,
    expandDirectories: false,
  });
  if (matches.length === 0) {
    throw new AuditError('E_INPUT_MISSING', 'The pattern matches no file.', { location: { file: pattern } });
  }
  return matches
    .map((match) => ({
      path: resolve(match),
      shown: isAbsolute(pattern) ? toShown(match) : toShown(relative(folder, match)),
    }))
    .sort((a, b) => compareText(a.shown, b.shown));
}

/** A path as it is shown and kept: with forward slashes on every system. */
export function toShown(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path;
}
