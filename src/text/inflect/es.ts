import type { Inflection } from './inflection.ts';
import { romanceInflection } from './romance.ts';

function plural(word: string): string {
  if (/[aeiouéó]$/.test(word)) return `${word}s`;
  if (/z$/.test(word)) return `${word.slice(0, -1)}ces`;
  if (/[sx]$/.test(word)) return /[áéíóú]s$/.test(word) ? `${word}es` : word;
  return `${word}es`;
}

function feminine(word: string): string {
  if (/o$/.test(word)) return `${word.slice(0, -1)}a`;
  if (/(dor|tor|sor|és|ón|ín|án|ñol)$/.test(word)) return `${word}a`;
  return word;
}

/** Spanish: number and gender; all words before a preposition agree. */
export const spanish: Inflection = romanceInflection({
  plural,
  feminine,
  stops: new Set(['de', 'del', 'con', 'sin', 'en', 'para', 'por', 'a', 'al', 'y', 'e', 'o', 'que', 'sobre', 'contra']),
  verb: (word) =>
    /(ar|er|ir)$/.test(word) ? ['ando', 'ado', 'ada', 'a', 'an'].map((end) => word.slice(0, -2) + end) : [],
});
