import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { AuditError } from '../errors.ts';
import type { InputPath } from './input-path.ts';
import type { LineGauge } from './line-gauge.ts';
import { readError } from './read-text.ts';

/**
 * SHA-256 of a file, lower-case hexadecimal.
 *
 * @param gauge - looks at the lines on the way
 */
export async function fileDigest(input: InputPath, gauge?: LineGauge): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(input.path, { highWaterMark: 1 << 20 })) {
      hash.update(chunk as Buffer);
      gauge?.add(chunk as Buffer);
    }
  } catch (cause) {
    if (cause instanceof AuditError) throw cause;
    throw readError(cause, input.shown);
  }
  return hash.digest('hex');
}

/** SHA-256 of text in UTF-8. */
export function textDigest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
