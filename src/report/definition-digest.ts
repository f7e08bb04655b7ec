import { compareText } from '../domain/order.ts';
import type { SegmentDefinition } from '../domain/segment.ts';
import { textDigest } from '../ingest/digest.ts';

/** Digits of a digest that are kept: enough that no two definitions share them, and short enough for a line of a waiver. */
const DIGITS = 16;

/**
 * Digest of what a definition says in words: name, description, and topics with their weights. The order of topics, the place in the file
 * and other attributes do not enter.
 *
 * @returns 16 hexadecimal digits
 */
export function definitionDigest({ name, description, topics }: SegmentDefinition): string {
  const weighted = topics
    .map(({ term, weight }) => [term, weight] as const)
    .sort(([a, x], [b, y]) => compareText(a, b) || x - y);
  return shortDigest([name ?? null, description ?? null, weighted]);
}

/** Digest of a JSON value; 16 hexadecimal digits. */
export function shortDigest(value: unknown): string {
  return textDigest(JSON.stringify(value)).slice(0, DIGITS);
}
