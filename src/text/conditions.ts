import { ALONE_CUE, type CompiledTerm, type Condition, DEFAULT_REACH, type Lexicons } from './compiled-lexicons.ts';
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

/**
 * Decides whether a hit counts where it stands.
 *
 * @param lexicons - names and reaches of cues
 * @param lattice - the text
 * @param term - the term that was hit
 * @param hit - where
 * @param cuesAround - finds the cues around the hit
 * @returns whether it counts, and if not, what made it harmless or what it lacks
 */
export function judgeContext(
  lexicons: Lexicons,
  lattice: Lattice,
  term: CompiledTerm,
  hit: Hit,
  cuesAround: () => readonly CueHit[],
): ContextVerdict {
  let around: readonly CueHit[] | undefined;
  const cues = (): readonly CueHit[] => {
    around ??= cuesAround();
    return around;
  };
  const name = (cue: number): string => lexicons.data.cues[cue]?.name ?? '';
  const reach = (cue: number): number => lexicons.data.cues[cue]?.reach ?? DEFAULT_REACH;
  const allows = (condition: Condition, accepts: (cue: CueHit) => boolean): boolean =>
    (condition.includes(ALONE_CUE) && standsAlone(lattice, hit)) ||
    cues().some((cue) => (condition.includes(cue.cue) || condition.includes(-1 - cue.cue)) && accepts(cue));
  if (term.near !== undefined) {
    const near = allows(term.near, (cue) => distance(hit, cue) >= 0 && distance(hit, cue) <= reach(cue.cue));
    if (!near)
      return { kind: 'needs-context', needs: term.near.map((cue) => name(cue < 0 ? -1 - cue : cue)).join(', ') };
  }
  if (term.beside !== undefined) {
    const beside = allows(
      term.beside,
      (cue) => distance(hit, cue) >= 0 && distance(hit, cue) <= 4 && wordsBetween(lattice, hit, cue) <= 1,
    );
    if (!beside)
      return { kind: 'needs-context', needs: term.beside.map((cue) => name(cue < 0 ? -1 - cue : cue)).join(', ') };
  }
  if (term.unless === undefined) return { kind: 'counts' };
  if (term.unless.includes(ALONE_CUE) && standsAlone(lattice, hit))
    return { kind: 'harmless', context: name(ALONE_CUE) };
  for (const cue of cues()) {
    const gap = distance(hit, cue);
    if (gap < 0 ? isInside(cue, hit) : gap > reach(cue.cue) && !inBrackets(lattice, cue, gap)) continue;
    const mustOverlap = term.unless.includes(-1 - cue.cue);
    if (!mustOverlap && !term.unless.includes(cue.cue)) continue;
    if (mustOverlap && gap >= 0) continue;
    const first = lattice.tokens[cue.from];
    const last = lattice.tokens[cue.to - 1];
    const word = lattice.text.slice(first?.start ?? 0, last?.end ?? 0);
    const cueName = name(cue.cue);
    return { kind: 'harmless', context: cueName.startsWith('@') ? `${word} (${cueName})` : cueName };
  }
  return { kind: 'counts' };
}

/** A word in brackets speaks of the whole name, so a short reach does not hold for it: "Pride and Prejudice (film)". */
function inBrackets(lattice: Lattice, cue: CueHit, gap: number): boolean {
  return gap <= DEFAULT_REACH && lattice.tokens[cue.from]?.isBracketed === true;
}
