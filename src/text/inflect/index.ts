import { arabic } from './ar.ts';
import { german } from './de.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { french } from './fr.ts';
import { hindi } from './hi.ts';
import { indonesian } from './id.ts';
import type { Forms, Inflection } from './inflection.ts';
import { italian } from './it.ts';
import { dutch } from './nl.ts';
import { polish } from './pl.ts';
import { portuguese } from './pt.ts';
import { eastSlavic } from './ru.ts';
import { swedish } from './sv.ts';
import { turkish } from './tr.ts';

/** Bending rules by ISO 639-1 code. A language without rules has terms that do not bend. */
const INFLECTIONS: Readonly<Record<string, Inflection>> = {
  ar: arabic,
  da: swedish,
  de: german,
  en: english,
  es: spanish,
  fr: french,
  hi: hindi,
  id: indonesian,
  it: italian,
  ms: indonesian,
  nl: dutch,
  no: swedish,
  pl: polish,
  pt: portuguese,
  ru: eastSlavic,
  sv: swedish,
  tr: turkish,
  uk: eastSlavic,
};

/**
 * Gives all forms of a term by the rules of its language, the term itself first.
 *
 * @param words - the term's words, lower case, with accents
 * @param language - ISO 639-1 code; `und` and languages without rules leave the term as it is
 * @param forms - how the term bends
 * @returns lists of words, each as long as `words` (a form may hold a hyphen)
 */
export function inflectTerm(words: readonly string[], language: string, forms: Forms): readonly (readonly string[])[] {
  const last = words[words.length - 1];
  if (forms === 'exact' || forms === 'stem' || last === undefined) return [words];
  // A name written "McDonald's" or "Jehovas": the tokeniser drops "'s", so only the genitive without apostrophe is new.
  if (forms === 'name') return [words];
  const inflection = language === 'und' ? undefined : INFLECTIONS[language];
  if (inflection === undefined)
    return language === 'und' && forms === 'noun' ? [words, withLast(words, `${last}s`)] : [words];
  const bent =
    words.length > 1 && inflection.agree !== undefined
      ? inflection.agree(words, forms)
      : inflection.bend(last, forms).map((form) => withLast(words, form));
  return [words, ...bent];
}

function withLast(words: readonly string[], last: string): readonly string[] {
  return [...words.slice(0, -1), last];
}
