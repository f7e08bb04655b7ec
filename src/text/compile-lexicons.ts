import { buildTrie, CUE_ROOT, TERM_ROOT } from './automaton.ts';
import { toCompatibilityForm } from './compatibility.ts';
import {
  ALONE_CUE,
  type CompiledLexicons,
  type Cue,
  DEFAULT_REACH,
  type SpecialEdge,
  type TermSettings,
  WordFlag,
} from './compiled-lexicons.ts';
import { foldCase } from './fold.ts';
import { inflectTerm } from './inflect/index.ts';
import type { Forms } from './inflect/inflection.ts';
import type { ContextsFile, LexiconFile, LexiconGroup, LexiconTerm, WordClasses } from './lexicon-schema.ts';
import { packNumbers } from './packing.ts';
import { expandTerm, type PatternElement, PatternError } from './term-pattern.ts';
import { tokenise } from './tokenise.ts';

/** A parsed lexicon with the name under which errors and matches speak of it. */
export interface NamedLexicon {
  /** File name without its folder, such as `religion.yaml`. */
  readonly name: string;
  readonly content: LexiconFile;
}

/** A mistake in a lexicon that its schema cannot express. */
export interface LexiconProblem {
  readonly lexicon: string;
  readonly group?: string;
  readonly term?: string;
  readonly message: string;
}

/** Longest term in tokens. */
export const LONGEST_TERM = 12;

/** Longest term in a script without spaces, where each letter is a token. */
const LONGEST_UNSPACED_TERM = 40;
const SHORTEST_STEM = 4;
const PEOPLE_CLASSES: ReadonlySet<string> = new Set(['people', 'audience', 'kinship']);

/** Values stored once, found by their JSON text. */
interface Table<T> {
  readonly values: T[];
  readonly index: Map<string, number>;
}

function intern<T>(table: Table<T>, value: T): number {
  const key = JSON.stringify(value);
  let index = table.index.get(key);
  if (index === undefined) {
    index = table.values.length;
    table.values.push(value);
    table.index.set(key, index);
  }
  return index;
}

interface Compilation {
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
  readonly groups: { lexicon: string; id: string; why: string }[];
  readonly problems: LexiconProblem[];
  /** First words of each cue. */
  readonly openings: Map<number, Set<number>>;
  /** Cues with which a term begins. */
  readonly openingCues: Set<number>;
}

/** Tokens of a term's words: keys to match and the accents as written. */
function wordTokens(text: string): readonly { readonly key: string; readonly accents: string }[] {
  const form = toCompatibilityForm({ text }).text;
  return tokenise(form, () => false, true).map((token) => ({
    key: token.key,
    accents: foldCase(form.slice(token.start, token.end).replace(/['’]s?$/u, '')),
  }));
}

function isUnspaced(text: string): boolean {
  return wordTokens(text).some(
    (token) => /^[^\p{Script=Latin}]$/u.test([...token.key][0] ?? '') && token.key.length <= 3,
  );
}

function wordId(compilation: Compilation, key: string): number {
  let id = compilation.words.get(key);
  if (id === undefined) {
    id = compilation.words.size;
    compilation.words.set(key, id);
  }
  return id;
}

/** Number of a word that is used in a language. */
function wordIn(compilation: Compilation, key: string, language: string): number {
  const id = wordId(compilation, key);
  let languages = compilation.languages.get(id);
  if (languages === undefined) {
    languages = new Set();
    compilation.languages.set(id, languages);
  }
  languages.add(language);
  return id;
}

function setFlag(compilation: Compilation, id: number, flag: number): void {
  compilation.flags.set(id, (compilation.flags.get(id) ?? 0) | flag);
}

/** All sequences of keys that a phrase matches, with their accents. */
function phraseForms(
  text: string,
  language: string,
  forms: Forms,
): readonly (readonly { key: string; accents: string }[])[] {
  const plain = wordTokens(text);
  if (plain.length === 0) return [plain];
  // Words with hyphens or apostrophes inside bend as a whole: the tokeniser cuts them again.
  const written = text
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  const bent = inflectTerm(written, language, forms)
    .slice(1)
    .map((words) => wordTokens(words.join(' ')));
  const result = [plain, ...bent];
  // "women's health" is also written "womens health".
  if (/['’]s\b/u.test(text)) result.push(wordTokens(text.replace(/['’]s\b/gu, 's')));
  return result;
}

function specialLabel(compilation: Compilation, edge: SpecialEdge): number {
  const name = `\u0001${JSON.stringify(edge)}`;
  let id = compilation.specialIds.get(name);
  if (id === undefined) {
    id = compilation.specials.length;
    compilation.specials.push(edge);
    compilation.specialIds.set(name, id);
  }
  return id;
}

/** Special edges have labels below zero while compiling; they become the first ids at the end. */
const encodeSpecial = (id: number): number => -1 - id;

function bound(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function elementLabels(
  compilation: Compilation,
  element: PatternElement,
  isLast: boolean,
  options: { readonly language: string; readonly forms: Forms; readonly resolve: (name: string) => number },
): readonly { readonly labels: readonly number[]; readonly accents: string }[] {
  switch (element.kind) {
    case 'class':
      return [
        {
          labels: [encodeSpecial(specialLabel(compilation, { kind: 'class', cue: options.resolve(element.name) }))],
          accents: '',
        },
      ];
    case 'list':
      return [
        {
          labels: [
            encodeSpecial(
              specialLabel(compilation, { kind: 'class', cue: listCue(compilation, element.words, options.language) }),
            ),
          ],
          accents: '',
        },
      ];
    case 'number':
    case 'range':
      return [
        {
          labels: [
            encodeSpecial(
              specialLabel(compilation, { kind: element.kind, from: bound(element.from), to: bound(element.to) }),
            ),
          ],
          accents: '',
        },
      ];
    case 'words': {
      if (options.forms === 'stem' && isLast) return stemLabels(compilation, element.text);
      return phraseForms(element.text, options.language, isLast ? options.forms : 'exact').map((tokens) => ({
        labels: tokens.map((token) =>
          // An English phrase may hold foreign words ("iglesia ni cristo"); a word alone may not.
          options.language === 'en' && tokens.length > 1
            ? wordId(compilation, token.key)
            : wordIn(compilation, token.key, options.language),
        ),
        accents: tokens.map((token) => token.accents).join(' '),
      }));
    }
  }
}

/** The cue of a choice between many words. */
function listCue(compilation: Compilation, words: readonly string[], language: string): number {
  const key = `${language}|${words.join('|')}`;
  const found = compilation.cueIds.get(key);
  if (found !== undefined) return found;
  const cue = compilation.cues.length;
  compilation.cueIds.set(key, cue);
  compilation.cues.push({ name: words.slice(0, 3).join(', '), reach: DEFAULT_REACH });
  for (const word of words) addCueWords(compilation, cue, word, language, false);
  return cue;
}

/** Labels of a term whose last word is the beginning of the words that it matches. */
function stemLabels(compilation: Compilation, text: string): readonly { labels: readonly number[]; accents: string }[] {
  const tokens = wordTokens(text);
  const last = tokens[tokens.length - 1];
  if (last === undefined) throw new PatternError('is empty');
  if (last.key.length < SHORTEST_STEM)
    throw new PatternError(`is too short for forms: stem (at least ${SHORTEST_STEM} letters)`);
  let id = compilation.stems.get(last.key);
  if (id === undefined) {
    id = wordId(compilation, `\u0002${last.key}`);
    compilation.stems.set(last.key, id);
  }
  const labels = [...tokens.slice(0, -1).map((token) => wordId(compilation, token.key)), id];
  return [{ labels, accents: '' }];
}

/** All label sequences of a term. */
function termPaths(
  compilation: Compilation,
  term: string,
  options: { readonly language: string; readonly forms: Forms; readonly resolve: (name: string) => number },
): readonly { readonly labels: readonly number[]; readonly accents: string }[] {
  const paths: { labels: readonly number[]; accents: string }[] = [];
  for (const sequence of expandTerm(term)) {
    let heads: { labels: readonly number[]; accents: string }[] = [{ labels: [], accents: '' }];
    sequence.forEach((element, index) => {
      const tails = elementLabels(compilation, element, index === sequence.length - 1, options);
      heads = heads.flatMap((head) =>
        tails.map((tail) => ({
          labels: [...head.labels, ...tail.labels],
          accents: `${head.accents} ${tail.accents}`.trim(),
        })),
      );
    });
    paths.push(...heads);
  }
  const usable = paths.filter((path) => path.labels.length > 0);
  if (usable.length === 0) throw new PatternError('has no letter, digit or sign to match');
  const longest = isUnspaced(term) ? LONGEST_UNSPACED_TERM : LONGEST_TERM;
  if (usable.some((path) => path.labels.length > longest)) throw new PatternError(`is longer than ${longest} words`);
  return usable;
}

/** Adds the words of a cue; `bracketed` words count only inside brackets. */
function addCueWords(compilation: Compilation, cue: number, text: string, language: string, people: boolean): void {
  const bracketed = /^\(.*\)$/.test(text);
  const bare = bracketed ? text.slice(1, -1) : text;
  for (const tokens of phraseForms(bare, language, 'noun')) {
    if (tokens.length === 0 || tokens.length > (isUnspaced(bare) ? LONGEST_UNSPACED_TERM : LONGEST_TERM)) continue;
    const labels = tokens.map((token) => wordIn(compilation, token.key, language));
    compilation.trie.add(CUE_ROOT, labels, cue * 2 + (bracketed ? 1 : 0));
    if (labels[0] !== undefined) {
      const openings = compilation.openings.get(cue) ?? new Set();
      openings.add(labels[0]);
      compilation.openings.set(cue, openings);
    }
    if (people && labels[0] !== undefined && labels.length === 1) setFlag(compilation, labels[0], WordFlag.people);
  }
}

/** Makes the function that turns a class name, as one file sees it, into a cue. */
function classResolver(
  compilation: Compilation,
  shared: ContextsFile,
  own: { readonly name: string; readonly contexts: WordClasses; readonly reach: Readonly<Record<string, number>> },
): (name: string) => number {
  const resolve = (name: string): number => {
    const isOwn = own.contexts[name] !== undefined;
    const wordClass = own.contexts[name] ?? shared.contexts[name];
    if (wordClass === undefined) throw new PatternError(`uses the class @${name}, which nobody defines`);
    const scope = isOwn ? `${own.name}@${name}` : `@${name}`;
    const found = compilation.cueIds.get(scope);
    if (found !== undefined) return found;
    const cue = compilation.cues.length;
    compilation.cueIds.set(scope, cue);
    const reach = (isOwn ? own.reach : shared.reach)?.[name] ?? DEFAULT_REACH;
    compilation.cues.push({ name: `@${name}`, reach });
    addClassWords(compilation, cue, name, new Set());
    return cue;
  };
  const addClassWords = (target: Compilation, cue: number, name: string, visited: Set<string>): void => {
    if (visited.has(name)) return;
    visited.add(name);
    const wordClass = own.contexts[name] ?? shared.contexts[name];
    if (wordClass === undefined) throw new PatternError(`uses the class @${name}, which nobody defines`);
    for (const [language, words] of Object.entries(wordClass)) {
      for (const word of words) {
        if (word.startsWith('@')) addClassWords(target, cue, word.slice(1), visited);
        else addCueWords(target, cue, word, language, PEOPLE_CLASSES.has(name));
      }
    }
  };
  return resolve;
}

function isInside(inner: readonly { key: string }[], outer: readonly { key: string }[]): boolean {
  for (let at = 0; at + inner.length <= outer.length; at += 1) {
    if (inner.every((token, index) => outer[at + index]?.key === token.key)) return true;
  }
  return false;
}

/** Turns the context values of a term into a condition. */
function condition(
  compilation: Compilation,
  values: readonly string[] | undefined,
  term: string,
  language: string,
  resolve: (name: string) => number,
): readonly number[] | undefined {
  if (values === undefined || values.length === 0) return undefined;
  return values.map((value) => {
    if (value === '=alone') return ALONE_CUE;
    if (value.startsWith('@')) return resolve(value.slice(1));
    const tokens = wordTokens(value);
    const key = `${language}:${value.toLowerCase()}`;
    let cue = compilation.cueIds.get(key);
    if (cue === undefined) {
      cue = compilation.cues.length;
      compilation.cueIds.set(key, cue);
      compilation.cues.push({ name: value, reach: DEFAULT_REACH });
      addCueWords(compilation, cue, value, language, false);
    }
    const mustOverlap = tokens.length > 1 && isInside(wordTokens(term), tokens);
    return mustOverlap ? -1 - cue : cue;
  });
}

function addTerm(
  compilation: Compilation,
  lexicon: NamedLexicon,
  group: LexiconGroup,
  entry: LexiconTerm,
  resolve: (name: string) => number,
): void {
  const settings = { ...group, ...entry };
  const language = settings.language ?? 'und';
  const forms = settings.forms ?? 'noun';
  const unless = [...(lexicon.content.unless ?? []), ...(group.unless ?? []), ...(entry.unless ?? [])];
  const paths = termPaths(compilation, entry.term, { language, forms, resolve });
  const near = condition(compilation, settings.near, entry.term, language, resolve);
  const beside = condition(compilation, settings.beside, entry.term, language, resolve);
  const except = condition(compilation, unless, entry.term, language, resolve);
  const index = compilation.terms.length;
  compilation.terms.push(entry.term);
  const conditionIndex = (value: readonly number[] | undefined): number | undefined =>
    value === undefined ? undefined : intern(compilation.conditions, value);
  const indices = { near: conditionIndex(near), beside: conditionIndex(beside), unless: conditionIndex(except) };
  compilation.settingsOfTerm.push(
    intern(compilation.settings, {
      traits: [settings.trait ?? lexicon.content.trait, ...(settings.also ?? [])],
      strength: settings.strength ?? 'explicit',
      language,
      group: compilation.groups.length - 1,
      ...(indices.near === undefined ? {} : { near: indices.near }),
      ...(indices.beside === undefined ? {} : { beside: indices.beside }),
      ...(indices.unless === undefined ? {} : { unless: indices.unless }),
      ...(settings.case === undefined ? {} : { case: settings.case }),
    }),
  );
  for (const path of paths) {
    const accents = settings.accents === 'exact' ? path.accents : undefined;
    const key = `${index} ${accents ?? ''}`;
    let ending = compilation.endingIds.get(key);
    if (ending === undefined) {
      ending = compilation.endings.length;
      compilation.endings.push(index);
      if (accents !== undefined) compilation.accents[ending] = accents;
      compilation.endingIds.set(key, ending);
    }
    compilation.trie.add(TERM_ROOT, path.labels, ending);
    const opening = compilation.specials[-1 - (path.labels[0] ?? 0)];
    if (opening?.kind === 'class') compilation.openingCues.add(opening.cue);
    if (path.labels.length === 1 && path.labels[0] !== undefined && path.labels[0] >= 0) {
      setFlag(compilation, path.labels[0], WordFlag.term | (settings.strength === 'implied' ? 0 : WordFlag.explicit));
    }
  }
}

function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, '0');
}

/**
 * Compiles lexicons into one automaton: forms are made by rule, alternatives written out, words numbered.
 *
 * @param lexicons - parsed files that satisfy {@link LEXICON_SCHEMA}
 * @param contexts - the parsed file of shared word classes
 * @returns a plain JSON value for {@link loadCompiled}, and the terms that had to be left out
 */
export function compileLexicons(
  lexicons: readonly NamedLexicon[],
  contexts: ContextsFile,
): { readonly compiled: CompiledLexicons; readonly problems: readonly LexiconProblem[] } {
  const compilation: Compilation = {
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
    problems: [],
    openings: new Map(),
    openingCues: new Set(),
  };
  const sharedOnly = classResolver(compilation, contexts, { name: '', contexts: {}, reach: {} });
  for (const name of PEOPLE_CLASSES) if (contexts.contexts[name] !== undefined) sharedOnly(name);
  for (const lexicon of lexicons) {
    const name = lexicon.name.replace(/\.ya?ml$/, '');
    const { contexts: own = {}, reach = {} } = lexicon.content;
    const resolve = classResolver(compilation, contexts, { name, contexts: own, reach });
    for (const group of lexicon.content.groups) {
      compilation.groups.push({ lexicon: name, id: group.id, why: group.why });
      for (const entry of group.terms) {
        const term = typeof entry === 'string' ? { term: entry } : entry;
        try {
          addTerm(compilation, lexicon, group, term, resolve);
        } catch (error) {
          if (!(error instanceof PatternError)) throw error;
          compilation.problems.push({
            lexicon: lexicon.name,
            group: group.id,
            term: term.term,
            message: error.message,
          });
        }
      }
    }
  }
  return { compiled: assemble(compilation), problems: compilation.problems };
}

/** Puts special edges before the words, so that their labels are the smallest. */
function assemble(compilation: Compilation): CompiledLexicons {
  const shift = compilation.specials.length;
  const { trie, outputs } = compilation.trie.build((label) => (label < 0 ? -1 - label : label + shift));
  const words = [...compilation.specials.map(() => ''), ...compilation.words.keys()];
  for (const cue of compilation.openingCues) {
    for (const id of compilation.openings.get(cue) ?? []) setFlag(compilation, id, WordFlag.opensClass);
  }
  const flags = new Uint8Array(words.length);
  for (const [id, value] of compilation.flags) flags[id + shift] = value;
  const languageSets: Table<readonly string[]> = { values: [], index: new Map() };
  intern(languageSets, []);
  const languages = words.map((_, id) =>
    intern(languageSets, [...(compilation.languages.get(id - shift) ?? [])].sort()),
  );
  const compiled = {
    format: 1 as const,
    words: words.join('\n'),
    flags: Buffer.from(flags).toString('base64'),
    languages: packNumbers(languages),
    languageSets: languageSets.values,
    specials: compilation.specials,
    stems: [...compilation.stems].map(([stem, id]) => [stem, id + shift] as const),
    trie,
    outputs,
    endings: { count: compilation.endings.length, terms: packNumbers(compilation.endings) },
    accents: compilation.accents,
    terms: compilation.terms.join('\n'),
    termSettings: { count: compilation.terms.length, settings: packNumbers(compilation.settingsOfTerm) },
    settings: compilation.settings.values,
    conditions: compilation.conditions.values,
    groups: compilation.groups,
    cues: compilation.cues,
  };
  return { ...compiled, digest: hash(JSON.stringify(compiled)) };
}
