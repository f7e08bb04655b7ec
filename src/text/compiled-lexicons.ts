import type { TraitId } from '../domain/trait.ts';
import { loadTrie, type Trie, type TrieData } from './automaton.ts';
import { addToSet } from './masked-words.ts';

/** What a term's conditions refer to: indices of cues. A negative index -1-cue: the cue must overlap the match. */
export type Condition = readonly number[];

/** One term as the judge needs it. */
export interface CompiledTerm {
  readonly traits: readonly TraitId[];
  readonly term: string;
  readonly strength: 'explicit' | 'implied' | 'harmless';
  readonly language: string;
  /** Index into `groups`. */
  readonly group: number;
  readonly near?: Condition;
  readonly beside?: Condition;
  readonly unless?: Condition;
  readonly case?: 'upper' | 'exact';
}

/** A cue: a context word, phrase or class. */
export interface Cue {
  /** As the lexicon writes it: `oats`, `@people`. */
  readonly name: string;
  /** Words that may stand between it and the match. */
  readonly reach: number;
}

/** All lexicons in one JSON value. */
export interface CompiledLexicons {
  readonly format: 1;
  /** Vocabulary, joined by line feeds; the place of a word is its id. Ids below `specials.length` are not words. */
  readonly words: string;
  /** Flags of each word, one base-64 byte each; see {@link WordFlag}. */
  readonly flags: string;
  /** Edges that are not words: `@class` (cue index), number and bracket tests. */
  readonly specials: readonly SpecialEdge[];
  readonly stems: readonly (readonly [stem: string, id: number])[];
  readonly trie: TrieData;
  readonly outputs: readonly (readonly number[])[];
  /** For terms: index of the term, and the accents that the text must show, if any. */
  readonly endings: readonly (readonly [term: number, accents?: string])[];
  readonly terms: readonly CompiledTerm[];
  readonly groups: readonly { readonly lexicon: string; readonly id: string; readonly why: string }[];
  readonly cues: readonly Cue[];
  /** For each cue the classes that hold it, itself included. */
  readonly digest: string;
}

/** An edge of the trie that tests something else than a word. */
export type SpecialEdge =
  | { readonly kind: 'class'; readonly cue: number }
  | { readonly kind: 'number' | 'range'; readonly from: number | null; readonly to: number | null };

/** What is known of a word apart from the trie. */
export const WordFlag = {
  /** Is a term by itself. */
  term: 1,
  /** Is an explicit term by itself. */
  explicit: 2,
  /** Names persons or audiences. */
  people: 4,
} as const;

/** Cue index of `=alone`. It is no word. */
export const ALONE_CUE = 0;

/** Lexicons ready for judging. */
export interface Lexicons {
  readonly data: CompiledLexicons;
  readonly ids: ReadonlyMap<string, number>;
  readonly flags: Uint8Array;
  readonly trie: Trie;
  readonly stems: ReadonlyMap<string, number>;
  /** First letters of stems, to leave most words alone. */
  readonly stemStarts: ReadonlySet<string>;
  /** Node after one token from the root of terms, by word id; 0 where there is none. */
  readonly termStart: Int32Array;
  /** Node after one token from the root of cues, by word id; 0 where there is none. */
  readonly cueStart: Int32Array;
  /** Single-word explicit terms by length and first letter, for masked letters. */
  readonly masks: ReadonlyMap<string, readonly string[]>;
  /** Memory of words that were taken apart before, bounded. */
  readonly seen: Map<string, unknown>;
}

/** Shortest stem, and how many letters are looked at first. */
export const STEM_LENGTH = 4;

/**
 * Makes compiled lexicons ready for judging.
 *
 * @param data - what {@link compileLexicons} made, perhaps read from a file
 * @returns tables for the judge
 */
export function loadCompiled(data: CompiledLexicons): Lexicons {
  const words = data.words.split('\n');
  const ids = new Map<string, number>();
  const flags = Uint8Array.from(Buffer.from(data.flags, 'base64'));
  const masks = new Map<string, string[]>();
  words.forEach((word, id) => {
    if (id < data.specials.length) return;
    ids.set(word, id);
    if (((flags[id] ?? 0) & WordFlag.explicit) !== 0) addToSet(masks, word);
  });
  const trie = loadTrie(data.trie);
  const start = (root: number): Int32Array => {
    const table = new Int32Array(words.length);
    for (let edge = trie.from[root] ?? 0; edge < (trie.from[root + 1] ?? 0); edge += 1) {
      table[trie.label[edge] ?? 0] = trie.to[edge] ?? 0;
    }
    return table;
  };
  return {
    data,
    ids,
    flags,
    trie,
    stems: new Map(data.stems),
    stemStarts: new Set(data.stems.map(([stem]) => stem.slice(0, STEM_LENGTH))),
    termStart: start(1),
    cueStart: start(0),
    masks,
    seen: new Map(),
  };
}
