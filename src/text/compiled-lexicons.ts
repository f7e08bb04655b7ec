import type { TraitId } from '../domain/trait.ts';
import { CUE_ROOT, loadTrie, TERM_ROOT, type Trie, type TrieData, target } from './automaton.ts';
import { fileWord } from './masked-words.ts';
import { createSpeller } from './misspellings.ts';
import { unpackNumbers } from './packing.ts';
import { indexWords, type WordIndex } from './word-index.ts';

/** What a term's `near`, `beside` or `unless` asks for. */
export interface Condition {
  /** For each cue {@link CueMark}. */
  readonly marks: Uint8Array;
  /** Its cues in the order of the lexicon. */
  readonly cues: readonly number[];
}

/** Whether a cue belongs to a condition, and whether it must overlap the match. */
export const CueMark = { none: 0, listed: 1, overlapping: 2 } as const;

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

/** What many terms share, stored once. */
export interface TermSettings extends Omit<CompiledTerm, 'term' | 'near' | 'beside' | 'unless'> {
  /** Indices into `conditions`. */
  readonly near?: number;
  readonly beside?: number;
  readonly unless?: number;
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
  /** Vocabulary, joined by line feeds; the place of a word is its id. The first ids are the special edges. */
  readonly words: string;
  /** Flags of each word, one base-64 byte each; see {@link WordFlag}. */
  readonly flags: string;
  /** For each word the index of the languages that it is used in, in `languageSets`. */
  readonly languages: string;
  readonly languageSets: readonly (readonly string[])[];
  readonly specials: readonly SpecialEdge[];
  readonly stems: readonly (readonly [stem: string, id: number])[];
  readonly trie: TrieData;
  /** Lists of outputs at the end of a path: for terms indices of endings, for cues twice the cue, plus 1 for "in brackets". */
  readonly outputs: readonly (readonly number[])[];
  /** The term of each ending. */
  readonly endings: { readonly count: number; readonly terms: string };
  /** Accents that the text must show, by ending. */
  readonly accents: Readonly<Record<string, string>>;
  /** Terms as written, joined by line feeds. */
  readonly terms: string;
  readonly termSettings: { readonly count: number; readonly settings: string };
  readonly settings: readonly TermSettings[];
  /** Indices of cues. An index -1-cue says that the cue must overlap the match. */
  readonly conditions: readonly (readonly number[])[];
  readonly groups: readonly { readonly lexicon: string; readonly id: string; readonly why: string }[];
  readonly cues: readonly Cue[];
  /** FNV-1a of all the rest, in hexadecimal digits. */
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
  /** Is the first word of a class with which a term begins. */
  opensClass: 8,
} as const;

/** Cue index of `=alone`. It is no word. */
export const ALONE_CUE = 0;

/** Longest context phrase, in words. */
export const LONGEST_CUE = 12;

/** Words that may stand between a context and a match where a class says nothing else. */
export const DEFAULT_REACH = 8;

/** Only words of this language are looked for in misspelt words: most names are written in it. */
const HOME_LANGUAGE = 'en';

/** How many letters of a word are looked at before its stem is searched. */
export const STEM_LENGTH = 4;

/** Lexicons ready for judging. */
export interface Lexicons {
  readonly data: CompiledLexicons;
  readonly ids: WordIndex;
  readonly flags: Uint8Array;
  readonly trie: Trie;
  readonly stems: ReadonlyMap<string, number>;
  /** First letters of stems, to leave most words alone. */
  readonly stemStarts: ReadonlySet<string>;
  /** Node after one token from the root of terms, by word id; 0 where there is none. */
  readonly termStart: Int32Array;
  /** Node after one token from the root of cues, by word id; 0 where there is none. */
  readonly cueStart: Int32Array;
  /** For each cue 1 where some condition asks for it. */
  readonly contextCues: Uint8Array;
  /** Node after one class from the root of terms, by cue. */
  readonly classStart: ReadonlyMap<number, number>;
  /** Number and bracket edges of the root of terms: label and node. */
  readonly numberStart: readonly (readonly [label: number, node: number])[];
  /** Languages of the terms and contexts that a word is used in. */
  readonly languagesOf: (id: number) => readonly string[];
  /** Gives the term of an ending, and the accents that the text must show. */
  readonly termAt: (ending: number) => { readonly term: CompiledTerm; readonly accents?: string } | undefined;
  /** Single-word explicit terms by length and first letter, for masked letters. Made when first asked for. */
  readonly masks: () => ReadonlyMap<string, readonly string[]>;
  /** Id of the explicit term that a misspelt word was meant to be, or -1. */
  readonly meant: (word: string) => number;
  /** Memory of unknown words that were taken apart before; bounded by its user. */
  readonly seen: Map<string, unknown>;
}

/**
 * Makes compiled lexicons ready for judging.
 *
 * @param data - what `compileLexicons` made, perhaps read from a file
 * @returns tables for the judge
 */
export function loadCompiled(data: CompiledLexicons): Lexicons {
  const ids = indexWords(data.words);
  const flags = Uint8Array.from(Buffer.from(data.flags, 'base64'));
  const trie = loadTrie(data.trie);
  const startTable = (root: number): Int32Array => {
    const table = new Int32Array(ids.size);
    for (let edge = trie.from[root] ?? 0; edge < (trie.from[root + 1] ?? 0); edge += 1) {
      table[trie.label[edge] ?? 0] = target(edge);
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
    termStart: startTable(TERM_ROOT),
    cueStart: startTable(CUE_ROOT),
    contextCues: findContextCues(data),
    ...specialStarts(data, trie),
    languagesOf: createLanguageTable(data, ids.size),
    termAt: createTermTable(data),
    masks: createMasks(data, flags),
    meant: createMeant(data, ids, flags),
    seen: new Map(),
  };
}

function createLanguageTable(data: CompiledLexicons, size: number): Lexicons['languagesOf'] {
  let sets: Int32Array | undefined;
  return (id) => {
    sets ??= unpackNumbers(data.languages, size);
    return data.languageSets[sets[id] ?? 0] ?? [];
  };
}

function findContextCues(data: CompiledLexicons): Uint8Array {
  const cues = new Uint8Array(data.cues.length);
  for (const condition of data.conditions) {
    for (const index of condition) cues[index < 0 ? -1 - index : index] = 1;
  }
  return cues;
}

function specialStarts(data: CompiledLexicons, trie: Trie): Pick<Lexicons, 'classStart' | 'numberStart'> {
  const classStart = new Map<number, number>();
  const numberStart: (readonly [number, number])[] = [];
  for (
    let edge = trie.from[TERM_ROOT] ?? 0;
    (trie.label[edge] ?? Number.POSITIVE_INFINITY) < data.specials.length;
    edge += 1
  ) {
    if (edge >= (trie.from[TERM_ROOT + 1] ?? 0)) break;
    const label = trie.label[edge] ?? 0;
    const special = data.specials[label];
    if (special?.kind === 'class') classStart.set(special.cue, target(edge));
    else numberStart.push([label, target(edge)]);
  }
  return { classStart, numberStart };
}

function createMasks(data: CompiledLexicons, flags: Uint8Array): Lexicons['masks'] {
  let masks: Map<string, string[]> | undefined;
  return () => {
    if (masks !== undefined) return masks;
    const made = new Map<string, string[]>();
    data.words.split('\n').forEach((word, id) => {
      if (((flags[id] ?? 0) & WordFlag.explicit) !== 0) fileWord(made, word);
    });
    masks = made;
    return made;
  };
}

function readCondition(indices: readonly number[], size: number): Condition {
  const marks = new Uint8Array(size);
  const cues = indices.map((index) => (index < 0 ? -1 - index : index));
  indices.forEach((index, at) => {
    const cue = cues[at] ?? 0;
    if (marks[cue] !== CueMark.listed) marks[cue] = index < 0 ? CueMark.overlapping : CueMark.listed;
  });
  return { marks, cues };
}

function createMeant(data: CompiledLexicons, ids: WordIndex, flags: Uint8Array): Lexicons['meant'] {
  let speller: ((word: string) => string | undefined) | undefined;
  return (word) => {
    if (speller === undefined) {
      const languagesOf = createLanguageTable(data, ids.size);
      const isTarget = (id: number): boolean =>
        ((flags[id] ?? 0) & WordFlag.explicit) !== 0 && languagesOf(id).includes(HOME_LANGUAGE);
      speller = createSpeller(data.words.split('\n').filter((_, id) => isTarget(id)));
    }
    const meant = speller(word);
    return meant === undefined ? -1 : (ids.get(meant) ?? -1);
  };
}

function createTermTable(data: CompiledLexicons): Lexicons['termAt'] {
  const texts = data.terms.split('\n');
  const termOfEnding = unpackNumbers(data.endings.terms, data.endings.count);
  const settingOfTerm = unpackNumbers(data.termSettings.settings, data.termSettings.count);
  const made = new Map<number, CompiledTerm>();
  const conditions = new Map<number, Condition>();
  const condition = (index: number | undefined): Condition | undefined => {
    if (index === undefined) return undefined;
    let found = conditions.get(index);
    if (found === undefined) {
      found = readCondition(data.conditions[index] ?? [], data.cues.length);
      conditions.set(index, found);
    }
    return found;
  };
  return (ending) => {
    const index = termOfEnding[ending];
    if (index === undefined) return undefined;
    let term = made.get(index);
    if (term === undefined) {
      const settings = data.settings[settingOfTerm[index] ?? 0];
      if (settings === undefined) return undefined;
      const { near, beside, unless, ...rest } = settings;
      const asked = { near: condition(near), beside: condition(beside), unless: condition(unless) };
      term = {
        ...rest,
        term: texts[index] ?? '',
        ...(asked.near === undefined ? {} : { near: asked.near }),
        ...(asked.beside === undefined ? {} : { beside: asked.beside }),
        ...(asked.unless === undefined ? {} : { unless: asked.unless }),
      };
      made.set(index, term);
    }
    const accents = data.accents[ending];
    return accents === undefined ? { term } : { term, accents };
  };
}
