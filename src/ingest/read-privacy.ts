import { resolve } from 'node:path';
import type { AuditConfig } from '../config/config.ts';
import { AuditError } from '../errors.ts';
import { readText } from './read-text.ts';

/** A shorter secret could be found by trying. */
const SHORTEST_SECRET = 16;

/**
 * Reads how counts of people get noise. The secret is used for nothing else, and stands in no output, not even as a digest.
 *
 * @returns `null` when no noise was asked for
 * @throws {AuditError} E_CONFIG_INVALID without a secret or with one that is too short, E_INPUT_MISSING, E_INPUT_UNREADABLE
 */
export async function readPrivacy({
  report,
  folder,
}: AuditConfig): Promise<{ readonly epsilon: number; readonly secret: Uint8Array } | null> {
  const { dpEpsilon, dpSecretFile } = report;
  if (dpEpsilon === undefined) return null;
  if (dpSecretFile === undefined) {
    throw new AuditError(
      'E_CONFIG_INVALID',
      'Counts with noise need a secret: without one, anybody who has the files could draw the noise again and take it off.',
      {
        hint: 'Write at least 16 random bytes to a file (openssl rand -hex 32 > dp.secret), name it in report.dpSecretFile or --dp-secret-file, and keep it.',
      },
    );
  }
  const secret = new TextEncoder().encode((await readText(resolve(folder, dpSecretFile), dpSecretFile)).trim());
  if (secret.length < SHORTEST_SECRET) {
    throw new AuditError('E_CONFIG_INVALID', `The secret for the noise has fewer than ${SHORTEST_SECRET} bytes.`, {
      location: { file: dpSecretFile },
      hint: 'Make one with: openssl rand -hex 32',
    });
  }
  return { epsilon: dpEpsilon, secret };
}
