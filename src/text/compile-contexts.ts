import { CUE_ROOT } from './automaton.ts';
import { type Compilation, setFlag, wordIn } from './compilation.ts';
import { ALONE_CUE, DEFAULT_REACH, WordFlag } from './compiled-lexicons.ts';
import type { ContextsFile, WordClasses } from './lexicon-schema.ts';
import { longestPhrase, phraseForms, type WordToken, wordTokens } from './phrase-forms.ts';
import { PatternError } from './term-pattern.ts';

/** Shared classes whose words name persons or audiences. */
export const PEOPLE_CLASSES: ReadonlySet<string> = new Set(['people', 'audience', 'kinship']);

/** The cue of a choice between many words. */
export function listCue(compilation: Compilation, words: readonly string[], language: string): number {
  const key = `${language}|${words.join('|')}`;
  const found = compilation.cueIds.get(key);
  if (found !== undefined) return found;
  const cue = compilation.cues.length;
  compilation.cueIds.set(key, cue);
  compilation.cues.push({ name: words.slice(0, 3).join(', '), reach: DEFAULT_REACH });
  for (const word of words) addCueWords(compilation, cue, word, language, false);
  return cue;
}

/** Adds the words of a cue; `bracketed` words count only inside brackets. */
function addCueWords(compilation: Compilation, cue: number, text: string, language: string, people: boolean): void {
  const bracketed = /^\(.*\)$/.test(text);
  const bare = bracketed ? text.slice(1, -1) : text;
  for (const tokens of phraseForms(bare, language, 'noun')) {
    if (tokens.length === 0 || tokens.length > longestPhrase(bare)) continue;
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
export function classResolver(
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

function isInside(inner: readonly WordToken[], outer: readonly WordToken[]): boolean {
  for (let at = 0; at + inner.length <= outer.length; at += 1) {
    if (inner.every((token, index) => outer[at + index]?.key === token.key)) return true;
  }
  return false;
}

/** Turns the context values of a term into a condition. */
export function condition(
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
