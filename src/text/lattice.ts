import type { Lexicons } from './compiled-lexicons.ts';
import { WordFlag } from './compiled-lexicons.ts';
import { foldWord } from './fold.ts';
import { STAND_IN_SIGNS } from './leetspeak.ts';
import { MASK, unmask } from './masked-words.ts';
import { disguisedReading, joinedWords, readUnknown, stemsOf } from './readings.ts';
import { type Token, tokenise } from './tokenise.ts';

/** A way to read one or several tokens as one known word. */
export interface Edge {
  readonly id: number;
  /** Index of the token after it. */
  readonly next: number;
  readonly start: number;
  readonly end: number;
  readonly disguise?: string;
}

/** A text as tokens, with every way in which they can be read. */
export interface Lattice {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Vocabulary id of each token's key, or -1. */
  readonly ids: Int32Array;
  /** Further readings that begin at a token. */
  readonly edges: ReadonlyMap<number, readonly Edge[]>;
}

const LONGEST_JOINED = 14;
const LONGEST_CHUNK = 30;

function isStandIn(text: string): boolean {
  for (const character of text) if (!STAND_IN_SIGNS.has(character) && !MASK.test(character)) return false;
  return true;
}

function addEdge(edges: Map<number, Edge[]>, at: number, edge: Edge): void {
  const list = edges.get(at);
  if (list === undefined) edges.set(at, [edge]);
  else list.push(edge);
}

/** Replaces unknown words that are several known ones written together. */
function splitJoined(lexicons: Lexicons, tokens: readonly Token[]): readonly Token[] {
  let result: Token[] | undefined;
  tokens.forEach((token, index) => {
    const pieces =
      token.kind === 'word' && token.key.length >= 6 && !lexicons.ids.has(token.key)
        ? readUnknown(lexicons, token.key).pieces
        : undefined;
    if (pieces === undefined) {
      result?.push(token);
      return;
    }
    result ??= tokens.slice(0, index);
    const mapsOneToOne = token.end - token.start === token.key.length;
    let from = 0;
    pieces.forEach((length, piece) => {
      result?.push({
        ...token,
        key: token.key.slice(from, from + length),
        start: mapsOneToOne ? token.start + from : token.start,
        end: mapsOneToOne ? token.start + from + length : token.end,
        isGlued: piece > 0 || token.isGlued,
        breaksBefore: piece === 0 && token.breaksBefore,
        disguise: 'joined words',
      });
      from += length;
    });
  });
  return result ?? tokens;
}

function isPeopleWord(lexicons: Lexicons, word: string): boolean {
  return ((lexicons.flags[lexicons.ids.get(word) ?? -1] ?? 0) & WordFlag.people) !== 0;
}

/** Signs that stand for the first letter of a word (`$ex`) more often than they belong to it. */
const LEADING_STAND_IN = /^[$€@!]$/;

/** Signs that stand for the last letter of a word (`MAG@`). */
const TRAILING_STAND_IN = /^[@$]$/;

/** A run that is one known word with a sign beside it, such as `LGBT+`, is not in disguise. */
function isKnownWithSign(lattice: Lattice, first: number, last: number): boolean {
  let words = 0;
  for (let at = first; at <= last; at += 1) {
    const token = lattice.tokens[at];
    if (token === undefined || token.kind === 'sign') continue;
    words += 1;
    if ((lattice.ids[at] ?? -1) < 0 || token.key.length < 2) return false;
  }
  return words === 1;
}

/** Reads a run without spaces, from token `first` to `last`, as one word with stand-ins or masks. */
function addChunkEdge(
  lexicons: Lexicons,
  lattice: Lattice,
  edges: Map<number, Edge[]>,
  first: number,
  last: number,
): void {
  const { text, tokens } = lattice;
  const from = tokens[first];
  const to = tokens[last];
  if (from === undefined || to === undefined || to.end - from.start > LONGEST_CHUNK) return;
  const isPlain = isKnownWithSign(lattice, first, last);
  if (isPlain && !LEADING_STAND_IN.test(from.key) && !TRAILING_STAND_IN.test(text[to.end] ?? '')) return;
  let start = from.start;
  while (start > 0 && from.start - start < 2 && STAND_IN_SIGNS.has(text[start - 1] ?? '')) start -= 1;
  let end = to.end;
  while (end < text.length && end - to.end < 8 && (STAND_IN_SIGNS.has(text[end] ?? '') || MASK.test(text[end] ?? '')))
    end += 1;
  if (first === last && start === from.start && end === to.end) return;
  const spans = [
    [from.start, to.end],
    [from.start, end],
    [start, to.end],
  ] as const;
  for (const [a, b] of spans) {
    const raw = foldWord(text.slice(a, b)).replace(/['’]/gu, '');
    if (raw.length < 3 || !/\p{L}/u.test(raw)) continue;
    const goesOn = b === to.end && /^-\p{L}/u.test(text.slice(b, b + 3));
    let reading = disguisedReading(lexicons, raw, goesOn);
    if (reading === undefined && MASK.test(raw) && /^[a-z]/.test(raw)) {
      const word = unmask(raw, lexicons.masks(), {
        isPlain: (masked) => isPeopleWord(lexicons, masked),
        isHome: (masked) => lexicons.languagesOf(lexicons.ids.get(masked) ?? -1).includes('en'),
      });
      const id = word === undefined ? undefined : lexicons.ids.get(word);
      const shown = raw.replace(/[^a-z]/g, '').length;
      if (id !== undefined && shown >= 2 && shown * 2 >= raw.length - 1) reading = { id, disguise: 'masked letters' };
    }
    if (reading !== undefined) {
      addEdge(edges, first, { ...reading, next: last + 1, start: a, end: b });
      return;
    }
  }
}

/** Reads runs of single letters (`c a n c e r`, `g.a.y`) from token `first` to before `end`. */
function addSpacedEdges(
  lexicons: Lexicons,
  lattice: Lattice,
  edges: Map<number, Edge[]>,
  first: number,
  end: number,
): void {
  const { tokens } = lattice;
  const join = (from: number, to: number): string => {
    let word = '';
    for (let at = from; at < to; at += 1) word += tokens[at]?.key ?? '';
    return word;
  };
  const add = (from: number, to: number, id: number): void => {
    addEdge(edges, from, {
      id,
      next: to,
      start: tokens[from]?.start ?? 0,
      end: tokens[to - 1]?.end ?? 0,
      disguise: 'spaced-out letters',
    });
  };
  if (end - first <= 40) {
    const whole = join(first, end);
    const id = lexicons.ids.get(whole) ?? disguisedReading(lexicons, whole)?.id;
    if (id !== undefined) {
      add(first, end, id);
      return;
    }
    const pieces = joinedWords(lexicons, whole);
    if (pieces !== undefined) {
      let from = first;
      for (const length of pieces) {
        add(from, from + length, lexicons.ids.get(join(from, from + length)) ?? -1);
        from += length;
      }
      return;
    }
  }
  for (let from = first; from + 4 <= end; from += 1) {
    for (let to = Math.min(end, from + LONGEST_JOINED); to >= from + 4; to -= 1) {
      const id = lexicons.ids.get(join(from, to));
      if (id === undefined || ((lexicons.flags[id] ?? 0) & WordFlag.explicit) === 0) continue;
      add(from, to, id);
      break;
    }
  }
}

/** A consonant by itself, which is no word of any language that writes it in Latin letters. */
function isLoneLetter(token: Token): boolean {
  return token.key.length === 1 && /[b-df-hj-np-tv-xz]/.test(token.key);
}

/** Longest piece of a word that was cut up (`les bi ans`), whether or not the pieces are words. */
const LONGEST_SHRED = 3;

/** Reads two to four neighbouring pieces as one term: `trans-gender`, `les bian`. */
function addJoinedEdge(lexicons: Lexicons, lattice: Lattice, edges: Map<number, Edge[]>, at: number): void {
  const { text, tokens, ids } = lattice;
  const first = tokens[at];
  if (first === undefined || first.kind !== 'word') return;
  let word = first.key;
  let unknown = (ids[at] ?? -1) < 0 ? 1 : 0;
  let loneLetters = isLoneLetter(first) ? 1 : 0;
  let hyphened = true;
  let shreds = first.key.length <= LONGEST_SHRED;
  for (let next = at + 1; next < Math.min(tokens.length, at + 4); next += 1) {
    const token = tokens[next];
    const before = tokens[next - 1];
    if (token === undefined || before === undefined || token.kind !== 'word' || token.breaksBefore) return;
    const isSpace = token.start - before.end === 1 && text[before.end] === ' ';
    if (isSpace || !/^[-‐‑_.·]?$/u.test(text.slice(before.end, token.start))) hyphened = false;
    if (!hyphened && !isSpace) return;
    word += token.key;
    if ((ids[next] ?? -1) < 0) unknown += 1;
    if (isLoneLetter(token)) loneLetters += 1;
    if (word.length > LONGEST_CHUNK) return;
    if (token.key.length > LONGEST_SHRED) shreds = false;
    const isShredded = shreds && next - at >= 2 && word.length >= 7;
    if (
      hyphened
        ? word.length < 5
        : !isShredded && (unknown + loneLetters === 0 || word.length < (loneLetters > 0 ? 4 : 6))
    )
      continue;
    const id = lexicons.ids.get(word);
    if (id === undefined || ((lexicons.flags[id] ?? 0) & WordFlag.term) === 0) continue;
    addEdge(edges, at, {
      id,
      next: next + 1,
      start: first.start,
      end: token.end,
      ...(hyphened ? {} : { disguise: 'spaced-out letters' }),
    });
  }
}

/**
 * Cuts a text into tokens and finds all readings of them: as they stand, without particles, by their beginning, and
 * out of every disguise. Linear in the text.
 *
 * @param lexicons - what is known
 * @param text - a text in compatibility form
 * @returns tokens and readings
 */
export function readText(lexicons: Lexicons, text: string): Lattice {
  const tokens = splitJoined(
    lexicons,
    tokenise(text, (key) => lexicons.ids.has(key)),
  );
  const ids = new Int32Array(tokens.length);
  const edges = new Map<number, Edge[]>();
  const lattice: Lattice = { text, tokens, ids, edges };
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) continue;
    const id = lexicons.ids.get(token.key) ?? -1;
    ids[at] = id;
    if (token.kind !== 'word') continue;
    for (const stem of stemsOf(lexicons, token.key))
      addEdge(edges, at, { id: stem, next: at + 1, start: token.start, end: token.end });
    if (id >= 0) continue;
    const { reading } = readUnknown(lexicons, token.key);
    if (reading !== undefined) addEdge(edges, at, { ...reading, next: at + 1, start: token.start, end: token.end });
  }
  for (let at = 0; at < tokens.length; at += 1) addJoinedEdge(lexicons, lattice, edges, at);
  addRunEdges(lexicons, lattice, edges);
  return lattice;
}

/** Finds runs without spaces that hold stand-ins, and runs of single letters. */
function addRunEdges(lexicons: Lexicons, lattice: Lattice, edges: Map<number, Edge[]>): void {
  const { text, tokens } = lattice;
  let chunk = 0;
  let letters = 0;
  let masks = 0;
  let spacing = 2;
  for (let at = 0; at <= tokens.length; at += 1) {
    const token = tokens[at];
    const before = tokens[at - 1];
    const isSingle = token !== undefined && token.kind === 'word' && token.key.length === 1;
    const gap = token !== undefined && before !== undefined ? text.slice(before.end, token.start) : undefined;
    const continues = token?.isGlued === true && gap !== undefined && gap.length < 8 && isStandIn(gap);
    if (!continues && at > chunk) {
      const first = tokens[chunk];
      const last = tokens[at - 1];
      const touchesSign =
        first !== undefined && last !== undefined
          ? STAND_IN_SIGNS.has(text[first.start - 1] ?? '') ||
            STAND_IN_SIGNS.has(text[last.end] ?? '') ||
            MASK.test(text[last.end] ?? '')
          : false;
      if ((at - chunk > 1 || touchesSign) && masks < 200) {
        masks += 1;
        addChunkEdge(lexicons, lattice, edges, chunk, at - 1);
      }
      chunk = at;
    }
    const widest = at - letters >= 2 ? spacing : 2;
    const sameRun = isSingle && (at === letters || (gap !== undefined && gap.length <= widest && !/\p{L}/u.test(gap)));
    if (sameRun && at - letters === 1) spacing = gap?.length ?? 0;
    if (!sameRun) {
      if (at - letters >= 3) addSpacedEdges(lexicons, lattice, edges, letters, at);
      letters = isSingle ? at : at + 1;
      spacing = 2;
    }
  }
}
