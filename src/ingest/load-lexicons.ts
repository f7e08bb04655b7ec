import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { Manifest } from '../domain/report.ts';
import { AuditError } from '../errors.ts';
import { BUILT_LEXICONS } from '../shipped-files.ts';
import { loadCompiled } from '../text/compiled-lexicons.ts';
import { judgeText } from '../text/judge.ts';
import type { TextJudgement } from '../text/judgement.ts';
import { textDigest } from './digest.ts';
import type { BuiltLexicons } from './read-lexicons.ts';

/** Lexicons ready for use, and what the manifest says of them. */
export interface LoadedLexicons {
  readonly judge: (text: string) => TextJudgement;
  readonly record: Manifest['lexicons'];
}

/**
 * Loads the shipped lexicons in the form that the build compiled them to.
 *
 * @throws {AuditError} E_INTERNAL when the package was not built
 */
export async function loadLexicons(): Promise<LoadedLexicons> {
  let text: string;
  try {
    text = gunzipSync(await readFile(BUILT_LEXICONS)).toString('utf8');
  } catch (cause) {
    throw new AuditError('E_INTERNAL', 'The compiled lexicons are missing from this installation.', {
      hint: 'Install the package again, or run `npm run build` in a checkout.',
      cause,
    });
  }
  const { files, compiled } = JSON.parse(text) as BuiltLexicons;
  const lexicons = loadCompiled(compiled);
  return { judge: (name) => judgeText(name, lexicons), record: { sha256: textDigest(JSON.stringify(files)), files } };
}
