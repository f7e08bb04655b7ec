import type { RowFile } from '../engine/count-source.ts';

/** What a writer puts where a partition column has no value. */
const NO_VALUE = '__HIVE_DEFAULT_PARTITION__';

/**
 * Columns that the folders of a path hold, as in `exports/country=DE/day=2026-11-01/part-0.parquet`. Values are text; `%20` and the like are decoded.
 *
 * @param shown - path with forward slashes
 */
export function partitionsOf(shown: string): NonNullable<RowFile['partitions']> {
  const folders = shown.split('/').slice(0, -1);
  return folders.flatMap((folder) => {
    const split = folder.indexOf('=');
    if (split <= 0) return [];
    const value = decode(folder.slice(split + 1));
    return [{ column: decode(folder.slice(0, split)), value: value === NO_VALUE || value === '' ? null : value }];
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
