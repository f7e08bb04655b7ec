import { CharacterClass as C, characterClass, isWordClass } from './character-class.ts';
import { readEmoji } from './emoji-cluster.ts';
import { foldWord, withoutArabicArticle } from './fold.ts';
import { readNumber } from './written-number.ts';

/** A piece of a text that a term can name: a word, a number, a letter of an unspaced script, a sign or an emoji. */
export interface Token {
  readonly kind: 'word' | 'number' | 'letter' | 'sign' | 'emoji';
  /** Folded form. */
  readonly key: string;
  /** Position in the (rewritten) text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** Index of the part of a path (`Demographics > Ethnicity > Black`) that the token stands in. */
  readonly part: number;
  /** Stands between brackets. */
  readonly isBracketed: boolean;
  /** No phrase reaches over the place before this token: a path separator or a bracket. */
  readonly breaksBefore: boolean;
  /** No space stands between this token and the one before. */
  readonly isGlued: boolean;
  /** Of a number token: its value, with a `k` or `m` suffix applied. */
  readonly value?: number;
  /** How the word was hidden, when it was taken out of a longer run. */
  readonly disguise?: string;
}

/** Tells whether a folded word is used by any lexicon. */
export type IsKnown = (key: string) => boolean;

const LONGEST_WORD = 64;
/** Longest run of letters that is searched for camelCase, digits and apostrophes. */
const LONGEST_RUN = 256;
const LOWER_OR_CAPITALISED = /^[A-Za-z][a-z]*$/;
const ELISIONS: ReadonlySet<string> = new Set([
  'l',
  'd',
  'j',
  'm',
  't',
  's',
  'c',
  'n',
  'qu',
  'dell',
  'all',
  'nell',
  'sull',
  'dall',
  'un',
  'lorsqu',
  'jusqu',
]);
const AND = 'and';
const LETTER_DIGIT = /\p{Nd}/u;

function isApostrophe(unit: number): boolean {
  return unit === 0x27 || unit === 0x2019 || unit === 0x2bc || unit === 0x60 || unit === 0xb4 || unit === 0x2018;
}

interface State {
  readonly text: string;
  readonly isKnown: IsKnown;
  readonly keepsWords: boolean;
  readonly tokens: Token[];
  part: number;
  depth: number;
  breaks: boolean;
  hasSpace: boolean;
  /** How far numbers were read; a number can reach over the end of its run. */
  reached: number;
}

function push(state: State, kind: Token['kind'], key: string, start: number, end: number, value?: number): void {
  state.tokens.push({
    kind,
    key,
    start,
    end,
    part: state.part,
    isBracketed: state.depth > 0,
    breaksBefore: state.breaks,
    isGlued: !state.hasSpace && state.tokens.length > 0,
    ...(value === undefined ? {} : { value }),
  });
  state.breaks = false;
  state.hasSpace = false;
}

/** Reads a number and tells where it ends. */
function pushNumber(state: State, start: number): number {
  const { key, value, end } = readNumber(state.text, start);
  push(state, 'number', key, start, end, value);
  return end;
}

/** Cuts `start`–`end` (letters, digits, marks, apostrophes) into the words that a reader sees. */
function pushWord(state: State, start: number, end: number): void {
  const { text } = state;
  const raw = text.slice(start, end);
  const isPlain = LOWER_OR_CAPITALISED.test(raw);
  const apostrophe = isPlain || raw.length > LONGEST_RUN ? -1 : raw.search(/['’ʼ`´‘]/u);
  if (apostrophe > 0) {
    const left = foldWord(raw.slice(0, apostrophe));
    const right = foldWord(raw.slice(apostrophe + 1));
    if (right === 's') {
      const tokensBefore = state.tokens.length;
      pushWord(state, start, start + apostrophe);
      const last = state.tokens[state.tokens.length - 1];
      if (last !== undefined && state.tokens.length > tokensBefore)
        state.tokens[state.tokens.length - 1] = { ...last, end };
      return;
    }
    if (ELISIONS.has(left) && right.length > 2) {
      push(state, 'word', left, start, start + apostrophe);
      pushWord(state, start + apostrophe + 1, end);
      return;
    }
    push(state, 'word', foldWord(raw.replace(/['’ʼ`´‘]/gu, '')), start, end);
    return;
  }
  const key = withoutArabicArticle(foldWord(raw));
  if (key === '') return;
  if (isPlain || state.keepsWords || raw.length > LONGEST_RUN || state.isKnown(key)) {
    push(state, 'word', key, start, end);
    return;
  }
  if (LETTER_DIGIT.test(raw)) {
    pushMixed(state, start, end);
    return;
  }
  const cut = camelCut(state, raw);
  if (cut > 0) {
    push(state, 'word', foldWord(raw.slice(0, cut)), start, start + cut);
    pushWord(state, start + cut, end);
    return;
  }
  push(state, 'word', key, start, end);
}

/** Where `camelCase` goes on with its next word; 0 when it does not. */
function camelCut(state: State, raw: string): number {
  let capitals = 0;
  for (let at = 0; at < raw.length; at += 1) {
    const isCapital = characterClass(raw.charCodeAt(at)) === C.capital;
    if (isCapital && at > 0 && capitals === 0) return at;
    if (isCapital) capitals += 1;
    else {
      if (capitals > 1) {
        const whole = foldWord(raw.slice(0, at));
        return state.isKnown(whole) && raw.length - at > 1 ? at : at - 1;
      }
      capitals = 0;
      let next = at + 1;
      while (next < raw.length && characterClass(raw.charCodeAt(next)) !== C.capital) next += 1;
      return next < raw.length ? next : 0;
    }
  }
  return 0;
}

/** Cuts `Age65`, `kids3` or `1stgen` between letters and digits. */
function pushMixed(state: State, start: number, end: number): void {
  const { text } = state;
  let at = start;
  while (at < end) {
    if (characterClass(text.codePointAt(at) ?? 0) === C.digit) {
      at = Math.max(pushNumber(state, at), at + 1);
      state.reached = at;
      continue;
    }
    let next = at;
    while (next < end && characterClass(text.codePointAt(next) ?? 0) !== C.digit) next += 1;
    pushWord(state, at, next);
    at = next;
  }
}

function handlePunctuation(state: State, at: number): void {
  const { text } = state;
  const character = text[at] ?? '';
  const spaced = text[at - 1] === ' ' && text[at + 1] === ' ';
  switch (character) {
    case '&':
      push(state, 'word', AND, at, at + 1);
      break;
    case '(':
    case '[':
    case '{':
    case '（':
    case '【':
      state.depth += 1;
      state.breaks = true;
      break;
    case ')':
    case ']':
    case '}':
    case '）':
    case '】':
      state.depth = Math.max(0, state.depth - 1);
      state.breaks = true;
      break;
    case '|':
    case ';':
    case '›':
    case '»':
    case '→':
    case '·':
    case '•':
    case '\\':
      state.part += 1;
      state.breaks = true;
      break;
    case ':':
    case '/':
      if (spaced || (character === ':' && (text[at + 1] === ' ' || text[at + 1] === ':'))) {
        state.part += 1;
        state.breaks = true;
      }
      break;
  }
}

/** Reads `<`, `>`, `$`, `+`, `✡` and the like; `>` between words separates the parts of a path. */
function handleSign(state: State, at: number, codePoint: number, size: number): void {
  const { text } = state;
  const character = String.fromCodePoint(codePoint);
  if (character === '>' || character === '→') {
    const next = text.slice(at + 1, at + 4);
    const compares = /^=?[$€£]?[0-9]/.test(next) || (/^ ?[$€£]?[0-9]/.test(next) && text[at - 1] !== ' ');
    if (!compares) {
      state.part += 1;
      state.breaks = true;
      return;
    }
  }
  push(state, 'sign', character, at, at + size);
}

/**
 * Cuts a text into tokens. Splits `snake_case`, `camelCase`, `kebab-case` and paths, drops possessive `'s`, keeps
 * mixed runs such as `covid19` whole when a lexicon knows them. Linear in the text.
 *
 * @param text - a text in compatibility form
 * @param isKnown - tells whether a folded word belongs to some term
 * @param keepsWords - never cut inside a run of letters and digits; for the terms themselves
 * @returns the tokens in order of their place
 */
export function tokenise(text: string, isKnown: IsKnown, keepsWords: boolean = false): readonly Token[] {
  const state: State = {
    text,
    isKnown,
    keepsWords,
    tokens: [],
    part: 0,
    depth: 0,
    breaks: false,
    hasSpace: false,
    reached: 0,
  };
  let at = 0;
  while (at < text.length) {
    const codePoint = text.codePointAt(at) ?? 0;
    const size = codePoint > 0xffff ? 2 : 1;
    const kind = characterClass(codePoint);
    if (kind === C.space) {
      if (codePoint === 0x0a || codePoint === 0x0d) {
        state.part += 1;
        state.breaks = true;
      }
      state.hasSpace = true;
      at += size;
    } else if (isWordClass(kind)) {
      at = readWord(state, at);
    } else if (kind === C.unspaced) {
      let end = at + size;
      while (end < text.length && end - at < 8 && isTail(text.codePointAt(end) ?? 0)) end += 1;
      const key = foldWord(text.slice(at, end));
      if (key !== '') push(state, 'letter', key, at, end);
      at = end;
    } else if (kind === C.emoji || kind === C.regionalIndicator) {
      const emoji = readEmoji(text, at);
      const end = Math.max(emoji.end, at + size);
      push(state, 'emoji', emoji.key, at, end);
      at = end;
    } else if (kind === C.sign) {
      handleSign(state, at, codePoint, size);
      at += size;
    } else {
      if (kind === C.punctuation) handlePunctuation(state, at);
      at += size;
    }
  }
  return state.tokens;
}

function isTail(codePoint: number): boolean {
  const kind = characterClass(codePoint);
  return kind === C.mark || kind === C.invisible;
}

/** Reads a run of letters, digits, marks and inner apostrophes. */
function readWord(state: State, start: number): number {
  const { text } = state;
  let at = start;
  let hasLetter = false;
  while (at < text.length) {
    const codePoint = text.codePointAt(at) ?? 0;
    const size = codePoint > 0xffff ? 2 : 1;
    const kind = characterClass(codePoint);
    if (isWordClass(kind)) {
      if (kind !== C.digit) hasLetter = true;
    } else if (kind !== C.mark && kind !== C.invisible) {
      const next = text.codePointAt(at + 1);
      const inner = isApostrophe(codePoint) && hasLetter && next !== undefined && isWordClass(characterClass(next));
      if (!inner || characterClass(next ?? 0) === C.digit) break;
    }
    at += size;
  }
  if (!hasLetter) return pushNumber(state, start);
  const number = /^[0-9]+([.,][0-9]+)*[kKmM]$/.test(text.slice(start, Math.min(at, start + LONGEST_WORD)));
  if (number) return pushNumber(state, start);
  pushWord(state, start, at);
  return Math.max(at, state.reached);
}
