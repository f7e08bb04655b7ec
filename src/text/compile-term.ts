import { TERM_ROOT } from './automaton.ts';
import { type Compilation, intern, setFlag, specialLabel, wordId, wordIn } from './compilation.ts';
import { condition, listCue } from './compile-contexts.ts';
import { WordFlag } from './compiled-lexicons.ts';
import type { Forms } from './inflect/inflection.ts';
import type { LexiconFile, LexiconGroup, LexiconTerm } from './lexicon-schema.ts';
import { longestPhrase, phraseForms, wordTokens } from './phrase-forms.ts';
import { expandTerm, type PatternElement, PatternError } from './term-pattern.ts';

const SHORTEST_STEM = 4;

/** A way through the trie: labels, and the accents of the words on it. */
interface Path {
  readonly labels: readonly number[];
  readonly accents: string;
}

interface PathOptions {
  readonly language: string;
  readonly forms: Forms;
  readonly resolve: (name: string) => number;
}

function bound(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function elementLabels(
  compilation: Compilation,
  element: PatternElement,
  isLast: boolean,
  options: PathOptions,
): readonly Path[] {
  switch (element.kind) {
    case 'class':
      return [
        {
          labels: [specialLabel(compilation, { kind: 'class', cue: options.resolve(element.name) })],
          accents: '',
        },
      ];
    case 'list':
      return [
        {
          labels: [
            specialLabel(compilation, { kind: 'class', cue: listCue(compilation, element.words, options.language) }),
          ],
          accents: '',
        },
      ];
    case 'number':
    case 'range':
      return [
        {
          labels: [specialLabel(compilation, { kind: element.kind, from: bound(element.from), to: bound(element.to) })],
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

/** Labels of a term whose last word is the beginning of the words that it matches. */
function stemLabels(compilation: Compilation, text: string): readonly Path[] {
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
function termPaths(compilation: Compilation, term: string, options: PathOptions): readonly Path[] {
  const paths: Path[] = [];
  for (const sequence of expandTerm(term)) {
    let heads: Path[] = [{ labels: [], accents: '' }];
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
  const longest = longestPhrase(term);
  if (usable.some((path) => path.labels.length > longest)) throw new PatternError(`is longer than ${longest} words`);
  return usable;
}

/**
 * Adds a term to what is being compiled.
 *
 * @param compilation - receives the term's forms, settings and conditions
 * @param lexicon - the file that the term stands in
 * @param group - its group; the last that was added
 * @param entry - the term
 * @param resolve - gives the cue of a class name, as the file sees it
 * @throws {PatternError} when the term is malformed
 */
export function addTerm(
  compilation: Compilation,
  lexicon: LexiconFile,
  group: LexiconGroup,
  entry: LexiconTerm,
  resolve: (name: string) => number,
): void {
  const settings = { ...group, ...entry };
  const language = settings.language ?? 'und';
  const forms = settings.forms ?? 'noun';
  const unless = [...(lexicon.unless ?? []), ...(group.unless ?? []), ...(entry.unless ?? [])];
  const paths = termPaths(compilation, entry.term, { language, forms, resolve });
  const near = condition(compilation, settings.near, entry.term, language, resolve);
  const beside = condition(compilation, settings.beside, entry.term, language, resolve);
  const except = condition(compilation, unless, entry.term, language, resolve);
  const index = compilation.terms.length;
  // Terms are stored line by line.
  compilation.terms.push(entry.term.replace(/\s+/gu, ' '));
  const conditionIndex = (value: readonly number[] | undefined): number | undefined =>
    value === undefined ? undefined : intern(compilation.conditions, value);
  const indices = { near: conditionIndex(near), beside: conditionIndex(beside), unless: conditionIndex(except) };
  compilation.settingsOfTerm.push(
    intern(compilation.settings, {
      traits: [settings.trait ?? lexicon.trait, ...(settings.also ?? [])],
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
      setFlag(
        compilation,
        path.labels[0],
        WordFlag.term | ((settings.strength ?? 'explicit') === 'explicit' ? WordFlag.explicit : 0),
      );
    }
  }
}
