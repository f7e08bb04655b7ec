import { follow, TERM_ROOT } from './automaton.ts';
import type { Lexicons } from './compiled-lexicons.ts';
import { STEM_LENGTH, WordFlag } from './compiled-lexicons.ts';
import { latinLookAlikes } from './confusables.ts';
import { leetReadings } from './leetspeak.ts';
import { withoutRepeats } from './repeated-letters.ts';

/** Another way to read a word: the id of a known word, and the disguise it was in, if it is one. */
export interface Reading {
  readonly id: number;
  readonly disguise?: string;
}

/** How a run of letters falls into words: lengths of the pieces, in letters of the folded word. */
export type Pieces = readonly number[];

const LONGEST_READ = 40;
const LONGEST_STEM = 24;

function known(lexicons: Lexicons, word: string): number {
  return lexicons.ids.get(word) ?? -1;
}

function isExplicit(lexicons: Lexicons, id: number): boolean {
  return id >= 0 && ((lexicons.flags[id] ?? 0) & WordFlag.explicit) !== 0;
}

/** Spellings that sound the same: `autizm`, `k4ncer`, `alcoholix`, `mooslim`. */
function soundSpellings(word: string): readonly string[] {
  const spellings: string[] = [];
  for (const [sign, letters] of SOUNDS_LIKE) if (word.includes(sign)) spellings.push(word.replaceAll(sign, letters));
  return spellings;
}

const SOUNDS_LIKE = [
  ['z', 's'],
  ['k', 'c'],
  ['x', 'cs'],
  ['oo', 'u'],
] as const;

/** Readings of a word that shows letters of other alphabets, digits or signs for letters, or repeated letters. */
export function disguisedReading(lexicons: Lexicons, word: string, goesOn: boolean = false): Reading | undefined {
  if (word.length < 2 || word.length > LONGEST_READ) return undefined;
  const latin = latinLookAlikes(word);
  for (const reading of latin) {
    const id = known(lexicons, reading);
    if (id >= 0 && reading.length >= 3) return { id, disguise: 'confusable letters' };
  }
  for (const letters of latin.length > 0 ? latin : [word]) {
    for (const reading of leetReadings(letters, goesOn)) {
      const id = known(lexicons, reading);
      if (id >= 0) return { id, disguise: latin.length > 0 ? 'confusable letters' : 'leetspeak' };
      for (const other of [...withoutRepeats(reading), ...soundSpellings(reading)]) {
        const otherId = known(lexicons, other);
        if (isExplicit(lexicons, otherId) && (other.length >= 6 || other.length < reading.length)) {
          return { id: otherId, disguise: 'leetspeak' };
        }
      }
    }
    for (const reading of withoutRepeats(letters)) {
      const id = known(lexicons, reading);
      if (id >= 0 && reading.length >= 3) return { id, disguise: 'repeated letters' };
    }
  }
  return undefined;
}

const ARABIC_PREFIX = /^(?:[وف]?(?:[بكل]?ال|لل|[بلك])|[وف])(?=.{3})/u;
const HEBREW_PREFIX = /^(?:ו?(?:[הבלמשכ]|מה|שה|כש)|ו)(?=.{3})/u;

/** Readings of an Arabic or Hebrew word without the particles that are written together with it. */
export function withoutParticles(lexicons: Lexicons, word: string): number {
  const first = word.charCodeAt(0);
  const prefix =
    first >= 0x5d0 && first <= 0x5ea ? HEBREW_PREFIX : first >= 0x600 && first <= 0x6ff ? ARABIC_PREFIX : undefined;
  const found = prefix?.exec(word)?.[0];
  if (found === undefined) return -1;
  for (const length of new Set([found.length, 1, 2])) {
    const id = word.length - length >= 2 ? known(lexicons, word.slice(length)) : -1;
    if (id >= 0) return id;
  }
  return -1;
}

/** Ids of all `forms: stem` terms that a word begins with. */
export function stemsOf(lexicons: Lexicons, word: string): readonly number[] {
  if (!lexicons.stemStarts.has(word.slice(0, STEM_LENGTH))) return [];
  const found: number[] = [];
  for (let length = STEM_LENGTH; length <= Math.min(word.length, LONGEST_STEM); length += 1) {
    const id = lexicons.stems.get(word.slice(0, length));
    if (id !== undefined) found.push(id);
  }
  return found;
}

/** Endings of surnames and place names; "Blackman" and "Whiteboy" are not people words written together. */
const NAME_ENDINGS: ReadonlySet<string> = new Set([
  'man',
  'son',
  'boy',
  'king',
  'queen',
  'lady',
  'guy',
  'kid',
  'pal',
  'baby',
  'ladies',
  'kin',
  'den',
  'par',
  'lid',
  'mor',
  'far',
  'adult',
  'fan',
  'single',
  'list',
  'index',
  'tier',
  'score',
  'demo',
  'lead',
  'park',
  'ados',
]);

/** People words of three letters that are read at the end of a joined word. */
const SHORT_PEOPLE: ReadonlySet<string> = new Set(['men', 'mom', 'mum', 'dad']);

/** A multi-word term without its spaces (`blacklivesmatter`): walks the terms' trie letter group by letter group. */
function joinedTerm(lexicons: Lexicons, word: string): Pieces | undefined {
  let steps = 0;
  const walk = (node: number, at: number): Pieces | undefined => {
    if (at === word.length) return (lexicons.trie.output[node] ?? 0) > 0 ? [] : undefined;
    for (let length = Math.min(word.length - at, 16); length >= 2; length -= 1) {
      steps += 1;
      if (steps > 400) return undefined;
      const id = known(lexicons, word.slice(at, at + length));
      if (id < 0) continue;
      const next = node === TERM_ROOT ? (lexicons.termStart[id] ?? 0) : follow(lexicons.trie, node, id);
      if (next <= 0) continue;
      const rest = walk(next, at + length);
      if (rest !== undefined) return [length, ...rest];
    }
    return undefined;
  };
  return walk(TERM_ROOT, 0);
}

/**
 * Takes an unknown word apart into known ones (`gaymen`, `muslimwomen`, `blacklivesmatter`).
 *
 * @param lexicons - what is known
 * @param word - a folded word of 6 to 40 letters
 * @returns lengths of the words in it, or `undefined`
 */
export function joinedWords(lexicons: Lexicons, word: string): Pieces | undefined {
  if (word.length < 6 || word.length > LONGEST_READ || !/^[\p{Script=Latin}]+$/u.test(word)) return undefined;
  const whole = joinedTerm(lexicons, word);
  if (whole !== undefined && whole.length > 1 && whole.every((length) => length > 2 || whole.length > 2)) return whole;
  for (let length = 3; length <= word.length - 3; length += 1) {
    const left = known(lexicons, word.slice(0, length));
    if (left < 0) continue;
    const rest = word.slice(length);
    const right = known(lexicons, rest);
    if (right < 0 || NAME_ENDINGS.has(rest)) continue;
    const leftFlags = lexicons.flags[left] ?? 0;
    const rightFlags = lexicons.flags[right] ?? 0;
    const rightIsPeople = (rightFlags & WordFlag.people) !== 0 && (rest.length >= 4 || SHORT_PEOPLE.has(rest));
    const rightIsTerm = (rightFlags & WordFlag.term) !== 0 && word.length - length >= 5;
    const leftIsTerm = (leftFlags & WordFlag.term) !== 0 && length >= 4;
    const leftIsShort = (leftFlags & WordFlag.explicit) !== 0 && length === 3;
    const leftIsPeople = (leftFlags & WordFlag.people) !== 0 && length >= 4;
    if (
      (leftIsTerm && (rightIsPeople || rightIsTerm)) ||
      (leftIsPeople && rightIsTerm) ||
      (leftIsShort && rightIsPeople)
    )
      return [length, word.length - length];
  }
  return undefined;
}

/** What an unknown word can be, remembered between texts. */
export interface UnknownWord {
  readonly reading?: Reading;
  readonly pieces?: Pieces;
}

const MOST_REMEMBERED = 100_000;

/** Looks at an unknown word in all ways, with a memory of the last 100,000 words. */
export function readUnknown(lexicons: Lexicons, word: string): UnknownWord {
  const seen = lexicons.seen.get(word);
  if (seen !== undefined) return seen as UnknownWord;
  const particle = withoutParticles(lexicons, word);
  const reading =
    particle >= 0 ? { id: particle } : (disguisedReading(lexicons, word) ?? misspeltReading(lexicons, word));
  const pieces = reading === undefined ? joinedWords(lexicons, word) : undefined;
  const answer: UnknownWord = {
    ...(reading === undefined ? {} : { reading }),
    ...(pieces === undefined ? {} : { pieces }),
  };
  if (lexicons.seen.size >= MOST_REMEMBERED) lexicons.seen.clear();
  lexicons.seen.set(word, answer);
  return answer;
}

/** Pairs of letters that look like one letter, and the letter: `wornen`, `vvhite`, `qveer`. */
const LOOK_ALIKE_PAIRS = [
  ['rn', 'm'],
  ['vv', 'w'],
  ['qv', 'qu'],
] as const;

/** A word with a slip of the pen (`hispnic`, `diabetis`), a doubled last letter, or letters that look like another. */
function misspeltReading(lexicons: Lexicons, word: string): Reading | undefined {
  if (word.length < 5 || word.length > LONGEST_READ || !/^[a-z]+$/.test(word)) return undefined;
  const explicit = (reading: string, disguise: string): Reading | undefined => {
    const id = known(lexicons, reading);
    return isExplicit(lexicons, id) && lexicons.languagesOf(id).includes('en') ? { id, disguise } : undefined;
  };
  for (const [pair, letter] of LOOK_ALIKE_PAIRS) {
    if (!word.includes(pair)) continue;
    const reading = word.replaceAll(pair, letter);
    const found = reading.length >= 6 || reading === 'women' ? explicit(reading, 'confusable letters') : undefined;
    if (found !== undefined) return found;
  }
  for (const spelling of soundSpellings(word)) {
    const found = spelling.length >= 6 ? explicit(spelling, 'misspelling') : undefined;
    if (found !== undefined) return found;
  }
  if (word.length >= 6 && word[word.length - 1] === word[word.length - 2]) {
    const found = explicit(word.slice(0, -1), 'misspelling');
    if (found !== undefined) return found;
  }
  const id = lexicons.meant(word);
  return id < 0 ? undefined : { id, disguise: 'misspelling' };
}
