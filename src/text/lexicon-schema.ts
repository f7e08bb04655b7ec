import type { Forms } from './inflect/inflection.ts';
import type { Strength } from './judgement.ts';

/** What a term and its group can both say. */
export interface TermOptions {
  readonly language?: string;
  /** `harmless`: the words name no trait, and hide shorter terms of the same trait inside them. */
  readonly strength?: Strength | 'harmless';
  readonly forms?: Forms;
  readonly near?: readonly string[];
  readonly beside?: readonly string[];
  readonly unless?: readonly string[];
  readonly also?: readonly string[];
  readonly accents?: 'exact';
  readonly case?: 'upper' | 'exact';
  readonly trait?: string;
}

/** A term with settings of its own. */
export interface LexiconTerm extends TermOptions {
  readonly term: string;
}

/** Terms that share their reason and settings. */
export interface LexiconGroup extends TermOptions {
  readonly id: string;
  readonly why: string;
  readonly source?: string;
  readonly terms: readonly (string | LexiconTerm)[];
}

/** Words of one class, by language. A member may be another class (`@kinship`) or stand in brackets (`(band)`). */
export type WordClass = Readonly<Record<string, readonly string[]>>;

/** Classes, or a class with a reach: how many words may stand between it and the match where it is a context. */
export type WordClasses = Readonly<Record<string, WordClass>>;

/** One parsed lexicon file. */
export interface LexiconFile {
  readonly trait: string;
  readonly unless?: readonly string[];
  readonly contexts?: WordClasses;
  readonly reach?: Readonly<Record<string, number>>;
  readonly groups: readonly LexiconGroup[];
}

/** The parsed file of shared word classes. */
export interface ContextsFile {
  readonly contexts: WordClasses;
  /** Words that may stand between a class and a match; 8 where nothing is said. */
  readonly reach?: Readonly<Record<string, number>>;
}

const TEXTS = { type: 'array', items: { type: 'string', minLength: 1 } } as const;
const ID = { type: 'string', pattern: '^[a-z0-9]+([-_][a-z0-9]+)*$' } as const;
const LANGUAGE = { type: 'string', pattern: '^([a-z]{2}|und)$', description: 'ISO 639-1 code, or und' } as const;

const CONTEXTS = {
  type: 'object',
  description: 'Word classes by name, each with its words by language.',
  propertyNames: { pattern: ID.pattern },
  additionalProperties: {
    type: 'object',
    propertyNames: { pattern: LANGUAGE.pattern },
    additionalProperties: TEXTS,
  },
} as const;

const REACH = {
  type: 'object',
  description: 'How many words may stand between a class and a match where the class is a context. Default 8.',
  additionalProperties: { type: 'integer', minimum: 0, maximum: 8 },
} as const;

const OPTIONS = {
  language: LANGUAGE,
  strength: { enum: ['explicit', 'implied', 'harmless'] },
  forms: { enum: ['noun', 'adjective', 'verb', 'name', 'exact', 'stem'] },
  near: { ...TEXTS, description: 'At least one of these must stand within eight words.' },
  beside: { ...TEXTS, description: 'At least one of these must touch the match, with at most one word between.' },
  unless: { ...TEXTS, description: 'Any of these within eight words makes the match harmless.' },
  also: { ...TEXTS, description: 'Further traits that the same words name.' },
  accents: { const: 'exact' },
  case: { enum: ['upper', 'exact'] },
  trait: ID,
} as const;

/** JSON Schema of `rules/lexicons/<trait>.yaml`. */
export const LEXICON_SCHEMA: Readonly<Record<string, unknown>> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Lexicon',
  type: 'object',
  additionalProperties: false,
  required: ['trait', 'groups'],
  properties: {
    trait: ID,
    unless: TEXTS,
    contexts: CONTEXTS,
    reach: REACH,
    groups: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'why', 'terms'],
        properties: {
          id: ID,
          why: { type: 'string', minLength: 1 },
          source: { type: 'string', minLength: 1 },
          ...OPTIONS,
          terms: {
            type: 'array',
            minItems: 1,
            items: {
              anyOf: [
                { type: 'string', minLength: 1 },
                {
                  type: 'object',
                  additionalProperties: false,
                  required: ['term'],
                  properties: { term: { type: 'string', minLength: 1 }, ...OPTIONS },
                },
              ],
            },
          },
        },
      },
    },
  },
} as const;

/** JSON Schema of `rules/lexicons/contexts.yaml`. */
export const CONTEXTS_SCHEMA: Readonly<Record<string, unknown>> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Word classes',
  type: 'object',
  additionalProperties: false,
  required: ['contexts'],
  properties: { contexts: CONTEXTS, reach: REACH },
} as const;
