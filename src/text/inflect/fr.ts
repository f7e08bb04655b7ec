import type { Inflection } from './inflection.ts';
import { romanceInflection } from './romance.ts';

function plural(word: string): string {
  if (/[sxz]$/.test(word)) return word;
  if (/(eau|au|eu)$/.test(word)) return `${word}x`;
  if (/[^i]al$/.test(word)) return `${word.slice(0, -1)}ux`;
  return `${word}s`;
}

function feminine(word: string): string {
  if (/e$/.test(word)) return word;
  if (/teur$/.test(word)) return `${word.slice(0, -3)}rice`;
  if (/eur$/.test(word)) return `${word.slice(0, -1)}se`;
  if (/eux$/.test(word)) return `${word.slice(0, -1)}se`;
  if (/if$/.test(word)) return `${word.slice(0, -1)}ve`;
  if (/er$/.test(word)) return `${word.slice(0, -2)}ère`;
  if (/(en|on|el)$/.test(word)) return `${word}${word[word.length - 1] ?? ''}e`;
  if (/(é|ais|ois|ain|in|and|ant|ent|al|ol|ard|at|it|ut|ur|i|u|nd|rt)$/.test(word)) return `${word}e`;
  return word;
}

/** French: number and gender; all words before a preposition agree. */
export const french: Inflection = romanceInflection({
  plural,
  feminine,
  stops: new Set([
    'de',
    'du',
    'des',
    'd',
    'avec',
    'sans',
    'en',
    'au',
    'aux',
    'à',
    'pour',
    'par',
    'et',
    'ou',
    'que',
    'sur',
    'contre',
    'la',
    'le',
    'les',
    'l',
  ]),
  verb: (word) =>
    /er$/.test(word) ? ['e', 'é', 'ée', 'és', 'ées', 'ant', 'ent'].map((end) => word.slice(0, -2) + end) : [],
});
