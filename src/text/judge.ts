import { compareText } from '../domain/order.ts';
import { KNOWN_TRAITS, type TraitId } from '../domain/trait.ts';
import { toCompatibilityForm } from './compatibility.ts';
import type { CompiledTerm, Lexicons } from './compiled-lexicons.ts';
import { judgeContext } from './conditions.ts';
import { decodeEscapes } from './decode-escapes.ts';
import { foldCase } from './fold.ts';
import type { HarmlessMatch, TermMatch, TextJudgement } from './judgement.ts';
import { type Lattice, readText } from './lattice.ts';
import { type MappedText, originalSpan } from './mapped-text.ts';
import { createMatcher, type Hit } from './matching.ts';
import { isEnglishLookAlike } from './text-language.ts';
import { cutsWords } from './word-breaks.ts';

interface Candidate {
  readonly trait: TraitId;
  readonly term: CompiledTerm;
  readonly hit: Hit;
  readonly harmless?: HarmlessMatch;
}

const STRENGTH_ORDER = { harmless: 0, explicit: 1, implied: 2 } as const;
const NOTHING: TextJudgement = { label: 'not', traits: [], matches: [], harmless: [] };
/** A term that any number or bracket fits; that one stands without its context is nothing to tell. */
const BARE_NUMBER = /^\{[^ ]*\}(?: \+)?$/;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/u;

function compareTraits(a: TraitId, b: TraitId): number {
  const order = (trait: TraitId): number => {
    const index = (KNOWN_TRAITS as readonly string[]).indexOf(trait);
    return index < 0 ? KNOWN_TRAITS.length : index;
  };
  return order(a) - order(b) || compareText(a, b);
}

/** Longest first; among equals what a lexicon calls harmless, then the stronger, then the earlier. */
function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    b.hit.end - b.hit.start - (a.hit.end - a.hit.start) ||
    STRENGTH_ORDER[a.term.strength] - STRENGTH_ORDER[b.term.strength] ||
    a.hit.start - b.hit.start
  );
}

function overlaps(a: Hit, b: Hit): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Keeps the longest of overlapping candidates of one trait. */
function longestOnly(candidates: readonly Candidate[]): readonly Candidate[] {
  const kept: Candidate[] = [];
  const sorted = [...candidates].sort(compareCandidates);
  // Texts with thousands of hits are hostile or not names: a coarse grid keeps the search for overlaps short.
  const grid = new Map<number, Candidate[]>();
  for (const candidate of sorted) {
    const cells: number[] = [];
    for (let cell = candidate.hit.from >> 4; cell <= (candidate.hit.to - 1) >> 4; cell += 1) cells.push(cell);
    if (cells.some((cell) => grid.get(cell)?.some((other) => overlaps(other.hit, candidate.hit)))) continue;
    kept.push(candidate);
    for (const cell of cells) {
      const list = grid.get(cell);
      if (list === undefined) grid.set(cell, [candidate]);
      else list.push(candidate);
    }
  }
  return kept;
}

function hasShape(lattice: Lattice, hit: Hit, term: CompiledTerm, accents: string | undefined): boolean {
  if (term.case !== undefined) {
    const shown = lattice.text.slice(hit.start, hit.end).replace(/['’]?s?$/u, '');
    if (term.case === 'upper' ? shown !== shown.toUpperCase() : !term.term.startsWith(shown)) return false;
  }
  if (accents === undefined) return true;
  const seen: string[] = [];
  for (let at = hit.from; at < hit.to; at += 1) {
    const token = lattice.tokens[at];
    if (token !== undefined) seen.push(foldCase(lattice.text.slice(token.start, token.end).replace(/['’]s?$/u, '')));
  }
  return seen.join(' ') === accents;
}

/** The disguise of a match whose words were read as they stand: invisible characters, other letter forms, escapes. */
function plainDisguise(
  original: string,
  mapped: MappedText,
  hit: Hit,
  matched: string,
  language: string,
): string | undefined {
  if (INVISIBLE.test(matched) && !/\p{Extended_Pictographic}/u.test(matched)) return 'zero-width characters';
  if (mapped.starts !== undefined) {
    if (mapped.escapes !== undefined && (matched.includes('&') || matched.includes('%'))) return mapped.escapes;
    const read = mapped.text.slice(hit.start, hit.end);
    if (read !== matched && matched.normalize('NFC') !== read) {
      return /[\uff01-\uff5e]/u.test(matched) ? 'full-width forms' : 'styled letters';
    }
  }
  const dotless = matched.includes('ı') && !['tr', 'az', 'kk', 'und'].includes(language) && original !== '';
  return dotless ? 'confusable letters' : undefined;
}

/**
 * Judges what the words of a text say about protected traits.
 *
 * `sensitive` when a term states a trait, `borderline` when a term only implies one, else `not`. Where matches of one
 * trait overlap, the longest counts. Deterministic; linear in the length of the text.
 *
 * @param text - a name, a description, a topic: any text, in any script
 * @param lexicons - what {@link loadCompiled} made
 * @returns the label, the traits that carry it, and the matches with their places in `text`
 */
export function judgeText(text: string, lexicons: Lexicons): TextJudgement {
  const mapped = toCompatibilityForm(decodeEscapes(text));
  const lattice = readText(lexicons, mapped.text);
  const matcher = createMatcher(lexicons, lattice);
  const hits = matcher.terms();
  if (hits.length === 0) return NOTHING;
  const byTrait = new Map<TraitId, Candidate[]>();
  const harmless: HarmlessMatch[] = [];
  for (const hit of hits) {
    const found = lexicons.termAt(hit.output);
    if (found === undefined) continue;
    const { term, accents } = found;
    if (!hasShape(lattice, hit, term, accents) || cutsWords(lattice, hit.from, hit.to)) continue;
    if (isEnglishLookAlike(lexicons, lattice, term, hit)) continue;
    const verdict = judgeContext(lexicons, lattice, term, hit, matcher.cuesAt);
    if (verdict.kind === 'counts') {
      for (const trait of term.traits) {
        const list = byTrait.get(trait);
        if (list === undefined) byTrait.set(trait, [{ trait, term, hit }]);
        else list.push({ trait, term, hit });
      }
    } else if (term.strength !== 'harmless' && !(verdict.kind === 'needs-context' && BARE_NUMBER.test(term.term))) {
      const span = originalSpan(mapped, hit.start, hit.end);
      const place = {
        trait: term.traits[0] ?? '',
        term: term.term,
        ...span,
        matched: text.slice(span.start, span.end),
      };
      harmless.push(
        verdict.kind === 'harmless'
          ? { ...place, reason: 'context', context: verdict.context }
          : { ...place, reason: 'needs-context', needs: verdict.needs },
      );
    }
  }
  const matches: TermMatch[] = [];
  for (const candidates of byTrait.values()) {
    for (const { trait, term, hit } of longestOnly(candidates)) {
      const span = originalSpan(mapped, hit.start, hit.end);
      const matched = text.slice(span.start, span.end);
      if (term.strength === 'harmless') {
        harmless.push({ trait, term: term.term, ...span, matched, reason: 'context', context: term.term });
        continue;
      }
      const group = lexicons.data.groups[term.group];
      const disguise = hit.disguise ?? plainDisguise(text, mapped, hit, matched, term.language);
      matches.push({
        trait,
        term: term.term,
        strength: term.strength,
        ...span,
        matched,
        language: term.language,
        ...(disguise === undefined ? {} : { disguise }),
        lexicon: group?.lexicon ?? '',
        group: group?.id ?? '',
        why: group?.why ?? '',
      });
    }
  }
  return summarise(matches, harmless);
}

function summarise(matches: readonly TermMatch[], harmless: readonly HarmlessMatch[]): TextJudgement {
  const isSensitive = matches.some((match) => match.strength === 'explicit');
  const carrying = matches.filter((match) => !isSensitive || match.strength === 'explicit');
  const byPlace = (
    a: { start: number; end: number; trait: string },
    b: { start: number; end: number; trait: string },
  ): number => a.start - b.start || a.end - b.end || compareTraits(a.trait, b.trait);
  return {
    label: isSensitive ? 'sensitive' : matches.length > 0 ? 'borderline' : 'not',
    traits: [...new Set(carrying.map((match) => match.trait))].sort(compareTraits),
    matches: [...matches].sort(byPlace),
    harmless: withoutFound(harmless, matches).sort(byPlace),
  };
}

/** Drops harmless places that a match covers, and places that say the same twice. */
function withoutFound(harmless: readonly HarmlessMatch[], matches: readonly TermMatch[]): HarmlessMatch[] {
  const covered = new Set(matches.map((match) => `${match.trait} ${match.start}`));
  const seen = new Set<string>();
  return harmless.filter((place) => {
    const key = `${place.trait} ${place.start}`;
    if (covered.has(key) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
