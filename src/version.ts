import { readFileSync } from 'node:fs';
import { PACKAGE_FILE } from './shipped-files.ts';

/** Name and version of this package, from its manifest. */
export function toolVersion(): { readonly name: string; readonly version: string } {
  const { name, version } = JSON.parse(readFileSync(PACKAGE_FILE, 'utf8')) as { name: string; version: string };
  return { name, version };
}
