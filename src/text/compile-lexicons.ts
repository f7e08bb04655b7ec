import { type Compilation, createCompilation, intern, setFlag, type Table } from './compilation.ts';
import { classResolver, PEOPLE_CLASSES } from './compile-contexts.ts';
import { addTerm } from './compile-term.ts';
import { type CompiledLexicons, WordFlag } from './compiled-lexicons.ts';
import type { ContextsFile, LexiconFile } from './lexicon-schema.ts';
import { packNumbers } from './packing.ts';
import { PatternError } from './term-pattern.ts';

/** A parsed lexicon with the name under which errors and matches speak of it. */
export interface NamedLexicon {
  /** File name without its folder, such as `religion.yaml`. */
  readonly name: string;
  readonly content: LexiconFile;
}

/** A mistake in a lexicon that its schema cannot express. */
export interface LexiconProblem {
  readonly lexicon: string;
  readonly group?: string;
  readonly term?: string;
  readonly message: string;
}

function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, '0');
}

/**
 * Compiles lexicons into one automaton: forms are made by rule, alternatives written out, words numbered.
 *
 * @param lexicons - parsed files that satisfy {@link LEXICON_SCHEMA}
 * @param contexts - the parsed file of shared word classes
 * @returns a plain JSON value for {@link loadCompiled}, and the terms that had to be left out
 */
export function compileLexicons(
  lexicons: readonly NamedLexicon[],
  contexts: ContextsFile,
): { readonly compiled: CompiledLexicons; readonly problems: readonly LexiconProblem[] } {
  const compilation = createCompilation();
  const problems: LexiconProblem[] = [];
  const sharedOnly = classResolver(compilation, contexts, { name: '', contexts: {}, reach: {} });
  for (const name of PEOPLE_CLASSES) if (contexts.contexts[name] !== undefined) sharedOnly(name);
  for (const lexicon of lexicons) {
    const name = lexicon.name.replace(/\.ya?ml$/, '');
    const { contexts: own = {}, reach = {} } = lexicon.content;
    const resolve = classResolver(compilation, contexts, { name, contexts: own, reach });
    for (const group of lexicon.content.groups) {
      compilation.groups.push({ lexicon: name, id: group.id, why: group.why });
      for (const entry of group.terms) {
        const term = typeof entry === 'string' ? { term: entry } : entry;
        try {
          addTerm(compilation, lexicon.content, group, term, resolve);
        } catch (error) {
          if (!(error instanceof PatternError)) throw error;
          problems.push({
            lexicon: lexicon.name,
            group: group.id,
            term: term.term,
            message: error.message,
          });
        }
      }
    }
  }
  return { compiled: assemble(compilation), problems };
}

/** Puts special edges before the words, so that their labels are the smallest. */
function assemble(compilation: Compilation): CompiledLexicons {
  const shift = compilation.specials.length;
  const { trie, outputs } = compilation.trie.build((label) => (label < 0 ? -1 - label : label + shift));
  const words = [...compilation.specials.map(() => ''), ...compilation.words.keys()];
  for (const cue of compilation.openingCues) {
    for (const id of compilation.openings.get(cue) ?? []) setFlag(compilation, id, WordFlag.opensClass);
  }
  const flags = new Uint8Array(words.length);
  for (const [id, value] of compilation.flags) flags[id + shift] = value;
  const languageSets: Table<readonly string[]> = { values: [], index: new Map() };
  intern(languageSets, []);
  const languages = words.map((_, id) =>
    intern(languageSets, [...(compilation.languages.get(id - shift) ?? [])].sort()),
  );
  const compiled = {
    format: 1 as const,
    words: words.join('\n'),
    flags: Buffer.from(flags).toString('base64'),
    languages: packNumbers(languages),
    languageSets: languageSets.values,
    specials: compilation.specials,
    stems: [...compilation.stems].map(([stem, id]) => [stem, id + shift] as const),
    trie,
    outputs,
    endings: { count: compilation.endings.length, terms: packNumbers(compilation.endings) },
    accents: compilation.accents,
    terms: compilation.terms.join('\n'),
    termSettings: { count: compilation.terms.length, settings: packNumbers(compilation.settingsOfTerm) },
    settings: compilation.settings.values,
    conditions: compilation.conditions.values,
    groups: compilation.groups,
    cues: compilation.cues,
  };
  return { ...compiled, digest: hash(JSON.stringify(compiled)) };
}
