import { toCompatibilityForm } from './compatibility.ts';
import { foldCase } from './fold.ts';
import { inflectTerm } from './inflect/index.ts';
import type { Forms } from './inflect/inflection.ts';
import { tokenise } from './tokenise.ts';

/** A word of a term: the key that is matched, and the word with its accents. */
export interface WordToken {
  readonly key: string;
  readonly accents: string;
}

/** Longest term in tokens. */
const LONGEST_TERM = 12;

/** Longest term in a script without spaces, where each letter is a token. */
const LONGEST_UNSPACED_TERM = 40;
/** Tokens of a term's words: keys to match and the accents as written. */
export function wordTokens(text: string): readonly WordToken[] {
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

/**
 * How many tokens a phrase may have.
 *
 * @param text - the phrase
 * @returns 12 words, or 40 letters of a script without spaces
 */
export function longestPhrase(text: string): number {
  return isUnspaced(text) ? LONGEST_UNSPACED_TERM : LONGEST_TERM;
}

/** All sequences of keys that a phrase matches, with their accents. */
export function phraseForms(text: string, language: string, forms: Forms): readonly (readonly WordToken[])[] {
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
