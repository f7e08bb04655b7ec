import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { AuditConfig } from '../config/config.ts';
import type { AuditReport } from '../domain/report.ts';
import { AuditError } from '../errors.ts';
import type { OutputRequest } from './output.ts';

/**
 * Refuses outputs that would take the place of what is read.
 *
 * @param inputs - absolute paths; patterns and what is no file count for nothing
 * @throws {AuditError} E_USAGE
 */
export async function refuseInputs(requests: readonly OutputRequest[], inputs: readonly string[]): Promise<void> {
  const read = new Set(await Promise.all(inputs.map(identityOf)));
  for (const { path } of requests) {
    const identity = path === undefined ? undefined : await identityOf(path);
    if (identity === undefined || !read.has(identity)) continue;
    throw new AuditError('E_USAGE', `The output would take the place of an input: ${path}.`, {
      hint: 'Name another file for the output.',
    });
  }
}

/** Files that a config names; of several at once, only those that are named one by one. */
export function filesNamedBy(config: AuditConfig): readonly string[] {
  const { folder, file, definitions, assignments, traits, previous, consent, counts, waivers, baseline, lock } = config;
  const named = [
    ...definitions,
    ...assignments.files,
    ...(previous?.definitions ?? []),
    ...(previous?.assignments.files ?? []),
    ...config.packs,
    ...[traits?.file, consent?.file, counts, waivers, baseline, lock, config.report.dpSecretFile],
  ];
  const paths = named.flatMap((path) => (path === undefined ? [] : [resolve(folder, path)]));
  return file === undefined ? paths : [file.path, ...paths];
}

/** Files that an audit has read, as its report names them. */
export function filesReadBy({ inputs }: AuditReport, { folder }: AuditConfig): readonly string[] {
  return inputs.map(({ path }) => resolve(folder, path));
}

/** The same for all names of one file; undefined for what is no file. */
async function identityOf(path: string): Promise<string | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found?.isFile() === true ? `${found.dev} ${found.ino}` : undefined;
}
