import { AuditError } from '../errors.ts';

/**
 * Decodes UTF-8; a byte order mark stays.
 *
 * @param bytes - whole characters
 * @param file - its name as shown to people
 * @param firstLine - number of the line that the bytes begin in
 * @throws {AuditError} E_INPUT_ENCODING with the line of the first byte that is not UTF-8
 */
export function decodeText(bytes: Uint8Array, file: string, firstLine = 1): string {
  try {
    return strictUtf8().decode(bytes);
  } catch (cause) {
    throw new AuditError('E_INPUT_ENCODING', 'The line is not valid UTF-8.', {
      location: { file, line: firstLine + invalidLine(bytes) },
      cause,
    });
  }
}

/** Takes a byte order mark off. */
export function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function strictUtf8(): TextDecoder {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
}

/** Line feeds before the first byte that is not UTF-8. */
function invalidLine(bytes: Uint8Array): number {
  let start = 0;
  for (let line = 0; start < bytes.length; line += 1) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    try {
      strictUtf8().decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end + 1;
  }
  return 0;
}
