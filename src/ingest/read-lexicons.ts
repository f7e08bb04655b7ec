import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonSchema } from '../documents/json-schema.ts';
import { parseDocument } from '../documents/parse-document.ts';
import { assertValid } from '../documents/validate-document.ts';
import { compareText } from '../domain/order.ts';
import { AuditError } from '../errors.ts';
import { compileLexicons, type NamedLexicon } from '../text/compile-lexicons.ts';
import type { CompiledLexicons } from '../text/compiled-lexicons.ts';
import { CONTEXTS_SCHEMA, type ContextsFile, LEXICON_SCHEMA, type LexiconFile } from '../text/lexicon-schema.ts';
import { textDigest } from './digest.ts';

/** Shared word classes; every other file is the lexicon of a trait. */
const CONTEXTS = 'contexts.yaml';

/** Lexicons in the form that the build writes and the program loads. */
export interface BuiltLexicons {
  readonly files: readonly { readonly id: string; readonly sha256: string }[];
  readonly compiled: CompiledLexicons;
}

/**
 * Reads and compiles a folder of lexicons.
 *
 * @param folder - holds `contexts.yaml` and one YAML file per trait
 * @param shown - folder as shown to people
 * @throws {AuditError} E_LEXICON_INVALID with file, line and column, or with lexicon, group and term
 */
export async function buildLexicons(folder: string, shown: string): Promise<BuiltLexicons> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort(compareText);
  const files: { id: string; sha256: string }[] = [];
  const lexicons: NamedLexicon[] = [];
  let contexts: ContextsFile = { contexts: {} };
  for (const name of names) {
    const text = await readFile(join(folder, name), 'utf8');
    files.push({ id: name.slice(0, -'.yaml'.length), sha256: textDigest(text) });
    const isContexts = name === CONTEXTS;
    const document = parseDocument(text, `${shown}/${name}`, 'E_LEXICON_INVALID');
    const schema = (isContexts ? CONTEXTS_SCHEMA : LEXICON_SCHEMA) as JsonSchema;
    assertValid(document.value, schema, document.locate, 'E_LEXICON_INVALID');
    if (isContexts) contexts = document.value as ContextsFile;
    else lexicons.push({ name, content: document.value as LexiconFile });
  }
  const { compiled, problems } = compileLexicons(lexicons, contexts);
  const [problem] = problems;
  if (problem !== undefined) {
    const place = [problem.group, problem.term].filter((part) => part !== undefined).join(', ');
    throw new AuditError(
      'E_LEXICON_INVALID',
      `${place === '' ? '' : `${place}: `}${problem.message} (${problems.length} in all)`,
      {
        location: { file: `${shown}/${problem.lexicon}` },
      },
    );
  }
  return { files, compiled };
}
