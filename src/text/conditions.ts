import {
  ALONE_CUE,
  type CompiledTerm,
  type Condition,
  CueMark,
  DEFAULT_REACH,
  type Lexicons,
  LONGEST_CUE,
} from './compiled-lexicons.ts';
import type { Lattice } from './lattice.ts';
import type { CueHit, Hit } from './matching.ts';

/** What the neighbourhood of a hit decides. */
export type ContextVerdict =
  | { readonly kind: 'counts' }
  | { readonly kind: 'harmless'; readonly context: string }
  | { readonly kind: 'needs-context'; readonly needs: string };

/** Words that do not count as standing between a term and its neighbour. */
const THIN_WORDS: ReadonlySet<string> = new Set([
  'of',
  'and',
  'the',
  'a',
  'an',
  'de',
  'la',
  'le',
  'les',
  'el',
  'los',
  'las',
  'der',
  'die',
  'das',
  'des',
  'du',
  'di',
  'del',
  'e',
  'y',
  'et',
  'und',
  'en',
  'do',
  'da',
  'dos',
  'das',
]);

/** Disguises that are put on by intent. */
const HIDING: ReadonlySet<string> = new Set(['leetspeak', 'masked letters', 'confusable letters']);

/** A hit is the whole text or a whole part of a path: no other word stands in its part. */
function standsAlone(lattice: Lattice, hit: Hit): boolean {
  const { tokens } = lattice;
  const part = tokens[hit.from]?.part;
  const isOther = (at: number): boolean => {
    const token = tokens[at];
    return token !== undefined && token.part === part && token.kind !== 'sign' && token.kind !== 'emoji';
  };
  // Signs and emoji may stand beside it, so a few tokens are looked at on either side.
  for (let step = 1; step <= 3; step += 1) {
    if (isOther(hit.from - step) || isOther(hit.to - 1 + step)) return false;
  }
  return true;
}

/** Tokens between a hit and a cue; negative when they overlap. */
function distance(hit: Hit, cue: CueHit): number {
  if (cue.from >= hit.to) return cue.from - hit.to;
  if (cue.to <= hit.from) return hit.from - cue.to;
  return -1;
}

/** Words between, without articles and the like. */
function wordsBetween(lattice: Lattice, hit: Hit, cue: CueHit): number {
  const [from, to] = cue.from >= hit.to ? [hit.to, cue.from] : [cue.to, hit.from];
  let count = 0;
  for (let at = from; at < to; at += 1) {
    const token = lattice.tokens[at];
    if (token !== undefined && token.kind !== 'sign' && !THIN_WORDS.has(token.key)) count += 1;
  }
  return count;
}

function isInside(cue: CueHit, hit: Hit): boolean {
  return cue.from >= hit.from && cue.to <= hit.to;
}

/** Longest cue and farthest reach, in tokens: no cue that begins farther away can matter. */
const WINDOW_BEFORE = LONGEST_CUE + DEFAULT_REACH;
const WINDOW_AFTER = DEFAULT_REACH + 1;

/**
 * Decides whether a hit counts where it stands.
 *
 * @param lexicons - names and reaches of cues
 * @param lattice - the text
 * @param term - the term that was hit
 * @param hit - where
 * @param cuesAt - finds the cues that begin at a token
 * @returns whether it counts, and if not, what made it harmless or what it lacks
 */
export function judgeContext(
  lexicons: Lexicons,
  lattice: Lattice,
  term: CompiledTerm,
  hit: Hit,
  cuesAt: (at: number) => readonly CueHit[],
): ContextVerdict {
  const { cues } = lexicons.data;
  const name = (cue: number): string => cues[cue]?.name ?? '';
  const find = (condition: Condition, accepts: (cue: CueHit, mustOverlap: boolean) => boolean): CueHit | undefined => {
    const to = Math.min(lattice.tokens.length, hit.to + WINDOW_AFTER);
    for (let at = Math.max(0, hit.from - WINDOW_BEFORE); at < to; at += 1) {
      for (const cue of cuesAt(at)) {
        const mark = condition.marks[cue.cue];
        if (mark !== CueMark.none && accepts(cue, mark === CueMark.overlapping)) return cue;
      }
    }
    return undefined;
  };
  const asksAlone = (condition: Condition): boolean =>
    condition.marks[ALONE_CUE] !== CueMark.none && standsAlone(lattice, hit);
  const holds = (condition: Condition, accepts: (cue: CueHit) => boolean): boolean =>
    asksAlone(condition) || find(condition, accepts) !== undefined;
  const lacks = (condition: Condition): ContextVerdict => ({
    kind: 'needs-context',
    needs: condition.cues.map(name).join(', '),
  });
  const isNear = (cue: CueHit): boolean => {
    const gap = distance(hit, cue);
    return gap >= 0 && gap <= (cues[cue.cue]?.reach ?? DEFAULT_REACH);
  };
  const isBeside = (cue: CueHit): boolean => {
    const gap = distance(hit, cue);
    return gap >= 0 && gap <= 4 && wordsBetween(lattice, hit, cue) <= 1;
  };
  // Nobody hides a harmless word: `esc0rts` needs no further context.
  if (!HIDING.has(hit.disguise ?? '')) {
    if (term.near !== undefined && !holds(term.near, isNear)) return lacks(term.near);
    if (term.beside !== undefined && !holds(term.beside, isBeside)) return lacks(term.beside);
  }
  if (term.unless === undefined) return { kind: 'counts' };
  if (asksAlone(term.unless)) return { kind: 'harmless', context: name(ALONE_CUE) };
  const except = find(term.unless, (cue, mustOverlap) => {
    const gap = distance(hit, cue);
    if (gap < 0) return !isInside(cue, hit);
    return !mustOverlap && (isNear(cue) || inBrackets(lattice, cue, gap));
  });
  if (except === undefined) return { kind: 'counts' };
  const first = lattice.tokens[except.from];
  const last = lattice.tokens[except.to - 1];
  const word = lattice.text.slice(first?.start ?? 0, last?.end ?? 0);
  const cueName = name(except.cue);
  return { kind: 'harmless', context: cueName.startsWith('@') ? `${word} (${cueName})` : cueName };
}

/** A word in brackets speaks of the whole name, so a short reach does not hold for it: "Pride and Prejudice (film)". */
function inBrackets(lattice: Lattice, cue: CueHit, gap: number): boolean {
  return gap <= DEFAULT_REACH && lattice.tokens[cue.from]?.isBracketed === true;
}
