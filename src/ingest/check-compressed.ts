import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { AuditError, messageOf } from '../errors.ts';
import { inTurns } from './in-turns.ts';
import type { InputPath } from './input-path.ts';
import { lineGauge } from './line-gauge.ts';
import { readError } from './read-text.ts';
import { compressionByName, formatByName } from './row-format.ts';

/** Size of the pieces that come out of decompression. */
const DECOMPRESSED_BYTES = 1 << 18;

const HINT = 'The file is truncated, damaged, or not compressed as its name says.';

/** Checks of compressed files that run beside everything else. */
export interface CompressedFileChecks {
  begin(inputs: readonly InputPath[]): void;
  /** Waits for all checks that were begun; throws the first failure, in the order of the files. */
  finish(): Promise<void>;
}

/** Makes a set of checks; a failure waits until `finish`. */
export function compressedFileChecks(): CompressedFileChecks {
  const outcomes: Promise<unknown>[] = [];
  return {
    begin(inputs) {
      const files = inputs.filter(({ path }) => compressionByName(path) !== undefined);
      if (files.length === 0) return;
      outcomes.push(
        inTurns(files, checkCompressed).then(
          () => undefined,
          (error: unknown) => error,
        ),
      );
    },
    async finish() {
      const error = (await Promise.all(outcomes)).find((outcome) => outcome !== undefined);
      if (error !== undefined) throw error;
    },
  };
}

/**
 * Makes sure that a compressed file is whole. The engine takes a stream that is cut off for a shorter file, and does not compare gzip's
 * checksums: rows would be lost in silence. gzip has to be decompressed for that, so this runs beside the engine's own reading; of Zstandard
 * only the sizes of the blocks are read, since the engine finds damage inside a block by itself.
 *
 * @throws {AuditError} E_INPUT_UNREADABLE
 */
async function checkCompressed(input: InputPath): Promise<void> {
  switch (compressionByName(input.path)) {
    case 'gzip':
      return inflateAll(input);
    case 'zstd':
      return walkFrames(input);
    case undefined:
      return;
  }
}

async function inflateAll(input: InputPath): Promise<void> {
  const format = formatByName(input.path);
  // Without an ending that tells, it can only be CSV that the config names.
  const gauge = format === undefined || format === 'csv' ? lineGauge(input.shown) : undefined;
  const nowhere = new Writable({
    write(chunk: Buffer, _encoding, done) {
      try {
        gauge?.add(chunk);
        done();
      } catch (fault) {
        done(fault as Error);
      }
    },
  });
  try {
    await pipeline(
      createReadStream(input.path, { highWaterMark: 1 << 20 }),
      createGunzip({ chunkSize: DECOMPRESSED_BYTES }),
      nowhere,
    );
  } catch (cause) {
    throw explainUnreadable(cause, input.shown);
  }
}

/** Turns what reading a compressed file ended with into an error that says which file and why. */
export function explainUnreadable(cause: unknown, shown: string): AuditError {
  if (cause instanceof AuditError) return cause;
  if (!String((cause as { code?: unknown }).code).startsWith('Z_')) return readError(cause, shown);
  return new AuditError('E_INPUT_UNREADABLE', `The file cannot be decompressed: ${messageOf(cause)}.`, {
    location: { file: shown },
    hint: HINT,
    cause,
  });
}

/** First four bytes of a frame, little-endian (RFC 8878, 3.1.1 and 3.1.2). */
const ZSTD_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;

const CHECKSUM_BYTES = 4;

/** Follows the frames and blocks of a Zstandard file (RFC 8878) from size to size, to see whether the last one is whole. */
async function walkFrames(input: InputPath): Promise<void> {
  let file: FileHandle | undefined;
  try {
    file = await open(input.path);
    const { size } = await file.stat();
    const reader = windowed(file, size);
    let at = 0;
    while (at < size) at = await endOfFrame(reader, at);
    if (at === size) return;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw readError(cause, input.shown);
  } finally {
    await file?.close();
  }
  throw new AuditError('E_INPUT_UNREADABLE', 'The file cannot be decompressed: unexpected end of file.', {
    location: { file: input.shown },
    hint: HINT,
  });
}

/** Reads bytes at a position. */
type ReadAt = (position: number, length: number) => Promise<Buffer>;

async function endOfFrame(read: ReadAt, start: number): Promise<number> {
  const magic = (await read(start, 4)).readUInt32LE();
  if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) return start + 8 + (await read(start + 4, 4)).readUInt32LE();
  if (magic !== ZSTD_MAGIC) throw new RangeError('no frame begins here');
  const descriptor = (await read(start + 4, 1)).readUInt8();
  const isSingleSegment = (descriptor & 0b10_0000) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 0b11] ?? 0;
  const contentSizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  let at = start + 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes + contentSizeBytes;
  for (;;) {
    const header = (await read(at, 3)).readUIntLE(0, 3);
    const isRunLength = ((header >> 1) & 0b11) === 1;
    at += 3 + (isRunLength ? 1 : header >> 3);
    if ((header & 1) === 1) return at + ((descriptor & 0b100) === 0 ? 0 : CHECKSUM_BYTES);
  }
}

/** Blocks have 128 KiB at most, so most headers lie in a piece that was read already. */
const WINDOW_BYTES = 1 << 20;

/** Reads a file in large pieces. Reading beyond its end is a `RangeError`. */
function windowed(file: FileHandle, size: number): ReadAt {
  const window = Buffer.alloc(Math.min(size, WINDOW_BYTES));
  let from = 0;
  let filled = 0;
  return async (position, length) => {
    if (position + length > size) throw new RangeError('the file ends here');
    if (position < from || position + length > from + filled) {
      from = position;
      filled = 0;
      while (filled < length) {
        const { bytesRead } = await file.read(window, filled, window.length - filled, from + filled);
        if (bytesRead === 0) throw new RangeError('the file ends here');
        filled += bytesRead;
      }
    }
    return window.subarray(position - from, position - from + length);
  };
}
