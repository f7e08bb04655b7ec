import { posix } from 'node:path';
import type { SourceLocation } from '../domain/location.ts';
import type { AuditReport, InputRecord } from '../domain/report.ts';

type Placed = Pick<AuditReport, 'manifest'>;

/**
 * Writes the path of an input as it is seen from the root of the repository, where services look. In the report it is counted from the
 * folder of the config.
 *
 * @param path - with slashes or backslashes, relative or absolute
 */
function pathFromRoot({ manifest }: Placed, path: string): string {
  const { folder } = manifest;
  const isAbsolute = /^(?:[\\/]|[A-Za-z]:[\\/])/.test(path);
  if (folder === '.' || isAbsolute) return path;
  return posix.join(folder, path.replaceAll('\\', '/'));
}

/** Writes the path of an input as it is seen from the root of the repository. */
export function inputFromRoot(report: Placed, { role, path }: InputRecord): string {
  // The config is shown by its path from the working directory; it lies in the folder that all other paths are counted from.
  return pathFromRoot(report, role === 'config' ? (path.split(/[\\/]/).at(-1) ?? path) : path);
}

/** Writes a place as it is seen from the root of the repository. */
export function placeFromRoot(report: Placed, location: SourceLocation): SourceLocation {
  return { ...location, file: pathFromRoot(report, location.file) };
}
