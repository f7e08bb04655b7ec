import type { CompiledTerm, Lexicons } from './compiled-lexicons.ts';
import { foldCase } from './fold.ts';
import { LANGUAGES_OF_FUNCTION_WORDS } from './function-words.ts';
import type { Lattice } from './lattice.ts';
import type { Hit } from './matching.ts';

const HOME = 'en';
/** Words of this many letters or fewer are too often words of another language. */
const SHORT_WORD = 4;
/** Languages whose words cannot be mistaken for English ones, because of their script. */
const OTHER_SCRIPTS: ReadonlySet<string> = new Set([
  'ar',
  'bg',
  'bn',
  'el',
  'fa',
  'gu',
  'he',
  'hi',
  'hy',
  'ja',
  'ka',
  'km',
  'kn',
  'ko',
  'lo',
  'ml',
  'mr',
  'my',
  'ne',
  'pa',
  'ru',
  'si',
  'sr',
  'ta',
  'te',
  'th',
  'uk',
  'ur',
  'zh',
]);

function languagesAt(lexicons: Lexicons, lattice: Lattice, at: number): readonly string[] {
  const key = lattice.tokens[at]?.key ?? '';
  const id = lattice.ids[at] ?? -1;
  const ofTerms = id < 0 ? [] : lexicons.languagesOf(id);
  const ofFunctionWords = LANGUAGES_OF_FUNCTION_WORDS.get(key);
  if (ofFunctionWords === undefined) return ofTerms;
  return [...ofFunctionWords, ...ofTerms];
}

/** How many tokens on either side tell the language of a text. */
const WINDOW = 12;

/**
 * Tells whether a hit by a term of another language is an English word in English surroundings: German `Senior` in
 * "Senior Engineering Manager", French `prison` in "Prison Break".
 *
 * English is the language in which most names are written, so a word that both languages have is read as English unless
 * some other word of the text belongs to the term's language and not to English.
 *
 * @param lexicons - knows the languages of words
 * @param lattice - the text
 * @param term - the term that was hit
 * @param hit - where
 */
export function isEnglishLookAlike(lexicons: Lexicons, lattice: Lattice, term: CompiledTerm, hit: Hit): boolean {
  const { language } = term;
  if (language === HOME || language === 'und' || OTHER_SCRIPTS.has(language)) return false;
  let speaksForTerm = false;
  let speaksForEnglish = false;
  const from = Math.max(0, hit.from - WINDOW);
  const to = Math.min(lattice.tokens.length, hit.to + WINDOW);
  for (let at = from; at < to && !speaksForTerm; at += 1) {
    if (at >= hit.from && at < hit.to) continue;
    const languages = languagesAt(lexicons, lattice, at);
    if (languages.length === 0) continue;
    const isEnglish = languages.includes(HOME);
    const isTerms = languages.includes(language);
    if (isTerms && !isEnglish) speaksForTerm = true;
    if (isEnglish && !isTerms) speaksForEnglish = true;
  }
  if (speaksForTerm) return false;
  let allEnglish = true;
  let plain = true;
  for (let at = hit.from; at < hit.to; at += 1) {
    const token = lattice.tokens[at];
    if (token === undefined) continue;
    if (!languagesAt(lexicons, lattice, at).includes(HOME)) allEnglish = false;
    if (foldCase(lattice.text.slice(token.start, token.end)) !== token.key) plain = false;
  }
  if (!plain) return false;
  if (allEnglish) return true;
  if (!speaksForEnglish || hit.to - hit.from > 1) return false;
  const key = lattice.tokens[hit.from]?.key ?? '';
  // The term is written with accents and the text, which is English otherwise, has none.
  return key.length <= SHORT_WORD || !/^[\x20-\x7e]*$/.test(term.term);
}
