import { compileLexicons, type LexiconProblem } from '../../src/text/compile-lexicons.ts';
import { type CompiledLexicons, type Lexicons, loadCompiled } from '../../src/text/compiled-lexicons.ts';
import type { ContextsFile, LexiconFile, LexiconTerm } from '../../src/text/lexicon-schema.ts';

/** Shared classes that the tests of the text engine use. */
export const CONTEXTS: ContextsFile = {
  reach: { 'title-of-work': 1 },
  contexts: {
    people: { en: ['man', 'woman', 'dad', 'family', 'voter', 'user', 'folk'], es: ['persona'] },
    audience: { en: ['audience', 'lookalike'] },
    'title-of-work': { en: ['film', '(single)'] },
    nation: { en: ['nigerian', 'filipino'] },
  },
};

/** A lexicon file with one group of explicit English terms, unless told otherwise. */
export function lexicon(
  trait: string,
  terms: readonly (string | LexiconTerm)[],
  more: Partial<LexiconFile['groups'][0]> = {},
): LexiconFile {
  return { trait, groups: [{ id: 'words', why: 'Test words.', language: 'en', ...more, terms }] };
}

/** Compiles lexicon files, named after their traits. */
export function compile(...files: readonly LexiconFile[]): {
  readonly compiled: CompiledLexicons;
  readonly problems: readonly LexiconProblem[];
} {
  return compileLexicons(
    files.map((content) => ({ name: `${content.trait}.yaml`, content })),
    CONTEXTS,
  );
}

/** Compiles lexicon files and makes them ready, by way of JSON as in the shipped program. */
export function load(...files: readonly LexiconFile[]): Lexicons {
  return loadCompiled(JSON.parse(JSON.stringify(compile(...files).compiled)) as CompiledLexicons);
}
