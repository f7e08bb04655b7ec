/** A place in a file that a person can open. Lines and columns count from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * Writes a location as `file:line:column`, leaving out what is not known.
 *
 * @param location - where
 * @returns text that terminals and editors recognise as a link
 */
export function formatLocation(location: SourceLocation): string {
  return [location.file, location.line, location.line === undefined ? undefined : location.column]
    .filter((part) => part !== undefined)
    .join(':');
}
