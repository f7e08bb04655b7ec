/** One element of a term after its alternatives were written out. */
export type PatternElement =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'class'; readonly name: string }
  /** A long list of alternatives; it is matched like a class that has no name. */
  | { readonly kind: 'list'; readonly words: readonly string[] }
  | { readonly kind: 'number' | 'range'; readonly from: number; readonly to: number };

/** A mistake in a term, told in plain words. */
export class PatternError extends Error {}

/** A term may not stand for more sequences than this: a longer list belongs in a word class. */
const MOST_SEQUENCES = 256;

/** From this many plain alternatives on, a choice is a list of its own and is not written out. */
const LONG_CHOICE = 12;

type Sequence = readonly PatternElement[];

function cross(left: readonly Sequence[], right: readonly Sequence[]): readonly Sequence[] {
  if (left.length * right.length > MOST_SEQUENCES) {
    throw new PatternError(`stands for more than ${MOST_SEQUENCES} phrases; use a word class instead`);
  }
  return left.flatMap((head) => right.map((tail) => [...head, ...tail]));
}

function closing(term: string, open: number, close: string): number {
  const opener = term[open];
  let depth = 0;
  for (let at = open; at < term.length; at += 1) {
    if (term[at] === opener) depth += 1;
    else if (term[at] === close) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  throw new PatternError(`has "${opener}" without "${close}"`);
}

function splitAlternatives(inner: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < inner.length; at += 1) {
    const character = inner[at];
    if (character === '(' || character === '[' || character === '{') depth += 1;
    else if (character === ')' || character === ']' || character === '}') depth -= 1;
    else if (character === '|' && depth === 0) {
      parts.push(inner.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, inner.slice(from)];
}

function special(inner: string): PatternElement {
  if (inner.startsWith('@')) return { kind: 'class', name: inner.slice(1).trim() };
  const match = /^(n|range):(-?[0-9.]*?)\.\.(-?[0-9.]*)$/.exec(inner.trim());
  if (match === null) throw new PatternError(`has "{${inner}}", which is neither {@class}, {n:a..b} nor {range:a..b}`);
  return {
    kind: match[1] === 'n' ? 'number' : 'range',
    from: match[2] === '' || match[2] === undefined ? Number.NEGATIVE_INFINITY : Number(match[2]),
    to: match[3] === '' || match[3] === undefined ? Number.POSITIVE_INFINITY : Number(match[3]),
  };
}

/**
 * Writes out a term with patterns as the sequences that it stands for. See "Patterns inside a term" in rules/README.md.
 *
 * @param term - the term as in the lexicon
 * @returns sequences of words, classes, numbers and brackets
 * @throws {PatternError} when the term is malformed or stands for more than 256 sequences
 */
export function expandTerm(term: string): readonly Sequence[] {
  let sequences: readonly Sequence[] = [[]];
  let words = '';
  const flush = (): void => {
    if (words.trim() !== '') sequences = cross(sequences, [[{ kind: 'words', text: words.trim() }]]);
    words = '';
  };
  for (let at = 0; at < term.length; at += 1) {
    const character = term[at];
    if (character === '(' || character === '[') {
      const end = closing(term, at, character === '(' ? ')' : ']');
      const parts = splitAlternatives(term.slice(at + 1, end));
      const isList = parts.length >= LONG_CHOICE && parts.every((part) => part.trim() !== '' && !/[([{]/.test(part));
      const alternatives: readonly Sequence[] = isList
        ? [[{ kind: 'list', words: parts.map((part) => part.trim()) }]]
        : parts.flatMap(expandTerm);
      flush();
      sequences = cross(sequences, character === '(' ? alternatives : [...alternatives, []]);
      at = end;
    } else if (character === '{') {
      const end = closing(term, at, '}');
      flush();
      sequences = cross(sequences, [[special(term.slice(at + 1, end))]]);
      at = end;
    } else words += character;
  }
  flush();
  return sequences.map(joinWords);
}

/** Joins neighbouring word elements, so that a phrase bends as a whole. */
function joinWords(sequence: Sequence): Sequence {
  const joined: PatternElement[] = [];
  for (const element of sequence) {
    const last = joined[joined.length - 1];
    if (element.kind === 'words' && last?.kind === 'words') {
      joined[joined.length - 1] = { kind: 'words', text: `${last.text} ${element.text}` };
    } else joined.push(element);
  }
  return joined;
}
