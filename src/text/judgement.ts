import type { TraitId } from '../domain/trait.ts';

/** How much a term says: `explicit` states the trait, `implied` is a plausible proxy for it. */
export type Strength = 'explicit' | 'implied';

/** A trait-naming term found in a text. Offsets are UTF-16 positions in the text as it was given. */
export interface TermMatch {
  readonly trait: TraitId;
  /** The term as the lexicon writes it. */
  readonly term: string;
  readonly strength: Strength;
  readonly start: number;
  readonly end: number;
  /** The text between `start` and `end`. */
  readonly matched: string;
  /** ISO 639-1 code of the term's language, or `und`. */
  readonly language: string;
  /** How the word was hidden, when it was. */
  readonly disguise?: string;
  /** Name of the lexicon file, without its ending. */
  readonly lexicon: string;
  readonly group: string;
  readonly why: string;
}

/** A term that stands in the text but names no trait there, and what made it harmless. */
export type HarmlessMatch = {
  readonly trait: TraitId;
  readonly term: string;
  readonly start: number;
  readonly end: number;
  readonly matched: string;
} & (
  | { readonly reason: 'context'; readonly context: string }
  | { readonly reason: 'needs-context'; readonly needs: string }
);

/** What the words of one text say about protected traits. */
export interface TextJudgement {
  readonly label: 'sensitive' | 'borderline' | 'not';
  /** Traits of the matches that carry the label, in the order of the known traits. */
  readonly traits: readonly TraitId[];
  readonly matches: readonly TermMatch[];
  readonly harmless: readonly HarmlessMatch[];
}
