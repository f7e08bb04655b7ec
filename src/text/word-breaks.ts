import type { Lattice } from './lattice.ts';

/** Particles that Korean writes together with a noun. */
const KOREAN_PARTICLES: ReadonlySet<string> = new Set([
  '은',
  '는',
  '이',
  '가',
  '을',
  '를',
  '의',
  '에',
  '와',
  '과',
  '도',
  '로',
  '들',
  '인',
  '들의',
  '들을',
  '들이',
  '에서',
  '에게',
  '으로',
  '이나',
  '까지',
  '부터',
  '님',
  '용',
  '자',
  '인들',
  '적',
]);
const HANGUL = /\p{Script=Hangul}/u;
const HAN = /^\p{Script=Han}$/u;
const KATAKANA = /[\p{Script=Katakana}ー]/u;

let segmenter: Intl.Segmenter | undefined;

/** Where the words of one block of a text begin and end, by UTF-16 unit from the block's start. */
interface Block {
  readonly startOf: Int32Array;
  readonly endOf: Int32Array;
}

/** Units of a text that are cut into words at once; the segmenter is slow on long texts without spaces. */
const BLOCK = 256;
/** Units around a block that the segmenter sees with it, so that words at its edges come out whole. */
const MARGIN = 32;

const blocksOf = new WeakMap<Lattice, Map<number, Block>>();

function blockAt(lattice: Lattice, index: number): Block {
  let blocks = blocksOf.get(lattice);
  if (blocks === undefined) {
    blocks = new Map();
    blocksOf.set(lattice, blocks);
  }
  const found = blocks.get(index);
  if (found !== undefined) return found;
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
  const { text } = lattice;
  const start = Math.max(0, index * BLOCK - MARGIN);
  const piece = text.slice(start, (index + 1) * BLOCK + MARGIN);
  const block = { startOf: new Int32Array(BLOCK), endOf: new Int32Array(BLOCK) };
  for (const { index: at, segment: word } of segmenter.segment(piece)) {
    const from = start + at;
    const to = from + word.length;
    block.startOf.fill(from, Math.max(0, from - index * BLOCK), Math.max(0, to - index * BLOCK));
    block.endOf.fill(to, Math.max(0, from - index * BLOCK), Math.max(0, to - index * BLOCK));
  }
  blocks.set(index, block);
  return block;
}

/** Beginning of the word that holds a unit. */
function wordStart(lattice: Lattice, unit: number): number {
  return blockAt(lattice, Math.floor(unit / BLOCK)).startOf[unit % BLOCK] ?? unit;
}

/** End of the word that holds a unit. */
function wordEnd(lattice: Lattice, unit: number): number {
  return blockAt(lattice, Math.floor(unit / BLOCK)).endOf[unit % BLOCK] ?? unit;
}

/**
 * Tells whether a match in a script without spaces cuts words of the text. A match may lie inside one word (`糖尿病` in
 * `糖尿病患者`), and may hold several words, but must not take the end of one and the beginning of the next. In
 * Katakana, where foreign words begin alike, it must not end inside a word at all; a Korean match begins a word and
 * may be followed by a particle.
 *
 * @param lattice - the text
 * @param from - first token of the match
 * @param to - token after it
 */
export function cutsWords(lattice: Lattice, from: number, to: number): boolean {
  const { tokens, text } = lattice;
  const first = tokens[from];
  const last = tokens[to - 1];
  if (first === undefined || last === undefined) return false;
  if (first.kind !== 'letter' && last.kind !== 'letter') return false;
  if (HANGUL.test(first.key)) return cutsKorean(lattice, from, to);
  // Cutting Chinese into words is guesswork (`同性|恋人|群`), and three characters in a row are seldom chance.
  if (to - from >= 3 && isHan(lattice, from, to)) return false;
  const startsInside = wordStart(lattice, first.start) < first.start;
  const endsInside = wordEnd(lattice, last.end - 1) > last.end;
  if (startsInside && KATAKANA.test(first.key) && KATAKANA.test(text[first.start - 1] ?? '')) return true;
  if (endsInside && KATAKANA.test(last.key) && KATAKANA.test(text[last.end] ?? '')) return true;
  return (
    (startsInside && wordEnd(lattice, first.start) < last.end) ||
    (endsInside && wordStart(lattice, last.end - 1) > first.start)
  );
}

function isHan(lattice: Lattice, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (!HAN.test(lattice.tokens[at]?.key ?? '')) return false;
  return true;
}

/** Longest rest of a Korean word that is looked at. */
const LONGEST_REST = 4;

function isJoined(lattice: Lattice, at: number): boolean {
  const token = lattice.tokens[at];
  return token?.kind === 'letter' && token.isGlued && !token.breaksBefore && HANGUL.test(token.key);
}

function cutsKorean(lattice: Lattice, from: number, to: number): boolean {
  const before = lattice.tokens[from - 1];
  const startsInside = isJoined(lattice, from) && before?.kind === 'letter' && HANGUL.test(before.key);
  if (startsInside && to - from <= 3) return true;
  let rest = '';
  for (let at = to; at < to + LONGEST_REST && isJoined(lattice, at); at += 1) rest += lattice.tokens[at]?.key ?? '';
  return to - from <= 2 && rest !== '' && !KOREAN_PARTICLES.has(rest);
}
