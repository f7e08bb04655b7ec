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
 * @throws {AuditError} E_OUTPUT when it cannot be made
 */
export async function openTemporaryFolder(base: string = tmpdir()): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(base, 'traitleak-')).catch((cause: unknown) => {
    throw noTemporaryPlace(base, cause);
  });
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Says that temporary files have no place, and why. */
export function noTemporaryPlace(base: string, cause: unknown): AuditError {
  return new AuditError('E_OUTPUT', `There is no place for temporary files in ${base}: ${messageOf(cause)}.`, {
    hint: 'Point TMPDIR at a folder that you may write to.',
    cause,
  });
}
