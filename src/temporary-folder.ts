import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditError, messageOf } from './errors.ts';

/** A folder that is removed when it is no longer needed. */
export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Makes a folder for temporary files that only this user may read.
 *
 * @param base - the folder that it is made in; the system's for temporary files (`TMPDIR`) when left out
 * @param prefix - what its name begins with
 * @throws {AuditError} E_OUTPUT when it cannot be made
 */
export async function openTemporaryFolder(
  base: string = tmpdir(),
  prefix: string = 'traitleak-',
): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(base, prefix)).catch((cause: unknown) => {
    throw new AuditError('E_OUTPUT', `There is no place for temporary files in ${base}: ${messageOf(cause)}.`, {
      hint: 'Point TMPDIR at a folder that you may write to.',
      cause,
    });
  });
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
