import { CharacterClass as C, characterClass, isWordClass } from './character-class.ts';

/** A number as written in a text. */
export interface WrittenNumber {
  /** Digits, with a point before the fraction: `15000`, `1.5`. */
  readonly key: string;
  /** With a `k` or `m` suffix applied. */
  readonly value: number;
  /** Position after it. */
  readonly end: number;
}

/** Digits of one number that are read; more of them are skipped. */
const MOST_DIGITS = 64;
const DIGIT = /\p{Nd}/u;

/** Value of a run of decimal digits of any script. */
function digitsValue(digits: string): string {
  let ascii = '';
  for (const digit of digits) {
    const codePoint = digit.codePointAt(0) ?? 0;
    if (codePoint < 0x80) {
      ascii += digit;
      continue;
    }
    let zero = codePoint;
    while (DIGIT.test(String.fromCodePoint(zero - 1)) && codePoint - zero < 9) zero -= 1;
    ascii += String(codePoint - zero);
  }
  return ascii;
}

/**
 * Reads a number: digit groups (`15,000`, `15.000`), decimals, and a `k` or `m` directly after it. Digits of all scripts
 * are known.
 *
 * @param text - a text
 * @param start - position of its first digit
 */
export function readNumber(text: string, start: number): WrittenNumber {
  const run = (from: number): number => {
    let at = from;
    while (at < text.length) {
      const codePoint = text.codePointAt(at) ?? 0;
      if (characterClass(codePoint) !== C.digit) break;
      at += codePoint > 0xffff ? 2 : 1;
    }
    return at;
  };
  let end = run(start);
  let whole = digitsValue(text.slice(start, Math.min(end, start + MOST_DIGITS)));
  let fraction = '';
  while (text[end] === ',' || text[end] === '.') {
    const groupEnd = run(end + 1);
    const group = digitsValue(text.slice(end + 1, Math.min(groupEnd, end + 5)));
    if (group.length === 3 && whole.length <= 12 && fraction === '') whole += group;
    else if (fraction === '' && group.length > 0 && group.length < 3) fraction = group;
    else break;
    end = groupEnd;
    if (fraction !== '') break;
  }
  let value = Number(fraction === '' ? whole : `${whole}.${fraction}`);
  const suffix = text[end]?.toLowerCase();
  const after = text.codePointAt(end + 1);
  if ((suffix === 'k' || suffix === 'm') && (after === undefined || !isWordClass(characterClass(after)))) {
    value *= suffix === 'k' ? 1000 : 1_000_000;
    end += 1;
  }
  return { key: fraction === '' ? whole : `${whole}.${fraction}`, value, end };
}
