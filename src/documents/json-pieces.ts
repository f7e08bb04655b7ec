import { jsonForm } from '../domain/json.ts';
import { gather, type Pieces } from '../domain/pieces.ts';

/** What is stringified at once weighs no more: some 100 to 300 KB of text. */
const HEAVIEST = 16_384;

/**
 * Writes JSON as `JSON.stringify(value, undefined, 2)` and a line feed would, in pieces: the whole may be longer than one string can be.
 *
 * @param value - plain data, or what turns into it by methods `toJSON`
 * @param heaviest - keys and values that are stringified at once
 */
export function jsonPieces(value: unknown, heaviest: number = HEAVIEST): Pieces {
  return gather(jsonTexts(value, heaviest));
}

function* jsonTexts(value: unknown, heaviest: number): Generator<string> {
  yield* textsOf(jsonForm(value), 0, heaviest);
  yield '\n';
}

type Entry = readonly [key: string | number, value: unknown];

/** The text of a value inside `depth` lists and objects. */
function* textsOf(value: unknown, depth: number, heaviest: number): Generator<string> {
  if (!isContainer(value) || weigh(value, heaviest) <= heaviest) {
    yield textInside(value, depth);
    return;
  }
  const isList = Array.isArray(value);
  const entries: Iterable<Entry> = isList ? value.entries() : Object.entries(value).filter(isWritten);
  const indent = '  '.repeat(depth);
  yield isList ? '[' : '{';
  let separator = '\n';
  for (const batch of batches(entries, heaviest)) {
    yield separator;
    separator = ',\n';
    const [[key, first] = ['', undefined]] = batch;
    if (batch.length === 1 && isContainer(first)) {
      yield `${indent}  ${isList ? '' : `${JSON.stringify(key)}: `}`;
      yield* textsOf(first, depth + 1, heaviest);
    } else {
      const text = textInside(isList ? batch.map(([, element]) => element) : Object.fromEntries(batch), depth);
      yield text.slice('[\n'.length, -`\n${indent}]`.length);
    }
  }
  yield `${separator === '\n' ? '' : `\n${indent}`}${isList ? ']' : '}'}`;
}

/** Entries that together weigh no more than the heaviest, in the form of JSON and in order; one that is heavier is alone. */
function* batches(entries: Iterable<Entry>, heaviest: number): Generator<readonly Entry[]> {
  let batch: Entry[] = [];
  let weight = 0;
  for (const [key, value] of entries) {
    const form = jsonForm(value);
    const own = weigh(form, heaviest) + 1;
    if (weight + own > heaviest && batch.length > 0) {
      yield batch;
      batch = [];
      weight = 0;
    }
    batch.push([key, form]);
    weight += own;
  }
  if (batch.length > 0) yield batch;
}

/** `JSON.stringify` indents a value as it should be inside as many lists; what these add on both sides is cut off. */
function textInside(value: unknown, depth: number): string {
  let nested = value;
  for (let level = 0; level < depth; level += 1) nested = [nested];
  const text = JSON.stringify(nested, undefined, 2);
  const added = depth * (depth + 1);
  return text.slice(added + 2 * depth, text.length - added);
}

/** Characters of a text that weigh as much as a number. */
const CHARACTERS = 8;

/** How much text a value makes: its keys and values, counted until there are more than `most`. */
function weigh(given: unknown, most: number): number {
  const value = jsonForm(given);
  if (typeof value === 'string') return 1 + value.length / CHARACTERS;
  if (!isContainer(value)) return 1;
  let weight = 1;
  if (Array.isArray(value)) {
    for (const element of value) {
      weight += weigh(element, most - weight);
      if (weight > most) return weight;
    }
    return weight;
  }
  for (const key in value) {
    weight += 1 + weigh((value as Readonly<Record<string, unknown>>)[key], most - weight);
    if (weight > most) return weight;
  }
  return weight;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** `JSON.stringify` leaves out members that have no value. */
function isWritten([, value]: Entry): boolean {
  return value !== undefined;
}
