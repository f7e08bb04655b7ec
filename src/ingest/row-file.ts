import { createReadStream } from 'node:fs';
import { type Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import type { RowFile } from '../engine/count-source.ts';
import { AuditError, messageOf } from '../errors.ts';
import { guessDelimiter, parseHeader } from './csv-header.ts';
import type { InputPath } from './input-path.ts';
import { readError, refuseUtf16 } from './read-text.ts';

/** Reads the column names of a Parquet file; the engine does it. */
export type ParquetColumns = (path: string, shown: string) => Promise<readonly string[]>;

const HEADER_BYTES = 1 << 16;

/** Size of the pieces that come out of decompression. */
const DECOMPRESSED_BYTES = 1 << 18;

/**
 * Finds out how a file of rows is to be read: its format by the file name, its columns and delimiter by its first line.
 *
 * @throws {AuditError} E_INPUT_FORMAT for an unknown file name ending, E_INPUT_EMPTY, E_INPUT_COLUMN, E_INPUT_UNREADABLE
 */
export async function describeRowFile(input: InputPath, parquetColumns: ParquetColumns): Promise<RowFile> {
  const { path, shown } = input;
  const name = path.toLowerCase();
  if (/\.(parquet|pq)$/.test(name)) {
    return { path, shown, format: 'parquet', delimiter: '', columns: await parquetColumns(path, shown) };
  }
  if (!/\.(csv|tsv|psv|txt)(\.gz|\.zst)?$/.test(name)) {
    throw new AuditError(
      'E_INPUT_FORMAT',
      'Rows are read from .csv, .tsv, .psv, .txt (also .gz, .zst) and .parquet files.',
      {
        location: { file: shown },
      },
    );
  }
  const text = await firstBytes(input);
  if (text.trim() === '') throw new AuditError('E_INPUT_EMPTY', 'The file is empty.', { location: { file: shown } });
  const delimiter = guessDelimiter(text.replace(/^\ufeff/, ''));
  const columns = refuseCaseTwins(parseHeader(text, delimiter, shown), shown);
  await readToEnd(input);
  return { path, shown, format: 'csv', delimiter, columns };
}

/** The engine's column names do not tell upper from lower case. */
function refuseCaseTwins(columns: readonly string[], shown: string): readonly string[] {
  const seen = new Map<string, string>();
  for (const column of columns) {
    const folded = column.toLowerCase();
    const twin = seen.get(folded);
    if (twin !== undefined) {
      throw new AuditError('E_INPUT_COLUMN', `The columns "${twin}" and "${column}" differ in letter case only.`, {
        location: { file: shown, line: 1 },
        hint: 'Give each column a name of its own.',
      });
    }
    seen.set(folded, column);
  }
  return columns;
}

/**
 * Decompresses a file once to its end. The engine takes a stream that is cut off for a shorter file, and does not compare checksums: rows
 * would be lost in silence.
 */
async function readToEnd(input: InputPath): Promise<void> {
  const decompress = decompressor(input);
  if (decompress === undefined) return;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    await pipeline(createReadStream(input.path, { highWaterMark: 1 << 20 }), decompress, nowhere);
  } catch (cause) {
    throw explain(cause, input.shown);
  }
}

/** Decompresses and decodes the beginning of a file, up to the end of its first line. */
async function firstBytes(input: InputPath): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of source) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= HEADER_BYTES || chunk.includes(10)) return;
    }
  };
  const stream = createReadStream(input.path);
  try {
    const decompress = decompressor(input);
    if (decompress === undefined) await collect(stream);
    else await pipeline(stream, decompress, collect);
  } catch (cause) {
    if (chunks.length === 0 || !isEarlyEnd(cause)) throw explain(cause, input.shown);
  } finally {
    stream.destroy();
  }
  const bytes = Buffer.concat(chunks);
  refuseUtf16(bytes, input.shown);
  refuseInvalidHeader(bytes, input.shown);
  return bytes.toString('utf8');
}

function refuseInvalidHeader(bytes: Buffer, shown: string): void {
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

function decompressor(input: InputPath): Transform | undefined {
  if (input.path.toLowerCase().endsWith('.gz')) return zlib.createGunzip({ chunkSize: DECOMPRESSED_BYTES });
  if (!input.path.toLowerCase().endsWith('.zst')) return undefined;
  const createZstdDecompress = (zlib as { createZstdDecompress?: () => Transform }).createZstdDecompress;
  if (createZstdDecompress === undefined) {
    throw new AuditError('E_INPUT_FORMAT', `Node ${process.versions.node} cannot read .zst files.`, {
      location: { file: input.shown },
      hint: 'Use Node 22.15 or later, or compress the file with gzip.',
    });
  }
  return createZstdDecompress();
}

function isEarlyEnd(cause: unknown): boolean {
  return ['ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR'].includes(String((cause as { code?: unknown }).code));
}

function explain(cause: unknown, shown: string): AuditError {
  if (cause instanceof AuditError) return cause;
  if (String((cause as { code?: unknown }).code).startsWith('Z_')) {
    return new AuditError('E_INPUT_UNREADABLE', `The file cannot be decompressed: ${messageOf(cause)}.`, {
      location: { file: shown },
      hint: 'The file is truncated, damaged, or not compressed as its name says.',
      cause,
    });
  }
  return readError(cause, shown);
}
