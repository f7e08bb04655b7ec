/** Letters that Unicode does not decompose, and what a reader takes them for. */
const PLAIN_LETTERS: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['ı', 'i'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ħ', 'h'],
  ['ŋ', 'n'],
  ['ƒ', 'f'],
  ['ə', 'e'],
  ['ŀ', 'l'],
  ['ς', 'σ'],
  // Arabic and Persian: one letter in several shapes
  ['ٱ', 'ا'],
  ['ى', 'ي'],
  ['ی', 'ي'],
  ['ې', 'ي'],
  ['ک', 'ك'],
  ['ة', 'ه'],
  ['ۀ', 'ه'],
  ['ہ', 'ه'],
  ['ھ', 'ه'],
  ['ے', 'ي'],
  ['ء', ''],
  ['ـ', ''],
  ['ک', 'ك'],
  // Hebrew final letters
  ['ך', 'כ'],
  ['ם', 'מ'],
  ['ן', 'נ'],
  ['ף', 'פ'],
  ['ץ', 'צ'],
  // Devanagari: both nasal signs are used for one sound
  ['ँ', 'ं'],
  // Ukrainian and Russian apostrophe-like letters
  ['ʼ', ''],
]);

/**
 * Marks that readers of the script treat as optional: Latin, Greek and Cyrillic diacritics, Arabic vowel signs and
 * hamza, Hebrew points, Indic nukta, and marks used to decorate letters. Vowel signs of Indic scripts, Thai marks and
 * Japanese voicing marks change the word and stay.
 */
const OPTIONAL_MARKS = new RegExp(
  `[${[
    '\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f', // Latin, Greek; decorations
    '\\u0483-\\u0489', // Cyrillic
    '\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7', // Hebrew
    '\\u0610-\\u061a\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e8\\u06ea-\\u06ed', // Arabic
    '\\u093c\\u09bc\\u0a3c\\u0abc\\u0b3c\\u0cbc', // nukta of Indic scripts
  ].join('')}]`,
  'gu',
);
/** Characters that show nothing: default-ignorable code points, controls, variation selectors. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\p{Co}\p{Cn}]/gu;
const HAS_PLAIN = new RegExp(`[${[...PLAIN_LETTERS.keys()].join('')}]`, 'u');
const LOWER_ASCII = /^[a-z0-9]*$/;
const ASCII = /^[\x20-\x7e]*$/;

/**
 * Folds a word to the key under which words are compared: case, accents, letter shapes and invisible characters gone.
 *
 * @param word - a word in NFKC
 * @returns the key; may be empty; folding a key again gives the same key
 */
export function foldWord(word: string): string {
  if (LOWER_ASCII.test(word)) return word;
  if (ASCII.test(word)) return word.toLowerCase();
  const bare = lowerCase(word).normalize('NFD').replace(OPTIONAL_MARKS, '').normalize('NFC');
  if (!HAS_PLAIN.test(bare)) return bare;
  let folded = '';
  for (const letter of bare) folded += PLAIN_LETTERS.get(letter) ?? letter;
  return folded;
}

/**
 * Folds a word but keeps its accents, for terms that need them.
 *
 * @param word - a word in NFKC
 * @returns the lower-case word without invisible characters
 */
export function foldCase(word: string): string {
  return lowerCase(word).normalize('NFC');
}

function lowerCase(word: string): string {
  return word.replace(INVISIBLE, '').toLowerCase().replaceAll('i̇', 'i');
}

/**
 * Takes the Arabic article off a folded word, when enough of the word is left.
 *
 * @param key - a folded word of any script
 * @returns the word without `ال`, or the word itself
 */
export function withoutArabicArticle(key: string): string {
  return key.length >= 5 && key.startsWith('ال') ? key.slice(2) : key;
}
