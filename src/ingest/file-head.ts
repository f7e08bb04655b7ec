import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { AuditError } from '../errors.ts';
import { explainUnreadable } from './check-compressed.ts';
import type { InputPath } from './input-path.ts';
import { refuseUtf16 } from './read-text.ts';
import { compressionByName } from './row-format.ts';

/** The first lines of a text file; the last may be cut off. */
export interface FileHead {
  readonly text: string;
  /** Is this the whole file? */
  readonly isWhole: boolean;
}

/** Reads lines of a file that Node may not be able to decompress. */
export type FirstLines = (path: string, shown: string, lines: number) => Promise<string>;

/** Where no line has ended yet, this much more is read. */
const LONGEST_LINE = 1 << 24;

const ZSTD_LINES = 50;

/**
 * Reads and decodes the beginning of a text file: `bytes` of it, or more where the first line is longer.
 *
 * @throws {AuditError} E_INPUT_UNREADABLE, E_INPUT_ENCODING, E_INPUT_EMPTY
 */
export async function fileHead(input: InputPath, bytes: number, firstLines: FirstLines): Promise<FileHead> {
  const head =
    compressionByName(input.path) === 'zstd'
      ? { text: await firstLines(input.path, input.shown, ZSTD_LINES), isWhole: false }
      : await firstBytes(input, bytes);
  if (head.text.trim() === '') {
    throw new AuditError('E_INPUT_EMPTY', 'The file is empty.', { location: { file: input.shown } });
  }
  return head;
}

async function firstBytes(input: InputPath, bytes: number): Promise<FileHead> {
  const chunks: Buffer[] = [];
  let size = 0;
  let isWhole = true;
  let hasLine = false;
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of source) {
      chunks.push(chunk);
      size += chunk.length;
      hasLine ||= chunk.includes(10) || chunk.includes(13);
      if ((size >= bytes && hasLine) || size >= LONGEST_LINE) {
        isWhole = false;
        return;
      }
    }
  };
  const stream = createReadStream(input.path);
  try {
    if (compressionByName(input.path) === 'gzip') await pipeline(stream, createGunzip(), collect);
    else await collect(stream);
  } catch (cause) {
    if (chunks.length === 0 || !isEarlyEnd(cause)) throw explainUnreadable(cause, input.shown);
  } finally {
    stream.destroy();
  }
  const all = Buffer.concat(chunks);
  refuseUtf16(all, input.shown);
  refuseInvalidFirstLine(all, input.shown);
  return { text: all.toString('utf8'), isWhole };
}

function refuseInvalidFirstLine(bytes: Buffer, shown: string): void {
  const newline = bytes.indexOf(10);
  try {
    // What was read of a longer line may end inside a character; as a stream may.
    const line = newline < 0 ? bytes : bytes.subarray(0, newline);
    new TextDecoder('utf-8', { fatal: true }).decode(line, { stream: newline < 0 });
  } catch (cause) {
    throw new AuditError('E_INPUT_ENCODING', 'The line is not valid UTF-8.', {
      location: { file: shown, line: 1 },
      cause,
    });
  }
}

function isEarlyEnd(cause: unknown): boolean {
  return ['ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR'].includes(String((cause as { code?: unknown }).code));
}
