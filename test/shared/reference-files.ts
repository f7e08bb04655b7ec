import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const SHARED = new URL('../../../shared/data/', import.meta.url);

/** Says whether a file of the reference data beside the project is there; the tests that need it skip without it. */
export function hasReference(path: string): boolean {
  return existsSync(fileURLToPath(new URL(path, SHARED)));
}

/** Reads a text file of the reference data, unzipped when its name ends in .gz. */
export function readReference(path: string): string {
  const bytes = readFileSync(fileURLToPath(new URL(path, SHARED)));
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** Reads a JSON list of reference tables; empty when the data is not there, so that `test.skipIf` can say so. */
export function readVectors<T>(path: string): T[] {
  return hasReference(path) ? (JSON.parse(readReference(path)) as T[]) : [];
}

/** Reads a CSV file without line breaks in cells into one record per row. */
export function readRecords(path: string): Record<string, string>[] {
  if (!hasReference(path)) return [];
  const [header = [], ...rows] = readReference(path)
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map(cellsOf);
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])));
}

function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((cell) =>
    cell[1] === undefined ? (cell[2] ?? '') : cell[1].replaceAll('""', '"'),
  );
}

/** A number as the reference files write it: a string stands for an infinity, null for not defined. */
export type ReferenceNumber = number | 'Infinity' | '-Infinity' | null;

/** Relative distance of two numbers, absolute below 1e-12; Infinity when only one of them is defined. */
export function distance(actual: number | null | undefined, expected: ReferenceNumber): number {
  if (actual === null || actual === undefined || expected === null) {
    return (actual ?? null) === expected ? 0 : Number.POSITIVE_INFINITY;
  }
  const target = Number(expected);
  if (actual === target) return 0;
  return Math.abs(actual - target) / Math.max(Math.abs(target), 1e-3);
}
