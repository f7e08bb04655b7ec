import type { Inflection } from './inflection.ts';
import { romanceInflection } from './romance.ts';

function plural(word: string): string {
  if (/(io)$/.test(word)) return word.slice(0, -1);
  if (/[cg]o$/.test(word)) return `${word.slice(0, -1)}hi`;
  if (/[cg]a$/.test(word)) return `${word.slice(0, -1)}he`;
  if (/ista$/.test(word)) return `${word.slice(0, -1)}i`;
  if (/a$/.test(word)) return `${word.slice(0, -1)}e`;
  if (/[oe]$/.test(word)) return `${word.slice(0, -1)}i`;
  return word;
}

function feminine(word: string): string {
  if (/tore$/.test(word)) return `${word.slice(0, -3)}rice`;
  if (/o$/.test(word)) return `${word.slice(0, -1)}a`;
  return word;
}

const rules = {
  plural,
  feminine,
  stops: new Set([
    'di',
    'del',
    'dello',
    'della',
    'dei',
    'degli',
    'delle',
    'con',
    'senza',
    'in',
    'nel',
    'per',
    'da',
    'a',
    'al',
    'e',
    'o',
    'che',
    'su',
    'contro',
  ]),
  verb: (word: string): readonly string[] =>
    /(are|ere|ire)$/.test(word)
      ? ['ando', 'ato', 'ata', 'ati', 'ate', 'a', 'ano'].map((end) => word.slice(0, -3) + end)
      : [],
};
const regular = romanceInflection(rules);
// -co and -go have both plurals (medici, antichi); which one is a matter of stress, so both are made.
const soft = romanceInflection({
  ...rules,
  plural: (word) => (/[cg]o$/.test(word) ? `${word.slice(0, -1)}i` : plural(word)),
});

/** Italian: number and gender; all words before a preposition agree. */
export const italian: Inflection = {
  bend: (word, forms) => [...regular.bend(word, forms), ...soft.bend(word, forms)],
  agree: (words, forms) => [...(regular.agree?.(words, forms) ?? []), ...(soft.agree?.(words, forms) ?? [])],
};
