import { CUE_ROOT, follow, TERM_ROOT, target } from './automaton.ts';
import { type Lexicons, WordFlag } from './compiled-lexicons.ts';
import type { Lattice } from './lattice.ts';
import { type Bracket, bracketAt, bracketFits, mayOpenBracket } from './number-brackets.ts';

/** A path through the trie that ended in an output. */
export interface Hit {
  readonly output: number;
  /** Tokens `from` up to, not including, `to`. */
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  readonly disguise: string | undefined;
}

/** A context word or class found in the text. */
export interface CueHit {
  readonly cue: number;
  readonly from: number;
  readonly to: number;
}

/** Steps for one start token; only hostile texts come near it. */
const MOST_STEPS = 512;

/** Walks the automaton over a text. Cues are looked up only when a term asks for them. */
export interface Matcher {
  readonly terms: () => readonly Hit[];
  /** Cues that begin at a token and that some condition asks for. */
  readonly cuesAt: (at: number) => readonly CueHit[];
}

const NO_CUES: readonly CueHit[] = [];

function fileUnder(byStart: CueHit[][], cue: CueHit): void {
  const list = byStart[cue.from];
  if (list === undefined) byStart[cue.from] = [cue];
  else list.push(cue);
}

/** Signs that a phrase may step over: `LGBTQ+ people`, `Brand® users`. */
const SOFT_SIGNS: ReadonlySet<string> = new Set(['+', '®', '©', '°', '^', '=', '$', '€', '£']);

/**
 * Prepares the search of a text.
 *
 * @param lexicons - the automaton
 * @param lattice - the text's tokens and their readings
 * @returns functions that find terms and cues; each works once and remembers
 */
export function createMatcher(lexicons: Lexicons, lattice: Lattice): Matcher {
  const { trie, data } = lexicons;
  const { tokens, ids, edges, text } = lattice;
  const nSpecials = data.specials.length;
  const brackets = new Map<number, Bracket | undefined>();
  const contexts: CueHit[][] = [];
  let cuesByStart: readonly (readonly CueHit[] | undefined)[] | undefined;

  const bracket = (at: number): Bracket | undefined => {
    if (!brackets.has(at)) brackets.set(at, bracketAt(text, tokens, at));
    return brackets.get(at);
  };

  const search = (root: number, startTable: Int32Array, emit: (hit: Hit) => void): void => {
    let first = 0;
    let steps = 0;
    const walk = (node: number, at: number, start: number, end: number, disguise: string | undefined): void => {
      steps += 1;
      if (steps > MOST_STEPS) return;
      const output = trie.output[node] ?? 0;
      if (output > 0 && at > first) {
        for (const ending of data.outputs[output - 1] ?? [])
          emit({ output: ending, from: first, to: at, start, end, disguise });
      }
      const token = tokens[at];
      if (token === undefined) return;
      const edgeFrom = trie.from[node] ?? 0;
      const edgeTo = trie.from[node + 1] ?? 0;
      if (edgeFrom === edgeTo || (at > first && token.breaksBefore)) return;
      const isStart = node === root;
      const id = ids[at] ?? -1;
      if (id >= 0) {
        const next = isStart ? (startTable[id] ?? 0) : follow(trie, node, id);
        if (next > 0) walk(next, at + 1, at === first ? token.start : start, token.end, disguise ?? token.disguise);
      }
      const readings = edges.get(at);
      if (readings !== undefined) {
        for (const edge of readings) {
          const next = isStart ? (startTable[edge.id] ?? 0) : follow(trie, node, edge.id);
          if (next > 0) walk(next, edge.next, at === first ? edge.start : start, edge.end, disguise ?? edge.disguise);
        }
      }
      const go = (next: number, to: number): void =>
        walk(next, to, at === first ? token.start : start, tokens[to - 1]?.end ?? token.end, disguise);
      if (node === TERM_ROOT) followFirst(at, go);
      else {
        for (let edge = edgeFrom; edge < edgeTo && (trie.label[edge] ?? 0) < nSpecials; edge += 1) {
          followSpecial(trie.label[edge] ?? 0, at, target(edge), go);
        }
      }
      if (at > first && token.kind === 'sign' && SOFT_SIGNS.has(token.key)) walk(node, at + 1, start, end, disguise);
    };
    for (first = 0; first < tokens.length; first += 1) {
      steps = 0;
      const token = tokens[first];
      if (token !== undefined) walk(root, first, token.start, token.end, undefined);
    }
  };

  /** Special edges of the root of terms: few texts begin one, so most are left alone after one look. */
  const followFirst = (at: number, go: (next: number, to: number) => void): void => {
    const mayOpenClass =
      ((lexicons.flags[ids[at] ?? -1] ?? 0) & WordFlag.opensClass) !== 0 ||
      (edges.get(at)?.some((edge) => ((lexicons.flags[edge.id] ?? 0) & WordFlag.opensClass) !== 0) ?? false);
    if (mayOpenClass) {
      const seen = new Set<number>();
      for (const hit of cuesAt(at)) {
        const next = lexicons.classStart.get(hit.cue);
        if (next === undefined || seen.has(hit.to * 65_536 + hit.cue)) continue;
        seen.add(hit.to * 65_536 + hit.cue);
        go(next, hit.to);
      }
    }
    const token = tokens[at];
    if (token === undefined || !mayOpenBracket(token)) return;
    for (const [label, next] of lexicons.numberStart) followSpecial(label, at, next, go);
  };

  const followSpecial = (label: number, at: number, next: number, go: (next: number, to: number) => void): void => {
    const special = data.specials[label];
    if (special === undefined) return;
    if (special.kind === 'class') {
      const seen = new Set<number>();
      for (const hit of cuesAt(at)) {
        if (hit.cue === special.cue && !seen.has(hit.to)) {
          seen.add(hit.to);
          go(next, hit.to);
        }
      }
      return;
    }
    if (special.kind === 'number') {
      const value = tokens[at]?.value;
      if (value !== undefined && value >= (special.from ?? -Infinity) && value <= (special.to ?? Infinity))
        go(next, at + 1);
      return;
    }
    const found = bracket(at);
    if (found !== undefined && bracketFits(found, special.from, special.to)) go(next, found.next);
  };

  const cuesAt = (at: number): readonly CueHit[] => {
    if (cuesByStart === undefined) {
      const byStart: CueHit[][] = [];
      search(CUE_ROOT, lexicons.cueStart, (hit) => {
        if ((hit.output & 1) === 1 && tokens[hit.from]?.isBracketed !== true) return;
        const cue = { cue: hit.output >> 1, from: hit.from, to: hit.to };
        fileUnder(byStart, cue);
        if (lexicons.contextCues[cue.cue] === 1) fileUnder(contexts, cue);
      });
      cuesByStart = byStart;
    }
    return cuesByStart[at] ?? NO_CUES;
  };

  return {
    cuesAt: (at) => {
      if (cuesByStart === undefined) cuesAt(at);
      return contexts[at] ?? NO_CUES;
    },
    terms: () => {
      const hits: Hit[] = [];
      search(TERM_ROOT, lexicons.termStart, (hit) => hits.push(hit));
      return hits;
    },
  };
}
