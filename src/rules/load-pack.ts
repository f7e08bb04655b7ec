import { readdir } from 'node:fs/promises';
import { isAbsolute, join, resolve, sep } from 'node:path';
import { didYouMean } from '../did-you-mean.ts';
import { parseDocument } from '../documents/parse-document.ts';
import { assertValid } from '../documents/validate-document.ts';
import { compareText } from '../domain/order.ts';
import type { Severity } from '../domain/severity.ts';
import { AuditError } from '../errors.ts';
import { textDigest } from '../ingest/digest.ts';
import { readText } from '../ingest/read-text.ts';
import { PACKS_FOLDER } from '../shipped-files.ts';
import type { Rule, RulePack, TraitScope } from './pack.ts';
import { PACK_SCHEMA } from './pack-schema.ts';

interface PackFile {
  id: string;
  version: string;
  title: string;
  description?: string;
  specialTraits?: string[];
  references?: { id: string; title: string }[];
  rules: {
    id: string;
    kind: string;
    title: string;
    severity: Severity;
    traits: TraitScope;
    when: Record<string, unknown>;
    why: string;
    remedy: string;
    law: string[];
  }[];
}

/** Names of the packs that ship with the program. */
export async function shippedPacks(): Promise<readonly string[]> {
  const files = await readdir(PACKS_FOLDER);
  return files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort(compareText);
}

/**
 * Loads a rule pack.
 *
 * @param reference - name of a shipped pack, or path of a pack file
 * @param folder - folder that a path is relative to
 * @throws {AuditError} E_PACK_NOT_FOUND; E_PACK_INVALID with file, line and column
 */
export async function loadPack(reference: string, folder: string): Promise<RulePack> {
  const shipped = await shippedPacks();
  if (shipped.includes(reference))
    return parsePack(join(PACKS_FOLDER, `${reference}.yaml`), `rules/packs/${reference}.yaml`);
  const isPath = isAbsolute(reference) || /[\\/]/.test(reference) || /\.(ya?ml|json)$/i.test(reference);
  if (!isPath) {
    throw new AuditError(
      'E_PACK_NOT_FOUND',
      `There is no pack "${reference}".${didYouMean(reference, shipped)} Shipped: ${shipped.join(', ')}.`,
    );
  }
  return parsePack(resolve(folder, reference), sep === '\\' ? reference.replaceAll('\\', '/') : reference);
}

async function parsePack(path: string, shown: string): Promise<RulePack> {
  const text = await readText(path, shown);
  const document = parseDocument(text, shown, 'E_PACK_INVALID');
  assertValid(document.value, PACK_SCHEMA, document.locate, 'E_PACK_INVALID');
  const file = document.value as PackFile;
  const references = new Map((file.references ?? []).map((reference) => [reference.id, reference]));
  const seen = new Set<string>();
  const rules = file.rules.map((rule, index): Rule => {
    if (seen.has(rule.id)) {
      throw new AuditError('E_PACK_INVALID', `The rule id "${rule.id}" occurs twice.`, {
        location: document.locate(['rules', index, 'id']),
      });
    }
    seen.add(rule.id);
    const law = rule.law.map((id, position) => {
      const reference = references.get(id);
      if (reference !== undefined) return reference;
      throw new AuditError(
        'E_PACK_INVALID',
        `The rule "${rule.id}" cites "${id}", which \`references\` does not hold.${didYouMean(id, references.keys())}`,
        {
          location: document.locate(['rules', index, 'law', position]),
        },
      );
    });
    return { ...rule, pack: file.id, law, location: document.locate(['rules', index]) };
  });
  return {
    id: file.id,
    version: file.version,
    title: file.title,
    description: file.description ?? '',
    specialTraits: file.specialTraits ?? [],
    rules,
    sha256: textDigest(text),
    shown,
  };
}
