import { createReadStream } from 'node:fs';
import type { Transform } from 'node:stream';
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
  return { path, shown, format: 'csv', delimiter, columns: parseHeader(text, delimiter, shown) };
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
  return bytes.toString('utf8');
}

function decompressor(input: InputPath): Transform | undefined {
  if (input.path.toLowerCase().endsWith('.gz')) return zlib.createGunzip();
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
