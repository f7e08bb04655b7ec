import { buildTrie } from './automaton.ts';
import type { CompiledLexicons, Cue, SpecialEdge, TermSettings } from './compiled-lexicons.ts';

/** Values stored once, found by their JSON text. */
export interface Table<T> {
  readonly values: T[];
  readonly index: Map<string, number>;
}

/**
 * Stores a value, unless it is stored already.
 *
 * @returns its index
 */
export function intern<T>(table: Table<T>, value: T): number {
  const key = JSON.stringify(value);
  let index = table.index.get(key);
  if (index === undefined) {
    index = table.values.length;
    table.values.push(value);
    table.index.set(key, index);
  }
  return index;
}

/** What is being compiled: tables that grow while lexicons are read. */
export interface Compilation {
  readonly trie: ReturnType<typeof buildTrie>;
  readonly words: Map<string, number>;
  readonly flags: Map<number, number>;
  readonly languages: Map<number, Set<string>>;
  readonly specials: SpecialEdge[];
  readonly specialIds: Map<string, number>;
  readonly stems: Map<string, number>;
  readonly cues: Cue[];
  readonly cueIds: Map<string, number>;
  readonly terms: string[];
  /** Index of its settings for each term. */
  readonly settingsOfTerm: number[];
  readonly settings: Table<TermSettings>;
  readonly conditions: Table<readonly number[]>;
  /** Term of each ending. */
  readonly endings: number[];
  readonly accents: Record<string, string>;
  readonly endingIds: Map<string, number>;
  readonly groups: CompiledLexicons['groups'][number][];
  /** First words of each cue. */
  readonly openings: Map<number, Set<number>>;
  /** Cues with which a term begins. */
  readonly openingCues: Set<number>;
}

/** Starts with empty tables; the first cue is `=alone`. */
export function createCompilation(): Compilation {
  return {
    trie: buildTrie(),
    words: new Map(),
    flags: new Map(),
    languages: new Map(),
    specials: [],
    specialIds: new Map(),
    stems: new Map(),
    cues: [{ name: '=alone', reach: 0 }],
    cueIds: new Map(),
    terms: [],
    settingsOfTerm: [],
    settings: { values: [], index: new Map() },
    conditions: { values: [], index: new Map() },
    endings: [],
    accents: {},
    endingIds: new Map(),
    groups: [],
    openings: new Map(),
    openingCues: new Set(),
  };
}

/** Number of a word; a new word gets the next number. */
export function wordId(compilation: Compilation, key: string): number {
  let id = compilation.words.get(key);
  if (id === undefined) {
    id = compilation.words.size;
    compilation.words.set(key, id);
  }
  return id;
}

/** Number of a word that is used in a language. */
export function wordIn(compilation: Compilation, key: string, language: string): number {
  const id = wordId(compilation, key);
  let languages = compilation.languages.get(id);
  if (languages === undefined) {
    languages = new Set();
    compilation.languages.set(id, languages);
  }
  languages.add(language);
  return id;
}

/** Adds to what is known of a word. */
export function setFlag(compilation: Compilation, id: number, flag: number): void {
  compilation.flags.set(id, (compilation.flags.get(id) ?? 0) | flag);
}

/**
 * Label of an edge that is no word. Special edges have labels below zero while compiling; they become the first ids at
 * the end.
 */
export function specialLabel(compilation: Compilation, edge: SpecialEdge): number {
  const name = `\u0001${JSON.stringify(edge)}`;
  let id = compilation.specialIds.get(name);
  if (id === undefined) {
    id = compilation.specials.length;
    compilation.specials.push(edge);
    compilation.specialIds.set(name, id);
  }
  return -1 - id;
}
