import type { RawInput, RawInputUse } from '../domain/exposure.ts';
import type { Json } from '../domain/json.ts';
import type { AuditedSegment } from './audited-segment.ts';

/** Attributes that say what a segment is made of, as `fold` writes them. */
const INPUT_ATTRIBUTES = ['feature', 'input', 'signal', 'source', 'data source', 'column', 'field'];

/**
 * Finds definitions that are made of raw inputs: a topic that is a term of the list, or a term anywhere in an attribute that says what goes into the segment.
 * (A topic is content, so "microphone reviews" is harmless there.)
 *
 * @returns one row per segment, field and input, in the order of segments and of the list
 */
export function findRawInputs(
  segments: readonly AuditedSegment[],
  inputs: readonly RawInput[],
): readonly RawInputUse[] {
  const terms = inputs.flatMap((input) => input.terms.map((term) => ({ input, term, words: ` ${fold(term)} ` })));
  return segments.flatMap(({ segment, definition }) => {
    if (definition === undefined) return [];
    const topics = definition.topics.map(({ term }) => ` ${fold(term)} `);
    const attributes = Object.entries(definition.attributes)
      .filter(([name]) => INPUT_ATTRIBUTES.includes(fold(name)))
      .map(([name, value]) => [name, textsOf(value).map((text) => ` ${fold(text)} `)] as const);
    const uses = (field: string, isIn: (words: string) => boolean): readonly RawInputUse[] => {
      const found = new Map<string, RawInputUse>();
      for (const { input, term, words } of terms) {
        if (!found.has(input.id) && isIn(words)) {
          found.set(input.id, { segment, input: input.id, title: input.title, field, term });
        }
      }
      return [...found.values()];
    };
    return [
      ...uses('topics', (words) => topics.includes(words)),
      ...attributes.flatMap(([name, texts]) => uses(name, (words) => texts.some((text) => text.includes(words)))),
    ];
  });
}

/** Lower-case words without plural s, one space between them. */
function fold(text: string): string {
  return text
    .slice(0, 10_000)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => (word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word))
    .join(' ');
}

function textsOf(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (value !== null && typeof value === 'object') {
    return Object.entries(value as Readonly<Record<string, Json>>).flatMap(([key, one]) => [key, ...textsOf(one)]);
  }
  return [];
}
