import { access, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Names that a config file may have. */
export const CONFIG_NAMES = ['traitleak.yaml', 'traitleak.yml', 'traitleak.json'] as const;

/**
 * Looks for a config file in a folder and its parents.
 *
 * @param folder - where to begin
 * @param upwards - whether parents are searched too
 * @returns absolute path of the first config found, else undefined
 */
export async function findConfig(folder: string, upwards = true): Promise<string | undefined> {
  let current = resolve(folder);
  for (;;) {
    for (const name of CONFIG_NAMES) {
      const candidate = join(current, name);
      if (await exists(candidate)) return candidate;
    }
    const parent = dirname(current);
    if (!upwards || parent === current) return undefined;
    current = parent;
  }
}

/** Is there a folder at this path? */
export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
