import type { Inflection } from './inflection.ts';
import { romanceInflection } from './romance.ts';

function plural(word: string): string {
  if (/ão$/.test(word)) return `${word.slice(0, -2)}ões`;
  if (/m$/.test(word)) return `${word.slice(0, -1)}ns`;
  if (/[aeou]l$/.test(word)) return `${word.slice(0, -1)}is`;
  if (/il$/.test(word)) return `${word.slice(0, -1)}s`;
  if (/[rzn]$/.test(word)) return `${word}es`;
  if (/ês$/.test(word)) return `${word.slice(0, -2)}eses`;
  if (/[sx]$/.test(word)) return word;
  return `${word}s`;
}

function feminine(word: string): string {
  if (/ão$/.test(word)) return `${word.slice(0, -2)}ã`;
  if (/o$/.test(word)) return `${word.slice(0, -1)}a`;
  if (/(dor|tor|sor)$/.test(word)) return `${word}a`;
  if (/ês$/.test(word)) return `${word.slice(0, -2)}esa`;
  if (/eu$/.test(word)) return `${word.slice(0, -2)}ia`;
  return word;
}

/** Portuguese: number and gender; all words before a preposition agree. */
export const portuguese: Inflection = romanceInflection({
  plural,
  feminine,
  stops: new Set([
    'de',
    'do',
    'da',
    'dos',
    'das',
    'com',
    'sem',
    'em',
    'no',
    'na',
    'para',
    'por',
    'a',
    'ao',
    'e',
    'ou',
    'que',
    'sobre',
    'contra',
  ]),
  verb: (word) =>
    /(ar|er|ir)$/.test(word) ? ['ando', 'ado', 'ada', 'a', 'am'].map((end) => word.slice(0, -2) + end) : [],
});
