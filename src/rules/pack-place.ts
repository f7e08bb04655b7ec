import { readdir, readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import { didYouMean } from '../did-you-mean.ts';
import { compareText } from '../domain/order.ts';
import { AuditError } from '../errors.ts';
import { PACKS_FOLDER } from '../shipped-files.ts';

/** Where a pack file is. */
export interface PackPlace {
  /** Absolute path. */
  readonly path: string;
  /** Path as shown to people. */
  readonly shown: string;
}

/** Names of the packs that ship with the program. */
export async function shippedPacks(): Promise<readonly string[]> {
  const files = await readdir(PACKS_FOLDER);
  return files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort(compareText);
}

/** Where a shipped pack is. */
export function shippedPlace(name: string): PackPlace {
  return { path: join(PACKS_FOLDER, `${name}.yaml`), shown: `rules/packs/${name}.yaml` };
}

/**
 * Finds the file of a pack.
 *
 * @param reference - name of a shipped pack, path of a pack file, or name of an npm package
 * @param folder - folder that a path is relative to, and from which packages are looked for upwards
 * @param shownFolder - that folder as shown to people; empty for the one that people start from
 * @throws {AuditError} E_PACK_NOT_FOUND
 */
export async function findPack(reference: string, folder: string, shownFolder = ''): Promise<PackPlace> {
  const shipped = await shippedPacks();
  if (shipped.includes(reference)) return shippedPlace(reference);
  if (isPath(reference)) {
    return { path: resolve(folder, reference), shown: shownPath(shownFolder, reference) };
  }
  const path = isPackageName(reference) ? await packFileOfPackage(reference, folder) : undefined;
  if (path !== undefined) return { path, shown: shownPath(shownFolder, relative(folder, path)) };
  throw new AuditError(
    'E_PACK_NOT_FOUND',
    `There is no pack "${reference}".${didYouMean(reference, shipped)} Shipped: ${shipped.join(', ')}.`,
  );
}

function isPath(reference: string): boolean {
  if (isAbsolute(reference) || /^\.{1,2}([\\/]|$)/.test(reference) || /\.(ya?ml|json)$/i.test(reference)) return true;
  return /[\\/]/.test(reference) && !isPackageName(reference);
}

/** `name` or `@scope/name`. */
function isPackageName(reference: string): boolean {
  return /^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/i.test(reference);
}

/**
 * File of the pack that an npm package holds: what its package.json names as `traitleak.pack`, else `pack.yaml`.
 *
 * @returns undefined when no folder from here upwards has the package
 * @throws {AuditError} E_PACK_NOT_FOUND when the package is there and its package.json cannot be read
 */
async function packFileOfPackage(name: string, from: string): Promise<string | undefined> {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const root = join(folder, 'node_modules', ...name.split('/'));
    const text = await readFile(join(root, 'package.json'), 'utf8').catch(() => undefined);
    if (text !== undefined) return join(root, packNamedBy(text, name));
    if (dirname(folder) === folder) return undefined;
  }
}

function packNamedBy(packageJson: string, name: string): string {
  let manifest: unknown;
  try {
    manifest = JSON.parse(packageJson);
  } catch (cause) {
    throw new AuditError('E_PACK_NOT_FOUND', `The package.json of the npm package "${name}" is not JSON.`, { cause });
  }
  const { traitleak } = (manifest ?? {}) as { traitleak?: { pack?: unknown } };
  return typeof traitleak?.pack === 'string' ? traitleak.pack : 'pack.yaml';
}

function shownPath(folder: string, path: string): string {
  const shown = sep === '\\' ? path.replaceAll('\\', '/') : path;
  return folder === '' || isAbsolute(path) ? shown : posix.join(folder, shown);
}
