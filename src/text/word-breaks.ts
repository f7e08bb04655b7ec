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
const KATAKANA = /[\p{Script=Katakana}ー]/u;

let segmenter: Intl.Segmenter | undefined;

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
  const runStart = runEdge(lattice, from, -1);
  const runEnd = runEdge(lattice, to - 1, 1);
  const start = tokens[runStart]?.start ?? 0;
  const end = tokens[runEnd]?.end ?? 0;
  if (HANGUL.test(first.key)) return cutsKorean(lattice, from, to, runStart, runEnd);
  if (start === first.start && end === last.end) return false;
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
  const run = text.slice(start, end);
  let startsInside = -1;
  let endsInside = -1;
  for (const { index, segment } of segmenter.segment(run)) {
    const segmentStart = start + index;
    const segmentEnd = segmentStart + segment.length;
    if (first.start > segmentStart && first.start < segmentEnd) startsInside = segmentEnd;
    if (last.end > segmentStart && last.end < segmentEnd) endsInside = segmentStart;
    if (segmentStart >= last.end) break;
  }
  if (KATAKANA.test(first.key) && KATAKANA.test(text[first.start - 1] ?? '') && startsInside >= 0) return true;
  if (KATAKANA.test(last.key) && KATAKANA.test(text[last.end] ?? '') && endsInside >= 0) return true;
  return (startsInside >= 0 && startsInside < last.end) || (endsInside >= 0 && endsInside > first.start);
}

/** Longest stretch that is handed to the segmenter on either side of a match. */
const MOST_CONTEXT = 24;

function runEdge(lattice: Lattice, at: number, step: 1 | -1): number {
  const { tokens } = lattice;
  let edge = at;
  for (let count = 0; count < MOST_CONTEXT; count += 1) {
    const next = tokens[edge + step];
    const joint = step > 0 ? next : tokens[edge];
    if (next?.kind !== 'letter' || tokens[edge]?.kind !== 'letter') break;
    if (joint === undefined || !joint.isGlued || joint.breaksBefore) break;
    edge += step;
  }
  return edge;
}

function cutsKorean(lattice: Lattice, from: number, to: number, runStart: number, runEnd: number): boolean {
  const { tokens } = lattice;
  if (runStart < from && to - from <= 3) return true;
  let rest = '';
  for (let at = to; at <= runEnd; at += 1) rest += tokens[at]?.key ?? '';
  return to - from <= 2 && rest !== '' && !KOREAN_PARTICLES.has(rest);
}
