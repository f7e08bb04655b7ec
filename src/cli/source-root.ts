import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/**
 * The folder that paths in a report are counted from: the root of the repository that a folder lies in, since code scanning and merge requests
 * look from there; without a repository, the folder itself.
 *
 * @returns absolute path
 */
export async function sourceRoot(folder: string): Promise<string> {
  for (let current = resolve(folder); ; current = dirname(current)) {
    // A folder in a clone, a file in a worktree or a submodule.
    if ((await stat(join(current, '.git')).catch(() => undefined)) !== undefined) return current;
    if (dirname(current) === current) return resolve(folder);
  }
}
