import type { JsonSchema } from '../documents/json-schema.ts';
import { parseDocument } from '../documents/parse-document.ts';
import { assertValid, type Locate } from '../documents/validate-document.ts';
import type { LawReference } from '../domain/finding.ts';
import type { Severity } from '../domain/severity.ts';
import { textDigest } from '../ingest/digest.ts';
import { readText } from '../ingest/read-text.ts';
import { RULE_KINDS } from './kinds/index.ts';
import type { EffectiveDays, SeverityByTier, TraitScope } from './pack.ts';
import type { PackPlace } from './pack-place.ts';
import { PACK_SCHEMA } from './pack-schema.ts';
import type { RuleCases } from './rule-cases.ts';

/** Thresholds as a file states them. */
export type When = Readonly<Record<string, unknown>>;

/** A rule as a pack file states it. */
export interface StatedRule {
  readonly id: string;
  readonly basedOn?: string;
  readonly kind?: string;
  readonly title: string;
  readonly severity: Severity | SeverityByTier;
  readonly traits: TraitScope;
  readonly when?: When;
  readonly why?: string;
  readonly remedy?: string;
  readonly law: readonly string[];
  readonly verify?: string;
  readonly cases?: Partial<RuleCases>;
}

/** A change to a rule that comes through `extends`. */
export interface Override {
  readonly severity?: Severity | SeverityByTier;
  readonly when?: When;
  readonly off?: true;
  readonly reason?: string;
  readonly cases?: Partial<RuleCases>;
}

/** A pack as its file states it. */
export interface StatedPack {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly description?: string;
  readonly jurisdiction?: string;
  readonly effective?: EffectiveDays;
  readonly extends?: string | readonly string[];
  readonly specialTraits?: readonly string[];
  readonly references?: readonly LawReference[];
  readonly rules?: readonly StatedRule[];
  readonly overrides?: Readonly<Record<string, Override>>;
}

/** A pack file that was read and fits the schema. */
export interface PackFile {
  readonly stated: StatedPack;
  readonly place: PackPlace;
  readonly sha256: string;
  readonly locate: Locate;
}

/**
 * Reads a pack file and checks it against the schema.
 *
 * @throws {AuditError} E_INPUT_* when it cannot be read; E_PACK_INVALID with file, line and column
 */
export async function readPackFile(place: PackPlace): Promise<PackFile> {
  const text = await readText(place.path, place.shown);
  const { value, locate } = parseDocument(text, place.shown, 'E_PACK_INVALID');
  assertValid(value, PACK_SCHEMA, locate, 'E_PACK_INVALID');
  return { stated: value as StatedPack, place, sha256: textDigest(text), locate };
}

/** Schemas of a thing that holds conditions of a kind under `when`, by kind. */
const whenSchemas = new Map<string, JsonSchema>();

/**
 * Checks conditions that were put together from several places.
 *
 * @param locate - place of a part of the conditions; the path begins with `when`
 * @throws {AuditError} E_PACK_INVALID
 */
export function assertConditions(kind: string, when: When, locate: Locate): void {
  let schema = whenSchemas.get(kind);
  if (schema === undefined) {
    schema = { type: 'object', properties: { when: RULE_KINDS[kind]?.whenSchema ?? {} } };
    whenSchemas.set(kind, schema);
  }
  assertValid({ when }, schema, locate, 'E_PACK_INVALID');
}
