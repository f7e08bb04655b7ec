import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { devNull } from 'node:os';
import { resolve } from 'node:path';
import { decodeText, withoutMark } from '../documents/decode-text.ts';
import { AuditError, messageOf } from '../errors.ts';

/** A text file that was read whole. */
export interface TextFile {
  /** Without a byte order mark. */
  readonly text: string;
  /** SHA-256 of the bytes that were read, lower-case hexadecimal. */
  readonly sha256: string;
}

/**
 * Reads a small text file whole: UTF-8, a byte order mark taken off.
 *
 * @param path - absolute path
 * @param shown - path as shown to people
 * @throws {AuditError} E_INPUT_MISSING, E_INPUT_UNREADABLE; E_INPUT_ENCODING or E_INPUT_CSV with the line of the first bad byte
 */
export async function readText(path: string, shown: string): Promise<string> {
  return (await readTextFile(path, shown)).text;
}

/** The same, with the digest of what was read, for files that the manifest names: they may change at any time. */
export async function readTextFile(path: string, shown: string): Promise<TextFile> {
  const bytes = await readBytes(path, shown);
  refuseUtf16(bytes, shown);
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    throw new AuditError('E_INPUT_CSV', 'The line holds a NUL byte.', {
      location: { file: shown, line: lineOf(bytes, nul) },
      hint: 'The file is damaged or is not text. Write it again from its source.',
    });
  }
  return {
    text: decodeText(withoutMark(bytes), shown),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

/**
 * Reads a text file of any size in chunks, in which characters may be cut in two.
 *
 * @param path - absolute path
 * @param shown - path as shown to people
 * @throws {AuditError} E_INPUT_MISSING, E_INPUT_UNREADABLE; E_INPUT_ENCODING for UTF-16
 */
export async function* readChunks(path: string, shown: string): AsyncGenerator<Uint8Array> {
  let isStart = true;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
      if (isStart) refuseUtf16(chunk, shown);
      isStart = false;
      yield chunk;
    }
  } catch (cause) {
    throw cause instanceof AuditError ? cause : readError(cause, shown);
  }
}

/** Bytes that are read at once. */
const CHUNK = 1 << 20;

/**
 * Refuses a file that begins with the mark of UTF-16, or with a NUL in the first two bytes, as UTF-16 without a mark does.
 *
 * @throws {AuditError} E_INPUT_ENCODING
 */
export function refuseUtf16(bytes: Uint8Array, shown: string): void {
  const [first, second] = bytes;
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (!hasMark && first !== 0 && second !== 0) return;
  throw new AuditError('E_INPUT_ENCODING', 'The file is UTF-16, not UTF-8.', { location: { file: shown } });
}

async function readBytes(path: string, shown: string): Promise<Uint8Array> {
  try {
    await refuseDevice(path, shown);
    return await readFile(path);
  } catch (cause) {
    throw cause instanceof AuditError ? cause : readError(cause, shown);
  }
}

/** A device may give bytes without end; the one that gives none stands for an empty file. */
async function refuseDevice(path: string, shown: string): Promise<void> {
  const found = await stat(path);
  if (!found.isCharacterDevice() && !found.isBlockDevice()) return;
  if (resolve(path) === devNull) return;
  throw new AuditError('E_INPUT_UNREADABLE', 'This is a device, not a file.', { location: { file: shown } });
}

/** Turns a file system error into one that says which file and why. */
export function readError(cause: unknown, shown: string): AuditError {
  const reason = (cause as NodeJS.ErrnoException).code;
  const location = { file: shown };
  switch (reason) {
    case 'ENOENT':
      return new AuditError('E_INPUT_MISSING', 'There is no such file.', { location, cause });
    case 'EISDIR':
      return new AuditError('E_INPUT_UNREADABLE', 'This is a folder, not a file.', { location, cause });
    case 'EACCES':
    case 'EPERM':
      return new AuditError('E_INPUT_UNREADABLE', 'You may not read this file.', { location, cause });
    default:
      return new AuditError('E_INPUT_UNREADABLE', `The file cannot be read: ${messageOf(cause)}`, { location, cause });
  }
}

function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = 0; i < offset; i += 1) if (bytes[i] === 10) line += 1;
  return line;
}
