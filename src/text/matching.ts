import { CUE_ROOT, follow, TERM_ROOT, target } from './automaton.ts';
import type { Lexicons } from './compiled-lexicons.ts';
import type { Lattice } from './lattice.ts';
import { type Bracket, bracketAt, bracketFits } from './number-brackets.ts';

/** A path through the trie that ended in an output. */
export interface Hit {
  readonly output: number;
  /** Tokens `from` up to, not including, `to`. */
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  readonly disguise?: string;
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
  readonly cues: () => readonly CueHit[];
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
  let cueHits: readonly CueHit[] | undefined;
  let cuesByStart: readonly (readonly CueHit[] | undefined)[] | undefined;

  const bracket = (at: number): Bracket | undefined => {
    if (!brackets.has(at)) brackets.set(at, bracketAt(text, tokens, at));
    return brackets.get(at);
  };

  const search = (root: number, startTable: Int32Array, emit: (hit: Hit) => void): void => {
    for (let first = 0; first < tokens.length; first += 1) {
      let steps = 0;
      const from = tokens[first];
      if (from === undefined) continue;
      const walk = (node: number, at: number, start: number, end: number, disguise: string | undefined): void => {
        steps += 1;
        if (steps > MOST_STEPS) return;
        const output = trie.output[node] ?? 0;
        if (output > 0 && at > first) {
          for (const ending of data.outputs[output - 1] ?? []) {
            emit({ output: ending, from: first, to: at, start, end, ...(disguise === undefined ? {} : { disguise }) });
          }
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
        for (const edge of edges.get(at) ?? []) {
          const next = isStart ? (startTable[edge.id] ?? 0) : follow(trie, node, edge.id);
          if (next > 0) walk(next, edge.next, at === first ? edge.start : start, edge.end, disguise ?? edge.disguise);
        }
        for (let edge = edgeFrom; edge < edgeTo && (trie.label[edge] ?? 0) < nSpecials; edge += 1) {
          followSpecial(trie.label[edge] ?? 0, at, (to) => {
            const last = tokens[to - 1];
            walk(target(edge), to, at === first ? token.start : start, last?.end ?? token.end, disguise);
          });
        }
        if (at > first && token.kind === 'sign' && SOFT_SIGNS.has(token.key)) walk(node, at + 1, start, end, disguise);
      };
      walk(root, first, from.start, from.end, undefined);
    }
  };

  const followSpecial = (label: number, at: number, go: (to: number) => void): void => {
    const special = data.specials[label];
    if (special === undefined) return;
    if (special.kind === 'class') {
      const seen = new Set<number>();
      for (const hit of cuesAt(at)) {
        if (hit.cue === special.cue && !seen.has(hit.to)) {
          seen.add(hit.to);
          go(hit.to);
        }
      }
      return;
    }
    if (special.kind === 'number') {
      const value = tokens[at]?.value;
      if (value !== undefined && value >= (special.from ?? -Infinity) && value <= (special.to ?? Infinity)) go(at + 1);
      return;
    }
    const found = bracket(at);
    if (found !== undefined && bracketFits(found, special.from, special.to)) go(found.next);
  };

  const cues = (): readonly CueHit[] => {
    if (cueHits !== undefined) return cueHits;
    const found: CueHit[] = [];
    search(CUE_ROOT, lexicons.cueStart, (hit) => {
      if ((hit.output & 1) === 1 && tokens[hit.from]?.isBracketed !== true) return;
      found.push({ cue: hit.output >> 1, from: hit.from, to: hit.to });
    });
    cueHits = found;
    return found;
  };

  const cuesAt = (at: number): readonly CueHit[] => {
    if (cuesByStart === undefined) {
      const byStart: CueHit[][] = [];
      for (const hit of cues()) {
        const list = byStart[hit.from];
        if (list === undefined) byStart[hit.from] = [hit];
        else list.push(hit);
      }
      cuesByStart = byStart;
    }
    return cuesByStart[at] ?? [];
  };

  return {
    cues,
    terms: () => {
      const hits: Hit[] = [];
      search(TERM_ROOT, lexicons.termStart, (hit) => hits.push(hit));
      return hits;
    },
  };
}
