/** What a character does in a text, for cutting it into tokens. */
export const CharacterClass = {
  letter: 1,
  capital: 2,
  digit: 3,
  space: 4,
  /** Belongs to the word before it: combining marks. */
  mark: 5,
  /** Shows nothing: zero-width characters, controls, selectors. */
  invisible: 6,
  /** A letter of a script that writes no spaces between words; each is a token. */
  unspaced: 7,
  emoji: 8,
  regionalIndicator: 9,
  /** A sign with a meaning of its own, such as ✡ or $. */
  sign: 10,
  punctuation: 11,
} as const;

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Hangul}々ー]/u;

function classify(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  if (/\p{White_Space}/u.test(character)) return CharacterClass.space;
  if (codePoint >= 0x1f1e6 && codePoint <= 0x1f1ff) return CharacterClass.regionalIndicator;
  if (/[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Emoji_Modifier}]/u.test(character)) {
    return CharacterClass.invisible;
  }
  if (UNSPACED.test(character)) return CharacterClass.unspaced;
  if (/\p{M}/u.test(character)) return CharacterClass.mark;
  if (/\p{Lu}|\p{Lt}/u.test(character)) return CharacterClass.capital;
  if (/\p{L}/u.test(character)) return CharacterClass.letter;
  if (/\p{Nd}/u.test(character)) return CharacterClass.digit;
  if (codePoint > 0xff && /\p{Extended_Pictographic}/u.test(character)) return CharacterClass.emoji;
  if (/[\p{Sc}\p{So}\p{No}\p{Nl}\p{Sm}]/u.test(character) && character !== '|' && character !== '~') {
    return CharacterClass.sign;
  }
  return CharacterClass.punctuation;
}

const known = new Uint8Array(0x110000);

/**
 * Tells what a character does in a text. Answers are kept, so asking again costs one array read.
 *
 * @param codePoint - 0 to 0x10FFFF
 * @returns one of the values of {@link CharacterClass}
 */
export function characterClass(codePoint: number): number {
  const answer = known[codePoint] ?? 0;
  if (answer !== 0) return answer;
  const found = classify(codePoint);
  known[codePoint] = found;
  return found;
}

/** Tells whether a class is one of those that words and numbers are made of. */
export function isWordClass(kind: number): boolean {
  return kind === CharacterClass.letter || kind === CharacterClass.capital || kind === CharacterClass.digit;
}
