import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Removes the declarations that the public ones do not lead to: whoever installs the package cannot import them, and each takes a block of the
 * disk.
 *
 * @param dist - folder of the compiled code
 */
export async function pruneTypes(dist: string): Promise<void> {
  const reached = new Set<string>();
  await follow(join(dist, 'index.d.ts'), reached);
  for (const file of await readdir(dist, { recursive: true })) {
    const path = join(dist, file);
    if (file.endsWith('.d.ts') && !reached.has(path)) await rm(path);
  }
}

async function follow(path: string, reached: Set<string>): Promise<void> {
  if (reached.has(path)) return;
  reached.add(path);
  const text = await readFile(path, 'utf8');
  for (const [, target = ''] of text.matchAll(/from '(\.[^'\n]+)'/g))
    await follow(join(dirname(path), target.replace(/\.[jt]s$/, '.d.ts')), reached);
}
